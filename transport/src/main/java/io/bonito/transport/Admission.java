package io.bonito.transport;

import java.util.concurrent.TimeoutException;

/**
 * Whoever counts the sockets of this process to its servers: asked before one is opened. A {@code
 * META-INF/services} file names them; where there is none, nothing is counted.
 */
public interface Admission {
  /** What a connection is for. */
  enum Purpose {
    /** The application's own. */
    USE,
    /**
     * It serves another one for a moment: cancels its statement, or looks whether its host lives.
     */
    SIDE
  }

  /** One socket's place. */
  @FunctionalInterface
  interface Permit {
    /** For sockets that nobody counts. */
    Permit UNCOUNTED = () -> {};

    /** The socket is closed: called once. The server may count it for a moment yet. */
    void giveBack();
  }

  /** There was no room in time; the message says why, to the user. */
  final class NoRoomException extends TimeoutException {
    private static final long serialVersionUID = 1;

    public NoRoomException(String message) {
      super(message);
    }
  }

  /**
   * Waits until one more may be opened.
   *
   * @param nanosLeft how long at most; {@link Long#MAX_VALUE} for as long as it takes
   * @return {@link Permit#UNCOUNTED} where this is not counted, or by someone else already
   * @throws NoRoomException where there was no room in time
   * @throws InterruptedException where the thread was interrupted
   */
  Permit admit(Purpose purpose, long nanosLeft) throws NoRoomException, InterruptedException;
}
