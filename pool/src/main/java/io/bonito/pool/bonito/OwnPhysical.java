package io.bonito.pool.bonito;

import io.bonito.jdbc.Leasable;
import io.bonito.jdbc.Leasable.TransactionEnd;
import io.bonito.pool.jdbc.Lender;
import io.bonito.pool.jdbc.Physical;
import io.bonito.pool.jdbc.ResetPolicy;
import io.bonito.pool.jdbc.WatchedLoan;
import io.bonito.pool.lending.Slot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Bonito's driver. It knows itself what is open and what was changed, so nothing
 * stands between the application and its statements.
 */
final class OwnPhysical extends Physical {
  private final Leasable leasable;
  private final boolean pings;
  private boolean remembered;

  // Of the latest loan.
  private @Nullable Slot<Physical> slot;
  private long ticket;
  private volatile @Nullable String sqlBefore;

  OwnPhysical(Connection connection, Lender lender, Leasable leasable, boolean pings)
      throws SQLException {
    super(connection, lender);
    this.leasable = leasable;
    this.pings = pings;
    leasable.haveChangesTold();
    leasable.onError(this::failed);
  }

  private void failed(SQLException error) {
    Slot<Physical> lent = slot;
    if (lent != null) {
      judge(lent, ticket, error);
    }
  }

  @Override
  protected Connection handle(Slot<Physical> lent, long ticketOfLoan) {
    begin(lent, ticketOfLoan);
    return new OwnConnection(this, leasable, lent, ticketOfLoan);
  }

  @Override
  protected Connection handle(Slot<Physical> lent, long ticketOfLoan, WatchedLoan loan) {
    begin(lent, ticketOfLoan);
    return new WatchedOwnConnection(this, leasable, lent, ticketOfLoan, loan);
  }

  private void begin(Slot<Physical> lent, long ticketOfLoan) {
    if (!remembered) {
      // Only now, since listeners may have changed the new connection.
      remembered = true;
      leasable.rememberState();
    }
    slot = lent;
    ticket = ticketOfLoan;
    sqlBefore = leasable.latestSql();
  }

  @Override
  protected boolean isReadyAtOnce() {
    return leasable.isReadyAtOnce();
  }

  @Override
  protected boolean isReady(long nanos) {
    return leasable.isReady(nanos);
  }

  @Override
  protected boolean answers(long nanos) {
    return leasable.answers(nanos);
  }

  /** TCP asks for signs of life by itself, so that what has vanished is known here too. */
  @Override
  protected boolean isAlive(long nanos) {
    return pings ? answers(nanos) : leasable.isReady(nanos) && leasable.isConnected();
  }

  @Override
  protected boolean needsReset() {
    return true;
  }

  @Override
  protected void reset(ResetPolicy policy) throws SQLException {
    TransactionEnd end =
        switch (policy) {
          case ROLLBACK -> TransactionEnd.ROLLBACK;
          case COMMIT -> TransactionEnd.COMMIT;
          case NONE -> TransactionEnd.NONE;
        };
    if (!leasable.restore(end)) {
      throw new SQLNonTransientConnectionException("the connection is lost", "08006");
    }
  }

  @Override
  protected boolean isInTransaction() {
    return leasable.mayBeInTransaction();
  }

  @Override
  protected boolean isReadOnly() {
    try {
      return connection().isReadOnly();
    } catch (SQLException e) {
      return false; // closed: read-only or not, it is of no use
    }
  }

  @Override
  protected boolean isExecuting() {
    return leasable.isExecuting();
  }

  @Override
  protected String activity() {
    String sql = leasable.latestSql();
    if (sql == null || sql.equals(sqlBefore)) {
      return leasable.isExecuting() ? "executing" : "not used yet";
    }
    return (leasable.isExecuting() ? "executing " : "idle after ") + shown(sql);
  }

  // --- for handles ---

  boolean isOfAnotherProcess(Slot<Physical> lent) {
    return isAbandoned(lent);
  }

  void comesBack(Slot<Physical> lent, long ticketOfLoan) {
    takeBack(lent, ticketOfLoan);
  }

  void isToBeClosed(Slot<Physical> lent, long ticketOfLoan, @Nullable Throwable reason) {
    invalidate(lent, ticketOfLoan, reason);
  }

  void isToBeClosedLater(Slot<Physical> lent, long ticketOfLoan, @Nullable Throwable reason) {
    invalidateSoftly(lent, ticketOfLoan, reason);
  }

  Slot<Physical> leaves(Slot<Physical> lent, long ticketOfLoan) throws SQLException {
    Slot<Physical> outside = detach(lent, ticketOfLoan);
    slot = outside;
    return outside;
  }

  boolean wouldEnd(Slot<Physical> lent, long ticketOfLoan) {
    return endsUse(lent, ticketOfLoan);
  }

  String words() {
    return describe();
  }
}
