package io.bonito.netty;

import io.bonito.protocol.Session;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.util.concurrent.TimeUnit;

/**
 * How long a server's answers may still be waited for.
 *
 * <pre>
 *   deadline of a command, or of connecting       as it was given
 *   socketTimeout                                 since the server was last heard, or asked
 *   last words                                    since it has taken no more bytes
 * </pre>
 *
 * <p>While the sink of the command under way wants no rows there is no limit: it is not the server
 * that is late.
 */
final class AnswerLimits implements LoopClock.Limits {
  /** How long to look for the server's last words when it takes no more bytes. */
  private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String target;
  private final Session session;
  private final ChannelBytes bytes;
  private final PumpedCommands commands;
  private final Diagnosis diagnosis;
  private final Deadline connectDeadline;
  private final long socketTimeoutNanos;
  private boolean loggedIn;
  private long heardNanos;
  private long writeFailedNanos;

  AnswerLimits(
      ConnectionOptions options,
      Session session,
      ChannelBytes bytes,
      PumpedCommands commands,
      Diagnosis diagnosis,
      Deadline connectDeadline) {
    this.target = options.target();
    this.session = session;
    this.bytes = bytes;
    this.commands = commands;
    this.diagnosis = diagnosis;
    this.connectDeadline = connectDeadline;
    this.socketTimeoutNanos = options.get(Options.SOCKET_TIMEOUT).toNanos();
  }

  void loggedIn() {
    loggedIn = true;
    heard();
  }

  /** Bytes have come from the server, or a command is on its way to it. */
  void heard() {
    if (socketTimeoutNanos > 0) {
      heardNanos = System.nanoTime();
    }
  }

  @Override
  public long nanosLeft(long now) {
    PumpedCommand head = commands.head();
    if (head != null && head.isPaused()) {
      return LoopClock.NEVER;
    }
    long left = session.nanosLeft(now);
    if (socketTimeoutNanos > 0 && loggedIn && head != null) {
      left = Math.min(left, heardNanos + socketTimeoutNanos - now);
    }
    if (bytes.writeFailure() != null) {
      if (writeFailedNanos == 0) {
        writeFailedNanos = System.nanoTime();
      }
      left = Math.min(left, writeFailedNanos + LAST_WORDS_NANOS - now);
    }
    return left;
  }

  /** Which of the limits has been passed. */
  Ending passed() {
    long now = System.nanoTime();
    if (session.nanosLeft(now) <= 0) {
      return deadlinePassed(now);
    }
    Throwable writeFailure = bytes.writeFailure();
    if (writeFailure != null) {
      return diagnosis.lost(writeFailure);
    }
    return Ending.of(
        ConnectionException.deadlinePassed(
            target, TimeUnit.NANOSECONDS.toMillis(socketTimeoutNanos)));
  }

  private Ending deadlinePassed(long now) {
    if (!loggedIn) {
      return Ending.of(connectDeadline.passed(diagnosis.phase(), null));
    }
    return Ending.of(ConnectionException.deadlinePassed(target, commands.allowedMillisOfLate(now)));
  }
}
