package io.bonito.pool.bonito;

import io.bonito.jdbc.Leasable;
import io.bonito.pool.jdbc.Physical;
import io.bonito.pool.jdbc.WatchedLoan;
import io.bonito.pool.lending.Slot;

/** A handle that may be forgotten. */
final class WatchedOwnConnection extends OwnConnection {
  private final WatchedLoan loan;

  WatchedOwnConnection(
      OwnPhysical physical, Leasable leasable, Slot<Physical> slot, long ticket, WatchedLoan loan) {
    super(physical, leasable, slot, ticket);
    this.loan = loan;
  }

  @Override
  protected void ended(boolean reusable) {
    if (loan.end()) {
      super.ended(reusable);
    }
  }
}
