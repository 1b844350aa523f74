package io.bonito.pool.lending;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Nothing is done by others, and time passes as it is looked at. */
final class Alone implements World {
  private final AtomicLong now = new AtomicLong(1);
  private final long nanosPerLook;

  /**
   * @param nanosPerLook 0 where time stands still
   */
  Alone(long nanosPerLook) {
    this.nanosPerLook = nanosPerLook;
  }

  @Override
  public long nanoTime() {
    return nanosPerLook == 0 ? 1 : now.getAndAdd(nanosPerLook);
  }

  @Override
  public void park(Object blocker, long nanos) {
    LockSupport.park();
  }

  @Override
  public void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }

  @Override
  public void run(Runnable task) {
    task.run();
  }

  @Override
  public void wake(Ticking pool, long atNanos) {}

  @Override
  public void forget(Ticking pool) {}

  @Override
  public double chance() {
    return 0;
  }
}
