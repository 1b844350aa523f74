package io.bonito.pool.lending;

/** A pool of one thing, lent already; whoever opens or closes does so on its own thread. */
final class PoolOfOne {
  private static final Object THING = new Object();

  private static final class Makes implements Source<Object> {
    @Override
    public Object open() {
      return THING;
    }

    @Override
    public boolean check(Object thing, long nanos) {
      return true;
    }

    @Override
    public long close(Object thing) {
      return 0;
    }
  }

  final SlotPool<Object> pool =
      new SlotPool<>(
          Settings.named("p").limit(1).idle(0).lifetime(0, 0).build(),
          new Makes(),
          SlotPool.nobody(),
          new Alone(0),
          new Budget(Settings.UNLIMITED));
  final Slot<Object> slot = borrow();
  final long ticket = slot.ticket();

  /** Waits for as long as it takes: a wake-up that is lost is a run that never ends. */
  Slot<Object> borrow() {
    try {
      return pool.borrow(Settings.NEVER);
    } catch (LendingException e) {
      throw new IllegalStateException(e);
    }
  }
}
