package io.bonito.transport;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one time by which all of connecting must be done: name, TCP, TLS and login. */
final class ConnectDeadline {
  private final String target;
  private final Duration allowed;
  private final long endNanos;

  private ConnectDeadline(String target, Duration allowed) {
    this.target = target;
    this.allowed = allowed;
    this.endNanos = System.nanoTime() + allowed.toNanos();
  }

  /** Begins now. */
  static ConnectDeadline of(ConnectionOptions options) {
    return new ConnectDeadline(options.target(), options.get(Options.CONNECT_TIMEOUT));
  }

  boolean exists() {
    return !allowed.isZero();
  }

  /** On the clock of {@code System.nanoTime()}. */
  long endNanos() {
    return endNanos;
  }

  /** {@link Line#NO_LIMIT} where there is no deadline; 0 or less where it has passed. */
  long nanosLeft() {
    return exists() ? endNanos - System.nanoTime() : Line.NO_LIMIT;
  }

  ConnectionException passed(String phase, @Nullable Throwable cause) {
    return ConnectionException.connectTimedOut(target, phase, allowed.toMillis(), cause);
  }
}
