package io.bonito.pool.jdbc;

import io.bonito.pool.lending.Slot;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * A handle on a connection that others have too. Its calls wait for their turn; with the first
 * statement of a transaction the turn stays here until the transaction ends. Auto-commit belongs to
 * the handle, and closing it ends its own transaction and nobody else's.
 */
final class SharedConnection extends LeasedConnection {
  private final long timeoutNanos;
  private boolean autoCommit;

  SharedConnection(Slot<Physical> slot, long ticket, long timeoutNanos) {
    super(slot, ticket);
    this.timeoutNanos = timeoutNanos;
    autoCommit = ((WrappedPhysical) slot.thing()).usualAutoCommit();
  }

  @Override
  void enter() throws SQLException {
    super.enter();
    WrappedPhysical physical = physical();
    if (!physical.turn.take(this, timeoutNanos)) {
      throw new SQLTransientConnectionException(
          "another user of this shared connection has kept it in a transaction for "
              + timeoutNanos / 1_000_000
              + " ms",
          "08001");
    }
    try {
      physical.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      leave();
      throw failed(e);
    }
  }

  @Override
  java.sql.Connection connectionDelegate() throws SQLException {
    enter();
    return super.connectionDelegate();
  }

  @Override
  void leave() {
    if (!isOver()) {
      WrappedPhysical physical = physical();
      physical.turn.pass(this, /* keep= */ physical.isInTransaction());
    }
  }

  @Override
  public boolean isInTransaction() {
    return !isOver() && physical().turn.isOf(this) && physical().isInTransaction();
  }

  @Override
  public void setAutoCommit(boolean value) throws SQLException {
    autoCommit = value;
    enter();
    leave();
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    super.enter();
    return autoCommit;
  }

  @Override
  void giveBack(WrappedPhysical physical) {
    boolean mine = physical.turn.isOf(this);
    try {
      if (mine && physical.isInTransaction()) {
        physical.endTransaction(physical.lender().resetPolicy());
      }
    } catch (SQLException e) {
      physical.judge(slot, ticket, e);
    } finally {
      super.giveBack(physical);
      if (mine) {
        physical.turn.end(this);
      }
    }
  }
}
