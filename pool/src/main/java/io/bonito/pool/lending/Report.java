package io.bonito.pool.lending;

import io.bonito.pool.lending.Exhaustion.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at who holds what, when somebody must be told. Costs nothing before. */
final class Report {
  private Report() {}

  static <T> List<Holder> holders(SlotPool<T> pool) {
    List<Holder> holders = new ArrayList<>();
    long now = pool.world.nanoTime();
    for (Slot<T> slot : pool.slots) {
      if (Slot.state(slot.word()) == Slot.USED) {
        holders.add(holder(pool, slot, now));
      }
    }
    holders.sort(Comparator.comparingLong(Holder::heldNanos).reversed());
    return holders;
  }

  static <T> Holder holder(SlotPool<T> pool, Slot<T> slot, long now) {
    Thread owner = slot.owner;
    T thing = slot.thing;
    long since = slot.lentAt != 0 ? slot.lentAt : slot.word() == slot.seenWord ? slot.seenAt : now;
    return new Holder(
        owner == null ? "?" : owner.getName().isEmpty() ? "#" + owner.getId() : owner.getName(),
        owner == null ? "UNKNOWN" : owner.getState().name(),
        now - since,
        thing == null ? "" : pool.source.activity(thing),
        owner == null ? List.of() : List.of(owner.getStackTrace()),
        slot.borrowedAt);
  }

  static <T> Exhaustion exhaustion(SlotPool<T> pool, long waitedNanos) {
    PoolStatus status = pool.status();
    Throwable failure = pool.openings.lastFailure();
    Budget budget = pool.openings.budget();
    return new Exhaustion(
        cause(pool, status, failure),
        status,
        waitedNanos,
        failure,
        failure == null ? 0 : pool.world.nanoTime() - pool.openings.lastFailureAt(),
        budget.limit(),
        budget.use(),
        holders(pool));
  }

  private static <T> Cause cause(SlotPool<T> pool, PoolStatus status, @Nullable Throwable failure) {
    if (pool.isSuspended()) {
      return Cause.SUSPENDED;
    }
    if (status.used() >= status.limit()) {
      return Cause.ALL_HELD;
    }
    if (failure != null) {
      return pool.openings.lastKind() == OpenFailure.CAPACITY
          ? Cause.NO_CAPACITY
          : Cause.UNREACHABLE;
    }
    if (pool.openings.lacksBudget()) {
      return Cause.BUDGET_USED;
    }
    return status.opening() > 0 ? Cause.OPENING_TOO_SLOW : Cause.ALL_HELD;
  }
}
