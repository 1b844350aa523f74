package io.bonito.pool.lending;

import static io.bonito.pool.lending.Slot.CHECK;
import static io.bonito.pool.lending.Slot.CLOSING;
import static io.bonito.pool.lending.Slot.EMPTY;
import static io.bonito.pool.lending.Slot.OPENING;
import static io.bonito.pool.lending.Slot.in;
import static io.bonito.pool.lending.Slot.state;

import io.bonito.pool.lending.LendingException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes things and ends them, by threads that belong to no borrower. A slot counts from before the
 * thing is opened until the other side no longer counts it, against the pool's limit and against
 * the budget.
 */
final class Openings<T> {
  private final SlotPool<T> pool;
  private final OpeningPlan plan;
  private final Budget.Share share;
  private final OtherSide<T> otherSide;
  final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Changed under the lock, but for what begins to be closed; some are read without it too.
  private final AtomicInteger total = new AtomicInteger();
  private final AtomicInteger closing = new AtomicInteger();
  private int opening;
  private int detached;
  private long opened;
  private long failed;
  private long closedCount;
  private final AtomicLong timedOut = new AtomicLong();
  private final AtomicLong generation = new AtomicLong();
  private boolean closed;
  private volatile @Nullable Throwable lastFailure;
  private OpenFailure lastKind = OpenFailure.UNREACHABLE;
  private long lastFailureAt;
  private boolean lacksBudget;
  private long attempts;

  Openings(SlotPool<T> pool, Budget budget, int budgetMinimum) {
    this.pool = pool;
    plan = new OpeningPlan(pool.settings);
    share = budget.join(pool, budgetMinimum);
    otherSide = new OtherSide<>(pool, budget);
  }

  /** Changes numbers, of which those hear who wait for them. */
  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // --- opening ---

  /** Opens what is due now. */
  void demand() {
    if (pool.waiting() == 0 && pool.settings.minimumIdle() == 0) {
      return;
    }
    List<Slot<T>> begun = new ArrayList<>();
    long askAgainAt;
    boolean denied = false;
    lock.lock();
    try {
      if (closed || pool.isClosed() || pool.isSuspended()) {
        return;
      }
      long now = pool.world.nanoTime();
      int ready = pool.settings.minimumIdle() == 0 ? 0 : pool.ready();
      long nextHopeless = pool.hanging.giveUpAttempts(now);
      int due =
          plan.due(
              new OpeningPlan.Demand(
                  now,
                  pool.waiting(),
                  pool.line.headSince(),
                  total.get(),
                  closing.get(),
                  opening,
                  ready));
      for (; due > 0 && !denied; due--) {
        denied = !share.tryTake();
        if (!denied) {
          begun.add(begin(now));
        }
      }
      lacksBudget = denied;
      askAgainAt = Math.min(plan.askAgainAt(), nextHopeless);
    } finally {
      lock.unlock();
    }
    if (askAgainAt != Settings.NEVER) {
      pool.world.wake(pool, askAgainAt);
    }
    for (Slot<T> slot : begun) {
      start(slot);
    }
    if (denied) {
      share.beg();
    }
  }

  /**
   * An attempt that hangs makes room for another. Its permit of the budget it keeps until the
   * driver comes back: the other side may count it. The lock is held.
   */
  void giveUp(Slot<T> slot, long now) {
    slot.attempt = Slot.NO_ATTEMPT;
    opening--;
    failed++;
    detached++;
    total.decrementAndGet();
    slot.become(in(EMPTY, slot.word()));
    lastFailure = new TimeoutException("no end of an attempt to open within a minute");
    lastKind = OpenFailure.UNREACHABLE;
    lastFailureAt = now;
    changed.signalAll();
  }

  /** An attempt that was given up has come to its end. */
  private void endGivenUp(@Nullable T thing, long generation) {
    if (thing != null) {
      otherSide.close(thing, generation);
    }
    detachedIsGone();
  }

  /** Opens one that is to take another's place; false where there is no room for both. */
  boolean openAhead() {
    Slot<T> begun;
    lock.lock();
    try {
      boolean may = !closed && !pool.isSuspended() && plan.failures() == 0 && opening == 0;
      if (!may || isFull() || !share.tryTakeSpare()) {
        return false;
      }
      begun = begin(pool.world.nanoTime());
    } finally {
      lock.unlock();
    }
    start(begun);
    return true;
  }

