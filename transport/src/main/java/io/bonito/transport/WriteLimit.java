package io.bonito.transport;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Ends a write that stands still: sockets have no timeout for writing, so the line is closed from
 * outside when the time has passed.
 */
final class WriteLimit implements AutoCloseable {
  /** What fits into the buffers of both systems; a longer write can stand still. */
  private static final int LARGE_WRITE = 64 * 1024;

  /** Closes the line; null where there is no limit. */
  private final @Nullable Future<?> end;

  /** Set before the line is closed, since its writer may fail before the closing is done. */
  private volatile boolean passed;

  /**
   * Begins now.
   *
   * @param nanosLeft may be {@link Line#NO_LIMIT}
   */
  WriteLimit(Line line, long nanosLeft) {
    end =
        nanosLeft == Line.NO_LIMIT
            ? null
            : Watch.after(
                Math.max(0, nanosLeft),
                () -> {
                  passed = true;
                  line.close();
                });
  }

  /** Whether a write of so many bytes could stand still and has a time limit. */
  static boolean isNeeded(int size, long nanosLeft) {
    return size >= LARGE_WRITE && nanosLeft != Line.NO_LIMIT;
  }

  boolean hasPassed() {
    return passed;
  }

  /** Why the write failed: the time has passed, or whatever else {@code e} says. */
  IOException explained(IOException e) {
    if (!hasPassed()) {
      return e;
    }
    SocketTimeoutException late = new SocketTimeoutException("the peer takes no more bytes");
    late.initCause(e);
    return late;
  }

  /** The write is over. */
  @Override
  public void close() {
    if (end != null) {
      end.cancel(false);
    }
  }
}
