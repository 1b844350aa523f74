package io.bonito.pool.lending;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One place in the queue: of a thread that is parked, or of somebody who is called. Its value goes
 * once from nothing to one of: a slot, which it then owns; a {@link Refusal}; or {@link #GONE}, if
 * it left by itself.
 */
class Waiter extends AtomicReference<Object> {
  private static final long serialVersionUID = 1;

  static final Object GONE = new Object();

  /** Why this waiter gets nothing. */
  record Refusal(LendingException.Reason reason, Throwable cause) {}

  /** Null for one that is called. */
  final transient @Nullable Thread thread;

  final long since;

  /** Woken to try its luck; whoever woke it waits with the next call until it has. */
  transient volatile boolean nudged;

  Waiter(@Nullable Thread thread, long since) {
    this.thread = thread;
    this.since = since;
  }

  boolean give(Object slotOrRefusal) {
    return compareAndSet(null, slotOrRefusal);
  }

  /** Leaves, unless something was given to it already. */
  boolean leave() {
    return compareAndSet(null, GONE);
  }

  /** Has it look at what it was given; no lock is held. */
  void wake(World world) {
    Thread parked = thread;
    if (parked != null) {
      world.unpark(parked);
    }
  }

  /** Until when it stands here, where somebody must tell it; a thread looks by itself. */
  long calledAt() {
    return Settings.NEVER;
  }

  /** It has left, and its time is over. */
  void late() {}
}