  private Slot<T> begin(long now) {
    Slot<T> slot = pool.emptySlot();
    slot.attempt = ++attempts;
    slot.become(in(OPENING, slot.word()) & ~Slot.DOOMED);
    slot.generation = pool.generation;
    slot.openedAt = now;
    total.incrementAndGet();
    opening++;
    plan.begun(now);
    return slot;
  }

  private void start(Slot<T> slot) {
    long attempt = slot.attempt;
    try {
      pool.world.run(() -> open(slot, attempt));
    } catch (RuntimeException | Error e) {
      fail(slot, attempt, null, e);
    }
  }

  private void open(Slot<T> slot, long attempt) {
    long begunAt = slot.openedAt;
    long generation = slot.generation;
    Object begun = pool.tally.openingBegins();
    T thing;
    try {
      thing = otherSide.open();
    } catch (Throwable e) {
      fail(slot, attempt, begun, e);
      return;
    }
    long mayRest;
    try {
      mayRest = pool.source.mayRest(thing);
      otherSide.tellConnected(thing);
    } catch (Exception e) {
      otherSide.close(thing, generation);
      fail(slot, attempt, begun, e);
      return;
    }
    long now = pool.world.nanoTime();
    boolean isGivenUp;
    lock.lock();
    try {
      isGivenUp = slot.attempt != attempt;
      if (!isGivenUp) {
        slot.attempt = Slot.NO_ATTEMPT;
        opened++;
        lastFailure = null;
        plan.succeeded(now - begunAt);
        // From here on nobody takes it for one that hangs.
        slot.become(in(CHECK, slot.word()));
      }
    } finally {
      lock.unlock();
    }
    pool.tally.opened(begun, now - begunAt);
    if (isGivenUp) {
      endGivenUp(thing, generation);
      return;
    }
    slot.thing = thing;
    slot.fresh = true;
    slot.unchecked = false;
    slot.replaced = false;
    slot.expiresAt = pool.settings.expiry(slot.openedAt, pool.world.chance());
    slot.mayRest = mayRest;
    pool.offer(slot);
    // Not before: who has warmed up can have it now.
    change(() -> opening--);
    demand();
  }

  private void fail(Slot<T> slot, long attempt, @Nullable Object begun, Throwable failure) {
    OpenFailure kind = pool.source.judge(failure);
    pool.tally.failed(begun, pool.world.nanoTime() - slot.openedAt, kind, failure);
    boolean isGivenUp;
    int left = 0;
    lock.lock();
    try {
      isGivenUp = slot.attempt != attempt;
      if (!isGivenUp) {
        left = failed(slot, failure, kind);
      }
    } finally {
      lock.unlock();
    }
    if (isGivenUp) {
      endGivenUp(null, 0);
      return;
    }
    share.giveBack();
    if (kind == OpenFailure.PERMANENT) {
      Waiter.Refusal refusal = new Waiter.Refusal(Reason.REFUSED, failure);
      if (left == 0) {
        pool.line.refuseAll(refusal);
      } else {
        pool.line.refuseFirst(refusal);
      }
    }
    demand();
  }

  /** Returns how many are left. */
  private int failed(Slot<T> slot, Throwable failure, OpenFailure kind) {
    slot.attempt = Slot.NO_ATTEMPT;
    opening--;
    int left = total.decrementAndGet();
    failed++;
    slot.become(in(EMPTY, slot.word()));
    lastFailure = failure;
    lastKind = kind;
    lastFailureAt = pool.world.nanoTime();
    plan.failed(lastFailureAt, kind, left, pool.world.chance());
    changed.signalAll();
    return left;
  }

  // --- closing ---

  /** Closes what a slot in the pool's hands holds. */
  void retire(Slot<T> slot) {
    slot.closingSince = pool.world.nanoTime();
    closing.incrementAndGet();
    slot.become(in(CLOSING, slot.word()));
    pool.world.wake(pool, slot.closingSince + Hanging.CLOSING_NANOS);
    try {
      pool.world.run(() -> end(slot));
    } catch (RuntimeException | Error e) {
      end(slot);
    }
    // It will not come back, so others need not wait for that.
    demand();
  }

  private void end(Slot<T> slot) {
    T thing = slot.thing();
    CloseReason reason = CloseReason.of(pool, slot);
    long openedAt = slot.openedAt;
    Object begun = pool.tally.closingBegins();
    pool.heard(() -> pool.listener.close(thing));
    otherSide.close(thing, slot.generation);
    // Before it is gone: who has drained the pool has heard of all.
    pool.tally.closed(begun, reason, openedAt);
    change(
        () -> {
          closedCount++;
          empty(slot);
        });
    share.giveBack();
    forgetIfNoneIsLeft();
    demand();
  }

