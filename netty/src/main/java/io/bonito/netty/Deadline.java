package io.bonito.netty;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one time by which all of connecting must be done: credentials, name, TCP, TLS and login.
 *
 * @param endNanos on the clock of {@code System.nanoTime()}, never on the loop's own
 */
record Deadline(String target, Duration allowed, long endNanos) {
  static final long NONE = Long.MAX_VALUE;

  /** Begins now. */
  static Deadline of(ConnectionOptions options) {
    Duration allowed = options.get(Options.CONNECT_TIMEOUT);
    return new Deadline(options.target(), allowed, System.nanoTime() + allowed.toNanos());
  }

  boolean exists() {
    return !allowed.isZero();
  }

  /** {@link #NONE} where there is no deadline; 0 or less where it has passed. */
  long nanosLeft() {
    return exists() ? endNanos - System.nanoTime() : NONE;
  }

  ConnectionException passed(String phase, @Nullable Throwable cause) {
    return ConnectionException.connectTimedOut(target, phase, allowed.toMillis(), cause);
  }
}
