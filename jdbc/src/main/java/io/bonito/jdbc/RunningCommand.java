package io.bonito.jdbc;

import io.bonito.protocol.Cancellation;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.SqlStates;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.transport.BlockingTransport;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A command under way that can be cancelled: by its user from another thread, or by the timer.
 *
 * <p>It drives a {@link Cancellation}. The thread that waits for the command's answer holds the
 * link's lock, so what is shared with whoever cancels has a lock of its own, which is never held
 * while bytes are awaited.
 */
final class RunningCommand {
  /** The least time for the second connection, where the options allow less or none. */
  private static final Duration CONNECT_TIME = Duration.ofSeconds(5);

  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Time for the whole of a cancel, after which the command's own connection is given up. */
  static final long CANCEL_NANOS = 2 * ANSWER_NANOS + CONNECT_TIME.toNanos();

  private final Link link;
  private final Cancellation cancellation;
  private final long timeoutNanos;
  private final ReentrantLock lock;
  private final Condition settled;
  private @Nullable Future<?> timer;
  private boolean timedOut;

  /**
   * @param timeoutNanos until the command is cancelled; 0 for never
   */
  RunningCommand(Link link, long timeoutNanos) {
    this.link = link;
    this.lock = link.cancelLock();
    this.settled = link.cancelSettled();
    this.timeoutNanos = timeoutNanos;
    this.cancellation = new Cancellation(link.state().connectionId(), link.transport().localPort());
    if (timeoutNanos > 0) {
      timer = QueryTimer.after(timeoutNanos, () -> cancel(/* onTime= */ true));
    }
  }

  // ---- for whoever cancels

  void cancel(boolean onTime) {
    lock.lock();
    try {
      if (!link.transport().isOpen() || !cancellation.begin()) {
        return;
      }
      timedOut = onTime;
    } finally {
      lock.unlock();
    }
    try {
      kill();
    } catch (ConnectionException | RuntimeException e) {
      // Whatever kept the kill from being sent or answered, the command's connection is given up.
      change(cancellation::failed);
    }
    boolean close;
    lock.lock();
    try {
      close = cancellation.mustClose();
    } finally {
      lock.unlock();
    }
    if (close) {
      link.transport().abort();
    }
  }

  private void kill() throws ConnectionException {
    ConnectionOptions options = link.options();
    ConnectionOptions sideOptions =
        options.toBuilder()
            .set(Options.CONNECT_TIMEOUT, CONNECT_TIME)
            .set(Options.DATABASE, "")
            .build();
    try (BlockingTransport side = BlockingTransport.open(sideOptions)) {
      String host = ask(side, cancellation.proof());
      boolean[] proven = new boolean[1];
      change(() -> proven[0] = cancellation.prove(host));
      if (proven[0]) {
        ask(side, cancellation.kill());
        change(cancellation::killed);
      }
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable String ask(BlockingTransport side, String sql)
      throws ConnectionException {
    QueryExchange exchange = side.session().query(sql);
    exchange.deadline(System.nanoTime() + ANSWER_NANOS);
    String value = null;
    for (Event event = side.next(); event != Event.DONE; event = side.next()) {
      if (event == Event.FAILED) {
        throw ConnectionException.rejected("the server", exchange.error());
      }
      if (event == Event.ROW) {
        value = exchange.row().getString(0);
      }
    }
    return value;
  }

  // ---- for the command's own thread

  /** The first of the answer is there: from here on the application sets the pace. */
  void stopTimer() {
    Future<?> pending = timer;
    timer = null;
    if (pending != null) {
      pending.cancel(false);
    }
  }

  /** The command's answer is complete. */
  void completed(@Nullable ServerError error) {
    stopTimer();
    lock.lock();
    try {
      cancellation.completed(error);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Awaits the end of a cancel that is under way: until then no other command may be sent.
   *
   * @return whether a kill may be left that {@link Cancellation#SWEEP} has to take
   */
  boolean settle() throws SQLException {
    lock.lock();
    try {
      awaitSettled();
      if (cancellation.mustClose()) {
        link.transport().abort();
        throw SqlExceptions.connectionClosed();
      }
      return cancellation.wantsSweep();
    } finally {
      lock.unlock();
    }
  }

  private void awaitSettled() {
    long left = CANCEL_NANOS;
    try {
      while (cancellation.mustWait() && left > 0) {
        left = settled.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (cancellation.mustWait()) {
      cancellation.failed();
    }
  }

  /**
   * What to throw in place of an answer or an error that came while the command was cancelled; null
   * where it was not. Some statements answer a kill with a result.
   */
  @Nullable SQLException verdict(@Nullable SQLException failure) {
    lock.lock();
    try {
      awaitSettled();
      if (cancellation.mustClose()) {
        link.transport().abort();
        String message = cancelled() + ", and its connection closed: the server could not be told";
        return timedOut
            ? new SQLTimeoutException(message, SqlStates.CONNECTION_LOST, 0, failure)
            : new SQLNonTransientConnectionException(
                message, SqlStates.CONNECTION_LOST, 0, failure);
      }
      if (!cancellation.isKilled() || (failure != null && !isInterruption(failure))) {
        return null;
      }
      if (timedOut) {
        int code = failure == null ? 0 : failure.getErrorCode();
        return new SQLTimeoutException(cancelled(), SqlStates.QUERY_CANCELLED, code, failure);
      }
      return failure != null ? failure : SqlExceptions.cancelled(cancelled());
    } finally {
      lock.unlock();
    }
  }

  private String cancelled() {
    return timedOut
        ? "the statement was cancelled after its timeout of "
            + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
            + " ms"
        : "the statement was cancelled";
  }

  private static boolean isInterruption(SQLException failure) {
    return SqlStates.QUERY_CANCELLED.equals(failure.getSQLState());
  }
}
