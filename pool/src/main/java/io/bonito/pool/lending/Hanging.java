package io.bonito.pool.lending;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.function.Consumer;

/**
 * What takes too long on the other side. Drivers have time-outs of their own, or none at all; a
 * pool that waited for them would be as dead as the host that does not answer.
 *
 * <pre>
 *   check     5 s     it has failed; what rests beside it is closed too, so that one host that is
 *                     gone costs one time-out and not one for each connection
 *   opening   60 s    it no longer takes a place of the pool
 *   closing   10 s    it is ended without a goodbye
 * </pre>
 */
final class Hanging<T> {
  static final long CHECK_NANOS = SECONDS.toNanos(5);
  static final long OPENING_NANOS = SECONDS.toNanos(60);
  static final long CLOSING_NANOS = SECONDS.toNanos(10);

  private final SlotPool<T> pool;

  Hanging(SlotPool<T> pool) {
    this.pool = pool;
  }

  /**
   * Whether it still works, asked by a borrower.
   *
   * @param nanos how long the borrower can wait
   */
  boolean passesCheck(Slot<T> slot, long nanos) {
    long most = Math.max(1, Math.min(CHECK_NANOS, nanos));
    long since = pool.world.nanoTime();
    if (pool.source.check(slot.thing(), most)) {
      return true;
    }
    if (pool.world.nanoTime() - since >= most) {
      pool.sweep();
    }
    return false;
  }

  /** The same, asked by somebody who is told. */
  void check(Slot<T> slot, long nanos, Consumer<Boolean> told) {
    long most = Math.max(1, Math.min(CHECK_NANOS, nanos));
    long since = pool.world.nanoTime();
    pool.source.check(
        slot.thing(),
        most,
        passed -> {
          if (!passed && pool.world.nanoTime() - since >= most) {
            pool.sweep();
          }
          told.accept(passed);
        });
  }

  /**
   * Gives up what is being opened for too long. The lock of openings is held.
   *
   * @return when the next one will have taken too long
   */
  long giveUpAttempts(long now) {
    long next = Settings.NEVER;
    for (Slot<T> slot : pool.slots) {
      if (Slot.state(slot.word()) == Slot.OPENING) {
        if (now - slot.openedAt >= OPENING_NANOS) {
          pool.openings.giveUp(slot, now);
        } else {
          next = Math.min(next, slot.openedAt + OPENING_NANOS);
        }
      }
    }
    return next;
  }

  /**
   * All that a closed pool has still to look after.
   *
   * @return when to look again
   */
  long endGoodbyes(long now) {
    long next = Settings.NEVER;
    for (Slot<T> slot : pool.slots) {
      next = Math.min(next, endGoodbye(slot, now));
    }
    return next;
  }

  /**
   * Ends what hangs while it is closed, once. Its slot is free when the call that hangs comes back.
   *
   * @return when to look again
   */
  long endGoodbye(Slot<T> slot, long now) {
    T thing;
    pool.openings.lock.lock();
    try {
      long since = slot.closingSince;
      thing = slot.thing;
      if (Slot.state(slot.word()) != Slot.CLOSING || thing == null || since == Settings.NEVER) {
        return Settings.NEVER;
      }
      if (now - since < CLOSING_NANOS) {
        return since + CLOSING_NANOS;
      }
      slot.closingSince = Settings.NEVER;
    } finally {
      pool.openings.lock.unlock();
    }
    pool.world.run(() -> pool.source.abandon(thing));
    return Settings.NEVER;
  }
}
