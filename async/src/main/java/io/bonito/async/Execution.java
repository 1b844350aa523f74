package io.bonito.async;

/** A statement that was given; its answer goes to its {@link Receiver}. From any thread. */
public interface Execution {
  /**
   * Lets so many more rows come. While none may, one is kept ready, and nothing is read from the
   * socket, so that the server waits too. The end is told without being asked for.
   *
   * @param rows above 0; {@link Long#MAX_VALUE} for all
   */
  void request(long rows);

  /**
   * Takes back what was requested and has not come; to be called in {@link Receiver#columns} or
   * {@link Receiver#resultEnd}, where the rows of one result are not to be taken for another's.
   */
  void pause();

  /**
   * Gives the statement up. One that was not sent never will be. Of one that was, the rest is
   * passed over; where that is not done at once the server is told to end it, over another
   * connection. Until all of that is over no other statement is sent, so that none can be hit in
   * its place; and where it does not end well the connection is closed.
   */
  void cancel();
}
