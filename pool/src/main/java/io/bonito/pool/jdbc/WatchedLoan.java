package io.bonito.pool.jdbc;

import io.bonito.pool.lending.Slot;
import java.lang.ref.Cleaner;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A loan of a pool that binds connections to threads. Where its handle is forgotten by a thread
 * that goes on living, it ends once nobody can reach the handle any more. SQLAlchemy sees that at
 * once, as Python counts references; here it takes a garbage collection.
 */
public final class WatchedLoan {
  private static final System.Logger LOGGER = System.getLogger("io.bonito.pool");

  /** Has a thread, from the first loan of this kind on. */
  private static final class Watch {
    static final Cleaner CLEANER = Cleaner.create();
  }

  private final Lender lender;
  private final Slot<Physical> slot;
  private final long ticket;
  private final Physical physical;
  private final AtomicBoolean over = new AtomicBoolean();

  WatchedLoan(Lender lender, Slot<Physical> slot, long ticket, Physical physical) {
    this.lender = lender;
    this.slot = slot;
    this.ticket = ticket;
    this.physical = physical;
  }

  Connection handle() {
    Connection handle = physical.handle(slot, ticket, this);
    Watch.CLEANER.register(handle, this::forgotten);
    return handle;
  }

  /** Ends it; false where it was over before. */
  public boolean end() {
    return over.compareAndSet(false, true);
  }

  private void forgotten() {
    if (end() && slot.isLentOn(ticket)) {
      LOGGER.log(
          System.Logger.Level.WARNING, "{0}: forgotten, and taken back", physical.description());
      lender.takeBack(slot, ticket, physical);
    }
  }
}
