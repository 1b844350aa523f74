package io.bonito.pool.lending;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A thread in the queue. Its value goes once from nothing to one of: a slot, which it then owns; a
 * {@link Refusal}; or {@link #GONE}, if it left by itself.
 */
final class Waiter extends AtomicReference<Object> {
  private static final long serialVersionUID = 1;

  static final Object GONE = new Object();

  /** Why this waiter gets nothing. */
  record Refusal(LendingException.Reason reason, Throwable cause) {}

  final transient Thread thread;
  final long since;

  /** Woken to try its luck; whoever woke it waits with the next call until it has. */
  transient volatile boolean nudged;

  Waiter(Thread thread, long since) {
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
}
