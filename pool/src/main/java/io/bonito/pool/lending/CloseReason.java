package io.bonito.pool.lending;

import org.jspecify.annotations.Nullable;

/** Why something was closed. */
public enum CloseReason {
  /** It had reached its lifetime. */
  EXPIRED,
  /** Nobody had used it for as long as one may rest. */
  IDLE,
  /** It was above what is kept. */
  SURPLUS,
  /** It had rested for nearly as long as the other side lets it. */
  RESTED,
  /** It no longer worked when it was checked. */
  CHECK_FAILED,
  /** Somebody said that it is of no use. */
  INVALIDATED,
  /** Somebody said so while it was used, and it has come back. */
  INVALIDATED_SOFTLY,
  /** All that there were at that time were closed. */
  DISPOSED,
  /** It belongs to another process. */
  ABANDONED,
  /** Its kind of pool lends each one once. */
  USED_ONCE,
  /** Another pool needed its permit. */
  DONATED,
  /** It had left the pool with its borrower. */
  DETACHED;

  /** What was noted, or what can be seen. The slot is in the pool's hands. */
  static <T> CloseReason of(SlotPool<T> pool, Slot<T> slot) {
    CloseReason noted = slot.leaving;
    if (pool.openings.isAbandoned(slot.generation)) {
      return ABANDONED;
    }
    if (noted != null) {
      return noted;
    }
    CloseReason seen = past(pool, slot);
    if (seen != null) {
      return seen;
    }
    if (Slot.isDoomed(slot.word())) {
      return INVALIDATED_SOFTLY;
    }
    if (pool.settings.closeAtReturn()) {
      return USED_ONCE;
    }
    return (pool.pressure() & SlotTable.HUNGRY) != 0 ? DONATED : SURPLUS;
  }

  /** Null if its time is not over. */
  static <T> @Nullable CloseReason past(SlotPool<T> pool, Slot<T> slot) {
    if (slot.generation != pool.generation) {
      return DISPOSED;
    }
    return pool.world.nanoTime() - slot.expiresAt >= 0 ? EXPIRED : null;
  }
}
