package io.bonito.pool.lending;

import static io.bonito.pool.lending.Simulation.must;

/** A borrower who is called; that its thread waits here is the simulation's affair. */
final class Called<T> implements Request.Taker<T> {
  private final Stage stage;
  private final SlotPool<T> pool;
  private final Thread thread = Thread.currentThread();
  private final Request<T> request;
  private Slot<T> slot;
  private LendingException refusal;
  private int calls;

  Called(Stage stage, SlotPool<T> pool, long timeout) {
    this.stage = stage;
    this.pool = pool;
    request = pool.ask(timeout, this);
  }

  /** Null where it was cancelled in time. */
  Slot<T> slot() throws LendingException {
    boolean cancels = stage.random().nextInt(4) == 0;
    long until = cancels ? stage.nanoTime() + stage.random().nextInt(30_000_000) : Settings.NEVER;
    while (calls == 0) {
      if ((Thread.interrupted() || stage.nanoTime() >= until) && request.cancel()) {
        stage.step();
        must(calls == 0, "I4: called although cancelled");
        return null;
      }
      if (calls == 0) {
        stage.park(this, until == Settings.NEVER ? until : until - stage.nanoTime());
      }
    }
    if (refusal != null) {
      throw refusal;
    }
    return slot;
  }

  @Override
  public void lent(Slot<T> lent, long ticket) {
    must(lent.isLentOn(ticket), "I2: lent on a ticket that is none");
    slot = lent;
    called();
  }

  @Override
  public void refused(LendingException why) {
    refusal = why;
    called();
  }

  private void called() {
    must(!pool.openings.lock.isHeldByCurrentThread(), "I7: a lock is held");
    must(++calls == 1, "I4: called twice");
    if (Thread.currentThread() != thread) {
      stage.unpark(thread);
    }
  }
}