  void forgetIfNoneIsLeft() {
    if (pool.isClosed() && total.get() == 0) {
      pool.world.forget(pool);
    }
  }

  private void empty(Slot<T> slot) {
    slot.thing = null;
    slot.owner = null;
    slot.borrowedAt = null;
    slot.leaving = null;
    total.decrementAndGet();
    if (state(slot.word()) == CLOSING) {
      closing.decrementAndGet();
    }
    slot.become(in(EMPTY, slot.word()) & ~Slot.DOOMED);
    changed.signalAll();
  }

  T detach(Slot<T> slot) {
    T thing = slot.thing();
    change(
        () -> {
          detached++;
          empty(slot);
        });
    pool.heard(() -> pool.listener.detach(thing));
    demand();
    return thing;
  }

  /** For so many nanoseconds the other side may still count it. */
  void detachedIsClosed(long counted) {
    if (otherSide.closed(counted)) {
      pool.world.run(
          () -> {
            otherSide.pause(counted);
            detachedIsGone();
          });
    } else {
      detachedIsGone();
    }
  }

  private void detachedIsGone() {
    change(() -> detached--);
    pool.tally.closed(null, CloseReason.DETACHED, pool.world.nanoTime());
    share.giveBack();
  }

  void nextGeneration() {
    pool.generation = generation.incrementAndGet();
  }

  /** From now on what was opened before belongs to another process, or to nobody. */
  void abandonAll() {
    long next = generation.incrementAndGet();
    otherSide.abandonBefore(next);
    pool.generation = next;
  }

  boolean isAbandoned(long generation) {
    return otherSide.isAbandoned(generation);
  }

  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    share.leave();
  }

  void change(UnaryOperator<Settings.Builder> change) {
    lock.lock();
    try {
      pool.settings = pool.settings.live(change.apply(pool.settings.toBuilder()).build());
      plan.change(pool.settings);
    } finally {
      lock.unlock();
    }
  }

  // --- waiting for all ---

  int awaitNone(long nanos) {
    return Awaiting.until(() -> total.get() == 0, nanos, lock, changed) ? 0 : total.get();
  }

  /** Returns how many are ready when the time is over. */
  int warmUp(int count, long nanos) {
    List<Slot<T>> begun = new ArrayList<>();
    lock.lock();
    try {
      int room = Math.max(0, count - total.get());
      for (; room > 0 && !closed && share.tryTake(); room--) {
        begun.add(begin(pool.world.nanoTime()));
      }
    } finally {
      lock.unlock();
    }
    begun.forEach(this::start);
    Awaiting.until(() -> opening == 0, nanos, lock, changed);
    lock.lock();
    try {
      return total.get() - opening;
    } finally {
      lock.unlock();
    }
  }

  // --- what others ask ---

  /** Whether one more than is kept is there. */
  boolean isSurplus() {
    return total.get() > pool.settings.keep();
  }

  boolean mayDonate() {
    return share.mayGive();
  }

  boolean isFull() {
    return total.get() >= Math.min(pool.settings.limit(), plan.ceiling());
  }

  int total() {
    return total.get();
  }

  @Nullable Throwable lastFailure() {
    return lastFailure;
  }

  long lastFailureAt() {
    return lastFailureAt;
  }

  OpenFailure lastKind() {
    return lastKind;
  }

  boolean lacksBudget() {
    return lacksBudget;
  }

  Budget budget() {
    return share.budget();
  }

  void countTimeout() {
    timedOut.incrementAndGet();
  }

  PoolStatus status() {
    lock.lock();
    try {
      int[] states = new int[8];
      long borrowed = 0;
      for (Slot<T> slot : pool.slots) {
        long word = slot.word();
        states[state(word)]++;
        borrowed += word >>> 4;
      }
      return new PoolStatus(
          pool.settings.limit(),
          plan.ceiling(),
          states[Slot.IDLE] + states[Slot.STALE],
          states[Slot.USED],
          states[OPENING],
          states[CHECK] + states[CLOSING],
          pool.waiting(),
          detached,
          borrowed,
          opened,
          failed,
          closedCount,
          timedOut.get());
    } finally {
      lock.unlock();
    }
  }
}
