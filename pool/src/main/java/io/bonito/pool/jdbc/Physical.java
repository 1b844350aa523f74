package io.bonito.pool.jdbc;

import io.bonito.pool.lending.Slot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A driver's connection that a pool keeps: how it is lent, and put in order between loans. One
 * thread at a time uses it, but for {@link #activity}.
 */
public abstract class Physical {
  private static final int MAXIMUM_SHOWN = 200;

  private final Connection connection;
  private final Lender lender;

  protected Physical(Connection connection, Lender lender) {
    this.connection = connection;
    this.lender = lender;
  }

  /** The driver's own. */
  public final Connection connection() {
    return connection;
  }

  final Lender lender() {
    return lender;
  }

  // --- what differs by driver ---

  /** What the application holds for one loan. */
  protected abstract Connection handle(Slot<Physical> slot, long ticket);

  /** The same, which ends the loan that is watched. */
  protected abstract Connection handle(Slot<Physical> slot, long ticket, WatchedLoan loan);

  /** Whether nothing is awaited before it can be lent; takes no lock and reads no clock. */
  protected boolean isReadyAtOnce() {
    return true;
  }

  /**
   * Whether it can be lent now. What was sent to reset it may still be answered.
   *
   * @param nanos how long that may take, above 0
   */
  protected boolean isReady(long nanos) {
    return true;
  }

  /**
   * Whether it still works, after it has rested.
   *
   * @param nanos how long that may take, above 0
   */
  protected boolean isAlive(long nanos) {
    return answers(nanos);
  }

  /**
   * Whether the server answers. JDBC counts whole seconds: it may take up to one longer.
   *
   * @param nanos how long that may take, above 0
   */
  protected boolean answers(long nanos) {
    long most = TimeUnit.MINUTES.toNanos(1);
    try {
      return connection.isValid(
          Math.max(1, (int) TimeUnit.NANOSECONDS.toSeconds(Math.min(nanos, most))));
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  /** Whether the next borrower would notice that there was one before. */
  protected abstract boolean needsReset();

  /**
   * Makes it as it was.
   *
   * @throws SQLException where that cannot be; it is closed then
   */
  protected abstract void reset(ResetPolicy policy) throws SQLException;

  /** Whether a transaction is open, as far as is known. */
  protected abstract boolean isInTransaction();

  /** Whether a statement is under way; asked from any thread. */
  protected abstract boolean isExecuting();

  /** For whoever asks, from any thread, what this is busy with. */
  protected abstract String activity();

  /** SQL for messages: literals are left out, and what is long is cut. */
  protected static String shown(String sql) {
    String shown = sql.replaceAll("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\\b\\d+\\b", "?");
    return shown.length() > MAXIMUM_SHOWN ? shown.substring(0, MAXIMUM_SHOWN) + "…" : shown;
  }

  final String description() {
    return lender.pool().settings().name() + ", " + activity();
  }

  // --- what handles ask of the pool ---

  protected final void takeBack(Slot<Physical> slot, long ticket) {
    lender.takeBack(slot, ticket, this);
  }

  protected final void invalidate(Slot<Physical> slot, long ticket, @Nullable Throwable reason) {
    lender.invalidate(slot, ticket, this, reason);
  }

  protected final void invalidateSoftly(
      Slot<Physical> slot, long ticket, @Nullable Throwable reason) {
    lender.invalidateSoftly(slot, ticket, reason);
  }

  /**
   * @return where it is now
   */
  protected final Slot<Physical> detach(Slot<Physical> slot, long ticket) throws SQLException {
    return lender.detach(slot, ticket);
  }

  /** An error of a lent one. */
  protected final void judge(Slot<Physical> slot, long ticket, SQLException error) {
    lender.judge(slot, ticket, error, isReadOnly());
  }

  /** Whether its borrower has made it read-only; asks nobody. */
  protected abstract boolean isReadOnly();

  /** Whether closing a handle now ends the use of this. */
  protected final boolean endsUse(Slot<Physical> slot, long ticket) {
    return lender.endsUse(slot, ticket);
  }

  /** Whether it may not even be spoken to. */
  protected final boolean isAbandoned(Slot<Physical> slot) {
    return lender.isAbandoned(slot);
  }

  /** For messages: which pool, doing what. */
  protected final String describe() {
    return description();
  }
}
