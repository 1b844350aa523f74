package io.bonito.protocol.exchange;

/** What {@link io.bonito.protocol.Session#next} has to report. */
public enum Event {
  /** Nothing, until the transport has sent what is waiting and received more. */
  NEED_BYTES,
  /**
   * The transport is to send what is waiting, start TLS as a client, and say so with {@code
   * session.tlsEstablished}. Repeated until it has.
   */
  START_TLS,
  /**
   * The statement under way takes data: give it with {@code session.localData} and {@code
   * session.localDataEnd}. Repeated until the end has been given.
   */
  LOCAL_DATA,
  /** A result with rows begins: see {@code session.columns()}. */
  COLUMNS,
  /** A row has arrived: see {@code session.row()}. */
  ROW,
  /** A result ended, with or without rows: see {@code session.ok()}. Another one may follow. */
  RESULT_END,
  /** The login is complete. */
  READY,
  /** A statement is prepared. */
  PREPARED,
  /** The command is complete. */
  DONE,
  /** The server refused the command: see {@code session.error()}. It is complete. */
  FAILED,
  /** A deadline has passed. The session has ended: close the connection. */
  EXPIRED,
  /**
   * The server has closed the connection: see {@code session.goodbye()}. The session has ended;
   * commands without an answer may have run.
   */
  CLOSED;

  /** True for the last event of a command, after which the next one's events come. */
  public boolean completesExchange() {
    return switch (this) {
      case READY, PREPARED, DONE, FAILED -> true;
      default -> false;
    };
  }

  /** True where no further event will come. */
  public boolean endsSession() {
    return this == EXPIRED || this == CLOSED;
  }
}
