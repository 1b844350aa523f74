package io.bonito.pool.lending;

import io.bonito.pool.lending.Exhaustion.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at who holds what, when somebody must be told. Costs nothing before. */
final class Report {
  private Report() {}

  static <T> List<Holder> holders(SlotPool<T> pool, Set<Thread> waiting) {
    List<Holder> holders = new ArrayList<>();
    long now = pool.world.nanoTime();
    for (Slot<T> slot : pool.slots) {
      if (Slot.state(slot.word()) == Slot.USED) {
        holders.add(holder(pool, slot, now, waiting));
      }
    }
    holders.sort(Comparator.comparingLong(Holder::heldNanos).reversed());
    return holders;
  }

  static <T> Holder holder(SlotPool<T> pool, Slot<T> slot, long now, Set<Thread> waiting) {
    Thread owner = slot.owner;
    T thing = slot.thing;
    long since = slot.lentAt != 0 ? slot.lentAt : slot.word() == slot.seenWord ? slot.seenAt : now;
    boolean executing = thing != null && pool.source.isExecuting(thing);
    String activity = thing == null ? "" : pool.source.activity(thing);
    if (owner == null) {
      return new Holder(
          "?",
          0,
          "UNKNOWN",
          now - since,
          executing,
          activity,
          /* waiting= */ false,
          List.of(),
          slot.borrowedAt);
    }
    return new Holder(
        owner.getName().isEmpty() ? "#" + owner.getId() : owner.getName(),
        owner.getId(),
        owner.getState().name(),
        now - since,
        executing,
        activity,
        waiting.contains(owner),
        List.of(owner.getStackTrace()),
        slot.borrowedAt);
  }

  /**
   * @param waiting the threads that wait, the one that is to be told among them
   */
  static <T> Exhaustion exhaustion(SlotPool<T> pool, long waitedNanos, Set<Thread> waiting) {
    PoolStatus status = pool.status();
    Throwable failure = pool.openings.lastFailure();
    Budget budget = pool.openings.budget();
    Thread self = Thread.currentThread();
    long now = pool.world.nanoTime();
    List<Holder> holders = holders(pool, waiting);
    return new Exhaustion(
        pool.settings.name(),
        cause(pool, status, failure, holders),
        status,
        waitedNanos,
        failure,
        failure == null ? 0 : now - pool.openings.lastFailureAt(),
        oldestOpening(pool, now),
        budget.limit(),
        budget.use(),
        (int) holders.stream().filter(each -> each.threadId() == self.getId()).count(),
        holders);
  }

  private static <T> long oldestOpening(SlotPool<T> pool, long now) {
    long oldest = 0;
    for (Slot<T> slot : pool.slots) {
      if (Slot.state(slot.word()) == Slot.OPENING) {
        oldest = Math.max(oldest, now - slot.openedAt);
      }
    }
    return oldest;
  }

  private static <T> Cause cause(
      SlotPool<T> pool, PoolStatus status, @Nullable Throwable failure, List<Holder> holders) {
    if (pool.isSuspended()) {
      return Cause.SUSPENDED;
    }
    if (status.used() >= status.limit()) {
      return holders.stream().allMatch(Holder::waiting) ? Cause.NESTED_BORROW : Cause.ALL_HELD;
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
