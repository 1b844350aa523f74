package io.bonito.pool.jdbc;

import io.bonito.pool.lending.Slot;

/** A handle that may be forgotten. */
final class WatchedConnection extends LeasedConnection {
  private final WatchedLoan loan;

  WatchedConnection(Slot<Physical> slot, long ticket, WatchedLoan loan) {
    super(slot, ticket);
    this.loan = loan;
  }

  @Override
  void giveBack(WrappedPhysical physical) {
    if (loan.end()) {
      super.giveBack(physical);
    }
  }
}
