package io.bonito.pool.jdbc;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is on a connection that several share: one handle's at a time, in order of asking.
 */
final class Turn {
  private final ReentrantLock lock = new ReentrantLock(/* fair= */ true);
  private final Condition free = lock.newCondition();
  private @Nullable Object holder;
  private int depth;

  /**
   * @return whether it is this handle's turn now; false where the time was over
   */
  boolean take(Object handle, long nanos) {
    long left = nanos;
    lock.lock();
    try {
      while (holder != null && holder != handle) {
        if (left <= 0) {
          return false;
        }
        left = free.awaitNanos(left);
      }
      holder = handle;
      depth++;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * One call is over.
   *
   * @param keep whether the handle keeps the turn, since a transaction is open
   */
  void pass(Object handle, boolean keep) {
    lock.lock();
    try {
      if (holder == handle && --depth <= 0) {
        depth = 0;
        if (!keep) {
          holder = null;
          free.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isOf(Object handle) {
    lock.lock();
    try {
      return holder == handle;
    } finally {
      lock.unlock();
    }
  }

  /** The handle is closed. */
  void end(Object handle) {
    lock.lock();
    try {
      if (holder == handle) {
        holder = null;
        depth = 0;
        free.signal();
      }
    } finally {
      lock.unlock();
    }
  }
}
