package io.bonito.pool.kind;

import io.bonito.pool.lending.LendingException;
import io.bonito.pool.lending.Slot;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One thing that all share at the same time. The pool itself has borrowed it; what it lends is its
 * own loan. How several use one thing without disturbing each other is the affair of those who know
 * what it is.
 */
public final class StaticPool<T> extends Pool<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Slot<T> shared;
  private volatile long ticket;

  StaticPool(Parts<T> parts) {
    super(parts);
  }

  @Override
  public Slot<T> borrow(long timeoutNanos) throws LendingException {
    Slot<T> present = shared;
    if (present != null && isFit(present) && !engine.isClosed() && !engine.isSuspended()) {
      return present;
    }
    try {
      long nanos = Math.min(timeoutNanos, Long.MAX_VALUE / 2);
      long since = System.nanoTime();
      if (!lock.tryLock(nanos, TimeUnit.NANOSECONDS)) {
        throw new LendingException(
            LendingException.Reason.TIMED_OUT,
            settings().name() + ": still being opened",
            engine.lastFailure(),
            null);
      }
      try {
        return renewed(Math.max(0, nanos - (System.nanoTime() - since)));
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LendingException(
          LendingException.Reason.INTERRUPTED, settings().name() + ": interrupted", e, null);
    }
  }

  private Slot<T> renewed(long nanos) throws LendingException {
    Slot<T> present = shared;
    if (present != null && isFit(present)) {
      return present;
    }
    if (present != null) {
      shared = null;
      engine.giveBack(present, ticket);
    }
    Slot<T> slot = engine.borrow(nanos);
    ticket = slot.ticket();
    shared = slot;
    return slot;
  }

  private boolean isFit(Slot<T> slot) {
    return slot.ticket() == ticket && engine.isCurrent(slot);
  }

  /** It stays lent, to the pool. */
  @Override
  public boolean giveBack(Slot<T> slot, long ticket) {
    return slot.isLentOn(ticket);
  }

  @Override
  public boolean endsUse(Slot<T> slot, long ticket) {
    return false;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void dispose() {
    engine.dispose();
    release();
  }

  @Override
  public void close() {
    engine.close();
    release();
  }

  private void release() {
    lock.lock();
    try {
      Slot<T> present = shared;
      shared = null;
      if (present != null) {
        engine.giveBack(present, ticket);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StaticPool<T> recreate() {
    return new StaticPool<>(parts());
  }

  @Override
  public String statusLine() {
    return "StaticPool";
  }
}
