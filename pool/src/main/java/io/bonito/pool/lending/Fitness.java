package io.bonito.pool.lending;

import java.util.function.Consumer;

/** Whether what was taken may be lent. If not, it is on its way out. */
final class Fitness<T> {
  private final SlotPool<T> pool;

  Fitness(SlotPool<T> pool) {
    this.pool = pool;
  }

  /** Asked by a thread, which waits for the check. */
  boolean isFit(Slot<T> slot, long deadline) {
    long now = pool.world.nanoTime();
    if (isPast(slot, now)) {
      return false;
    }
    if (!needsCheck(slot) || pool.hanging.passesCheck(slot, deadline - now)) {
      return true;
    }
    fails(slot);
    return false;
  }

  /** Asked by somebody who is told, once, at once or later. */
  void examine(Slot<T> slot, long deadline, Consumer<Boolean> told) {
    long now = pool.world.nanoTime();
    if (isPast(slot, now)) {
      told.accept(false);
    } else if (!needsCheck(slot)) {
      told.accept(true);
    } else {
      pool.hanging.check(
          slot,
          deadline - now,
          passed -> {
            if (!passed) {
              fails(slot);
            }
            told.accept(passed);
          });
    }
  }

  private boolean isPast(Slot<T> slot, long now) {
    if (slot.generation == pool.generation && now - slot.expiresAt < 0) {
      return false;
    }
    slot.leaving = CloseReason.past(pool, slot);
    pool.invalidate(slot, slot.ticket(), null);
    return true;
  }

  private boolean needsCheck(Slot<T> slot) {
    long checkAfter = pool.settings.checkAfterNanos();
    boolean check = slot.unchecked ? checkAfter != Settings.NEVER : checkAfter == 0 && !slot.fresh;
    slot.fresh = false;
    slot.unchecked = false;
    return check;
  }

  private void fails(Slot<T> slot) {
    slot.leaving = CloseReason.CHECK_FAILED;
    pool.invalidate(slot, slot.ticket(), null);
  }
}
