package io.bonito.jdbc;

import io.bonito.protocol.value.Parameters;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One execution on a connection that is shared: what its thread waits for, and a line's thread
 * answers.
 *
 * <pre>
 *   WAITING ──send──▶ SENT ──▶ DONE
 *      │  ◀──again──┘  │
 *      └──▶ GIVEN_UP ◀─┘    its answer, if one comes, is thrown away
 * </pre>
 */
final class SharedStatement {
  private enum State {
    WAITING,
    SENT,
    DONE,
    GIVEN_UP
  }

  private final SharedSql sql;
  private final @Nullable Parameters values;
  private final long maxRows;
  private final Thread waiter = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private volatile boolean cancelled;
  private long timeoutNanos;

  // The line's until DONE says that they are the waiter's.

  private int executions;
  private @Nullable Measurement measured;
  private @Nullable Answer answer;
  private @Nullable SQLException failure;

  /**
   * @param values null for what is no prepared statement
   */
  SharedStatement(SharedSql sql, @Nullable Parameters values, long maxRows) {
    this.sql = sql;
    this.values = values;
    this.maxRows = maxRows;
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }

  SharedSql sql() {
    return sql;
  }

  @Nullable Parameters values() {
    return values;
  }

  long maxRows() {
    return maxRows;
  }

  // ---- for its own thread

  /**
   * Waits for the answer.
   *
   * @param mostUnsent nanoseconds to wait to be sent, above 0
   * @throws SQLException the server's, or that it was given up, which says whether it may have run
   */
  Answer await(long mostUnsent) throws SQLException {
    long start = System.nanoTime();
    boolean interrupted = false;
    try {
      while (true) {
        State now = state();
        if (now == State.DONE) {
          return answer();
        }
        if (cancelled && state.compareAndSet(now, State.GIVEN_UP)) {
          throw SqlExceptions.cancelled("the statement was cancelled" + effect(now));
        }
        long most = now == State.WAITING ? mostUnsent : Long.MAX_VALUE;
        long limit = timeoutNanos > 0 ? Math.min(timeoutNanos, most) : most;
        if (limit == Long.MAX_VALUE) {
          LockSupport.park(this);
        } else {
          long left = limit - (System.nanoTime() - start);
          if (left <= 0 && state.compareAndSet(now, State.GIVEN_UP)) {
            throw overdue(now, limit);
          }
          LockSupport.parkNanos(this, left);
        }
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Answer answer() throws SQLException {
    SQLException error = failure;
    if (error != null) {
      throw error;
    }
    Answer given = answer;
    if (given == null) {
      throw new IllegalStateException("neither an answer nor an error");
    }
    return given;
  }

  private SQLException overdue(State last, long limit) {
    long millis = TimeUnit.NANOSECONDS.toMillis(limit);
    if (limit == timeoutNanos) {
      return SqlExceptions.timedOut(
          "the statement was given up after its timeout of " + millis + " ms" + effect(last));
    }
    return SqlExceptions.crowded(
        "the statement was given up, as all shared connections were busy for "
            + millis
            + " ms"
            + effect(last));
  }

  private static String effect(State last) {
    return last == State.WAITING
        ? "; it had not been sent"
        : "; it had been sent to a connection that others use too, where nothing is killed: it may"
            + " have run, or may still run";
  }

  /** Lets its thread go on; from any thread. */
  void cancel() {
    cancelled = true;
    LockSupport.unpark(waiter);
  }

  /** Whether a line may still read the values. */
  boolean isGivenUp() {
    return state() == State.GIVEN_UP;
  }

  /** Tells how long it took, where somebody wants to know. */
  void tell() {
    if (state() == State.DONE) {
      Measurement.tell(measured);
    }
  }

  // ---- for lines

  void timeout(long nanos) {
    timeoutNanos = nanos;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  /** False where nobody waits for it any more. */
  boolean send() {
    return state.compareAndSet(State.WAITING, State.SENT);
  }

  /** How often it was sent before; the server has refused to execute it each time. */
  int executions() {
    return executions;
  }

  /** It has certainly not been executed, and may be sent once more. */
  boolean again() {
    executions++;
    return state.compareAndSet(State.SENT, State.WAITING);
  }

  void measured(@Nullable Measurement measurement) {
    measured = measurement;
  }

  void done(Answer given) throws SQLException {
    answer = given;
    if (!finish()) {
      Rows rows = given.rows();
      given.close();
      if (rows != null) {
        rows.close();
      }
    }
  }

  /** Changes nothing where it has been answered. */
  void failed(SQLException e) {
    if (state() != State.DONE) {
      failure = e;
      finish();
    }
  }

  private boolean finish() {
    State now = state();
    if (now == State.GIVEN_UP || !state.compareAndSet(now, State.DONE)) {
      return false;
    }
    LockSupport.unpark(waiter);
    return true;
  }
}
