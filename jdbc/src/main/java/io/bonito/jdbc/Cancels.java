package io.bonito.jdbc;

import io.bonito.protocol.Cancellation;
import io.bonito.protocol.failure.SqlStates;
import io.bonito.protocol.message.ServerError;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a link, each of which can be cancelled while it is under way: by its user from
 * another thread, or by the timer.
 *
 * <pre>
 *   running   0 ──begin──▶ number ──completed──▶ 0
 *                            └──cancel──▶ −number ──settle──▶ 0
 * </pre>
 *
 * <p>The thread that waits for the command's answer holds the link's lock. Nearly no command is
 * cancelled, so one costs two changes of a number here; who comes first, its end or its cancel, is
 * decided by comparing and setting it. Only a cancel has a {@link Cancellation}, shared under a
 * lock of its own, which is never held while bytes are awaited.
 */
final class Cancels {
  /** Time for the whole of a cancel, after which the command's own connection is given up. */
  static final long CANCEL_NANOS =
      2 * SideConnection.ANSWER_NANOS + SideConnection.CONNECT_TIME.toNanos();

  private static final long NONE = 0;

  private final Link link;
  private final AtomicLong running = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();

  // Of the thread that has the link.

  private long latest;
  private long timeoutNanos;
  private @Nullable Future<?> timer;

  // Under the lock; about the command whose number is negative.

  private @Nullable Cancellation cancellation;
  private boolean timedOut;

  /** Over which commands were cancelled; null before the first one. */
  private volatile @Nullable SideConnection side;

  Cancels(Link link) {
    this.link = link;
  }

  // ---- for whoever cancels

  /**
   * Cancels a command, unless it is over or somebody is at it.
   *
   * @param number what {@link #begin} gave it; 0 where there was none yet
   */
  void cancel(long number, boolean onTime) {
    if (number == NONE) {
      return;
    }
    Cancellation begun;
    lock.lock();
    try {
      if (!link.transport().isOpen() || !running.compareAndSet(number, -number)) {
        return;
      }
      begun = new Cancellation(link.state().connectionId(), link.transport().localPort());
      begun.begin();
      cancellation = begun;
      timedOut = onTime;
    } finally {
      lock.unlock();
    }
    side().kill(new CancelledCommand(begun));
    boolean close;
    lock.lock();
    try {
      close = begun.mustClose();
    } finally {
      lock.unlock();
    }
    if (close) {
      link.transport().abort();
    }
  }

  private SideConnection side() {
    SideConnection joined = SideConnection.of(link.options(), this);
    side = joined;
    return joined;
  }

  /** Closes the link with a goodbye, and what its cancels needed. */
  void closeLink() {
    link.transport().close();
    close();
  }

  /** The same, waiting for nothing. */
  void abortLink() {
    link.transport().abort();
    close();
  }

  /** The link has closed, and cancels nothing any more. */
  void close() {
    SideConnection joined = side;
    if (joined != null) {
      joined.leave(this);
    }
  }

  /** What the other connection is told of a command, under the lock. */
  private final class CancelledCommand implements SideConnection.Kill {
    private final Cancellation begun;

    CancelledCommand(Cancellation begun) {
      this.begun = begun;
    }

    @Override
    public String proof() {
      return begun.proof();
    }

    @Override
    public boolean isShownBy(@Nullable String host) {
      return begun.isShownBy(host);
    }

    @Override
    public boolean prove(@Nullable String host) {
      lock.lock();
      try {
        // Whoever awaits its end may have given it up.
        return begun.mustWait() && begun.prove(host);
      } finally {
        settled.signalAll();
        lock.unlock();
      }
    }

    @Override
    public String command() {
      return begun.kill();
    }

    @Override
    public void killed() {
      change(
          () -> {
            if (begun.mustWait()) {
              begun.killed();
            }
          });
    }

    @Override
    public void failed() {
      change(begun::failed);
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

  /** Whether a command is under way that could be cancelled. */
  boolean isRunning() {
    return running.get() != NONE;
  }

  // ---- for the thread that has the link

  /**
   * A command has been given.
   *
   * @param nanos until it is cancelled; 0 for never
   * @return its number, above 0
   */
  long begin(long nanos) {
    long number = ++latest;
    timeoutNanos = nanos;
    running.set(number);
    if (nanos > 0) {
      timer = QueryTimer.after(nanos, () -> cancel(number, /* onTime= */ true));
    }
    return number;
  }

  /** The first of the answer is there: from here on the application sets the pace. */
  void stopTimer() {
    Future<?> pending = timer;
    if (pending != null) {
      timer = null;
      pending.cancel(false);
    }
  }

  /** The command's answer is complete. */
  void completed(long number, @Nullable ServerError error) {
    stopTimer();
    if (running.compareAndSet(number, NONE)) {
      return;
    }
    lock.lock();
    try {
      Cancellation begun = cancellation;
      if (begun != null && running.get() == -number) {
        begun.completed(error);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Awaits the end of a cancel that is under way: until then no other command may be sent. What was
   * not cancelled until now cannot be any more.
   *
   * @return whether a kill may be left that {@link Cancellation#SWEEP} has to take
   */
  boolean settle() throws SQLException {
    long number = running.get();
    if (number == NONE || (number > NONE && running.compareAndSet(number, NONE))) {
      return false;
    }
    lock.lock();
    try {
      Cancellation begun = cancellation;
      if (begun == null) {
        return false;
      }
      awaitSettled(begun);
      if (begun.mustClose()) {
        link.transport().abort();
        throw SqlExceptions.connectionClosed();
      }
      cancellation = null;
      running.set(NONE);
      return begun.wantsSweep();
    } finally {
      lock.unlock();
    }
  }

  private void awaitSettled(Cancellation begun) {
    long left = CANCEL_NANOS;
    try {
      while (begun.mustWait() && left > 0) {
        left = settled.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (begun.mustWait()) {
      begun.failed();
    }
  }

  /**
   * What to throw in place of an answer or an error that came while the command was cancelled; null
   * where it was not. Some statements answer a kill with a result.
   */
  @Nullable SQLException verdict(@Nullable SQLException failure) {
    if (running.get() >= NONE) {
      return null;
    }
    lock.lock();
    try {
      Cancellation begun = cancellation;
      if (begun == null) {
        return null;
      }
      awaitSettled(begun);
      if (begun.mustClose()) {
        link.transport().abort();
        String message = cancelled() + ", and its connection closed: the server could not be told";
        return timedOut
            ? new SQLTimeoutException(message, SqlStates.CONNECTION_LOST, 0, failure)
            : new SQLNonTransientConnectionException(
                message, SqlStates.CONNECTION_LOST, 0, failure);
      }
      if (!begun.isKilled() || (failure != null && !isInterruption(failure))) {
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
