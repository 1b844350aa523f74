package io.bonito.pool.lending;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Waits for what others change. */
final class Awaiting {
  private Awaiting() {}

  /**
   * Waits until it is so, which is asked with the lock held.
   *
   * @return whether it is so; it may not be when the time is over or the thread is interrupted
   */
  static boolean until(BooleanSupplier so, long nanos, ReentrantLock lock, Condition changed) {
    long left = nanos;
    lock.lock();
    try {
      while (!so.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return so.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }
}
