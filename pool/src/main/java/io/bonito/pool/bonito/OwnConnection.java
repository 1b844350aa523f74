package io.bonito.pool.bonito;

import io.bonito.jdbc.ConnectionHandle;
import io.bonito.jdbc.Leasable;
import io.bonito.pool.jdbc.Lease;
import io.bonito.pool.jdbc.Physical;
import io.bonito.pool.lending.Slot;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A handle on a lent connection of Bonito's driver: the only object that a loan makes. */
class OwnConnection extends ConnectionHandle implements Lease {
  private final OwnPhysical physical;
  private final long ticket;
  private Slot<Physical> slot;

  OwnConnection(OwnPhysical physical, Leasable leasable, Slot<Physical> slot, long ticket) {
    super(leasable);
    this.physical = physical;
    this.slot = slot;
    this.ticket = ticket;
  }

  @Override
  protected void ended(boolean reusable) {
    if (reusable) {
      physical.comesBack(slot, ticket);
    } else {
      physical.isToBeClosed(slot, ticket, null);
    }
  }

  @Override
  public void close() throws SQLException {
    if (!isOver() && physical.isOfAnotherProcess(slot)) {
      // Not even its statements may be spoken of.
      if (end()) {
        ended(/* reusable= */ true);
      }
      return;
    }
    super.close();
  }

  @Override
  public void invalidate(@Nullable Throwable reason) throws SQLException {
    requireOpen();
    if (end()) {
      physical.isToBeClosed(slot, ticket, reason);
    }
  }

  @Override
  public void invalidateSoftly(@Nullable Throwable reason) throws SQLException {
    requireOpen();
    physical.isToBeClosedLater(slot, ticket, reason);
  }

  @Override
  public void detach() throws SQLException {
    requireOpen();
    slot = physical.leaves(slot, ticket);
  }

  @Override
  public boolean isInTransaction() {
    return !isOver() && physical.isInTransaction() && physical.wouldEnd(slot, ticket);
  }

  @Override
  public String description() {
    return isOver() ? "a closed connection" : physical.words();
  }

  @Override
  public Connection driverConnection() throws SQLException {
    requireOpen();
    return physical.connection();
  }

  @Override
  public long epoch() throws SQLException {
    requireOpen();
    return slot.epoch();
  }

  @Override
  public String toString() {
    return "lent " + physical.connection();
  }
}
