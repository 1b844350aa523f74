package io.bonito.transport;

import io.bonito.protocol.option.Peer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/**
 * Bytes to and from one peer, in the clear. One thread at a time reads and writes; any thread may
 * close, which ends what is under way with an {@code IOException}.
 */
interface Line {
  /** "For as long as it takes", among times left. */
  long NO_LIMIT = Long.MAX_VALUE;

  /**
   * Waits for bytes and puts them where {@code room} has its position; the position may move or
   * not.
   *
   * @param room over an array
   * @param nanosLeft 0 and less look whether something has arrived
   * @return how many; -1 at the end of the stream
   * @throws SocketTimeoutException where nothing came in time
   */
  int read(ByteBuffer room, long nanosLeft) throws IOException;

  /**
   * Sends all bytes that remain, moving the position.
   *
   * @param bytes over an array
   * @throws SocketTimeoutException where the peer does not take them in time; the line is closed
   *     then
   */
  void write(ByteBuffer bytes, long nanosLeft) throws IOException;

  Peer peer();

  /** The port at this end; 0 where the line has none. */
  default int localPort() {
    return 0;
  }

  /** Whether nothing has arrived, the peer's end included: waits a millisecond at most. */
  default boolean isQuiet() throws IOException {
    try {
      // What arrives unasked is the peer's farewell, whatever it says.
      read(ByteBuffer.allocate(1), 0);
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /**
   * Waits until the peer has hung up, and lets what it still says go by.
   *
   * @param until on the clock of {@code System.nanoTime()}
   */
  default void awaitEnd(long until) {
    ByteBuffer last = ByteBuffer.allocate(256);
    try {
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        last.clear();
        if (read(last, left) < 0) {
          return;
        }
      }
    } catch (IOException e) {
      // Reset, or not in time: there is nothing left to wait for.
    }
  }

  /** Whether somebody counts this socket, and waits for its end. */
  default boolean isCounted() {
    return false;
  }

  /** Does not wait. */
  void close();
}
