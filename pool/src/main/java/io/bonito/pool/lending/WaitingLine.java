package io.bonito.pool.lending;

import io.bonito.pool.lending.LendingException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, first come, first served.
 *
 * <p>The order of three things lets no slot lie idle beside somebody who waits. A waiter first
 * stands in the line, is then counted, and then looks once more for an idle slot; who frees a slot
 * first frees it and then reads the count. Whatever happens in between, one of the two sees the
 * other.
 */
final class WaitingLine<T> {
  private final SlotPool<T> pool;
  private final ConcurrentLinkedQueue<Waiter> line = new ConcurrentLinkedQueue<>();

  /** Whether somebody was woken to compete, and has not looked yet. */
  private final AtomicBoolean nudged = new AtomicBoolean();

  WaitingLine(SlotPool<T> pool) {
    this.pool = pool;
  }

  /**
   * Waits for a slot.
   *
   * @param since when the borrower began to ask: its time is never counted from later
   */
  Slot<T> await(long since, long deadline) throws LendingException {
    Object begun = pool.tally.waitBegins();
    Reason refusal = null;
    try {
      return queue(since, deadline);
    } catch (LendingException e) {
      refusal = e.reason();
      throw e;
    } finally {
      pool.tally.waited(begun, since, refusal);
    }
  }

  private Slot<T> queue(long since, long deadline) throws LendingException {
    if (pool.waiting() >= pool.settings.maximumWaiters()) {
      throw exhausted(Reason.TOO_MANY_WAITERS, since, deadline);
    }
    Waiter waiter = new Waiter(Thread.currentThread(), since);
    join(waiter);
    if (waiter.get() == null && pool.settings.nestedBorrowsFail()) {
      failIfNobodyCouldEverGoOn(waiter);
    }
    return standing(waiter, deadline);
  }

  private void join(Waiter waiter) {
    pool.addWaiting(1);
    line.add(waiter);
    if (pool.isClosed()) {
      // Closing may have called its waiters before this one stood in the line.
      refuseAll(new Waiter.Refusal(Reason.CLOSED, closed()));
    }
    serve();
    pool.openings.demand();
  }

  /**
   * Takes in one that is called.
   *
   * @return whether there was room for it
   */
  boolean stand(Waiter waiter) {
    if (pool.waiting() >= pool.settings.maximumWaiters()) {
      return false;
    }
    join(waiter);
    return true;
  }

  /**
   * Tells those who are called that their time is over.
   *
   * @return when that of the next one will be
   */
  long tellLate(long now) {
    long next = Settings.NEVER;
    for (Waiter waiter : line) {
      long at = waiter.calledAt();
      if (at == Settings.NEVER || at - now > 0) {
        next = Math.min(next, at);
      } else if (leave(waiter)) {
        waiter.late();
      }
    }
    return next;
  }

  private Slot<T> standing(Waiter waiter, long deadline) throws LendingException {
    while (true) {
      Object given = waiter.get();
      if (given != null) {
        quit(waiter);
        return taken(given);
      }
      if (waiter.nudged) {
        Slot<T> slot = compete(waiter);
        if (slot != null) {
          return slot;
        }
        continue;
      }
      long left = deadline == Settings.NEVER ? Settings.NEVER : deadline - pool.world.nanoTime();
      if (left <= 0) {
        if (leave(waiter)) {
          throw timedOut(waiter.since, deadline);
        }
        continue;
      }
      pool.world.park(pool, left);
      if (Thread.currentThread().isInterrupted() && leave(waiter)) {
        throw new LendingException(
            Reason.INTERRUPTED, pool.settings.name() + ": interrupted while waiting", null, null);
      }
    }
  }

  @SuppressWarnings("unchecked")
  Slot<T> taken(Object given) throws LendingException {
    if (given instanceof Waiter.Refusal refusal) {
      Throwable cause = refusal.cause();
      throw new LendingException(
          refusal.reason(),
          cause instanceof LendingException
              ? String.valueOf(cause.getMessage())
              : pool.settings.name() + ": " + cause.getMessage(),
          cause,
          null);
    }
    return (Slot<T>) given;
  }

  /** A waiter that was woken without a promise tries to get an idle slot. */
  private @Nullable Slot<T> compete(Waiter waiter) {
    waiter.nudged = false;
    nudged.set(false);
    Slot<T> slot = pool.claim(Slot.CHECK);
    if (slot == null) {
      return null;
    }
    if (!waiter.leave()) {
      // It was given one meanwhile.
      pool.offer(slot);
      return null;
    }
    remove(waiter);
    slot.become(Slot.lent(slot.word()));
    // Only one is woken at a time; if there is more to be had, it is the next one's turn.
    waiter.nudged = false;
    nudged.set(false);
    serve();
    return slot;
  }

  /** Leaves the line with nothing; false if something was given meanwhile. */
  boolean leave(Waiter waiter) {
    if (!waiter.leave()) {
      return false;
    }
    remove(waiter);
    quit(waiter);
    return true;
  }

  void remove(Waiter waiter) {
    // Whoever takes it out of the line counts it out, and only one can.
    if (line.remove(waiter)) {
      pool.addWaiting(-1);
    }
  }

  /** A wake-up that reached someone who no longer needs it goes to the next. */
  private void quit(Waiter waiter) {
    if (waiter.nudged) {
      waiter.nudged = false;
      nudged.set(false);
      serve();
    }
  }

  // --- giving ---

  /** Gives idle slots to those who wait, as long as there are both. */
  void serve() {
    while (!line.isEmpty() && !pool.isSuspended() && !pool.isClosed()) {
      Slot<T> slot = pool.claim(Slot.CHECK);
      if (slot == null) {
        return;
      }
      if (!pool.offer(slot) && pool.isBrief()) {
        // It is free, and the first has been woken to get it.
        return;
      }
    }
  }

  /**
   * Gives the slot to the first who still waits.
   *
   * @param ticket what the slot's word becomes before anybody can see it
   */
  boolean handOver(Slot<T> slot, long ticket) {
    for (Waiter waiter = poll(); waiter != null; waiter = poll()) {
      slot.become(ticket);
      if (waiter.give(slot)) {
        waiter.wake(pool.world);
        return true;
      }
    }
    return false;
  }

  /**
   * Wakes the first to compete for what is idle.
   *
   * @return whether somebody is on the way now
   */
  boolean nudge() {
    while (true) {
      if (nudged.get() || !nudged.compareAndSet(false, true)) {
        return true;
      }
      Waiter first = line.peek();
      if (first != null && first.thread == null) {
        // It does not compete: it is given what is idle, be it what others left to this call.
        nudged.set(false);
        if (!giveIdle()) {
          return true;
        }
        continue;
      }
      if (first != null) {
        first.nudged = true;
        if (first.get() == null) {
          first.wake(pool.world);
          return true;
        }
        // It has its slot, or has left, and may never look: the next one is asked instead.
        remove(first);
      }
      nudged.set(false);
      if (line.isEmpty()) {
        return false;
      }
      // Somebody has come, and others may have relied on this call.
    }
  }

  /**
   * Hands an idle slot to the first, if there are both.
   *
   * @return false where nothing is idle any more
   */
  private boolean giveIdle() {
    Slot<T> slot = pool.claim(Slot.CHECK);
    if (slot == null) {
      return false;
    }
    if (!handOver(slot, Slot.lent(slot.word()))) {
      pool.offer(slot);
    }
    return true;
  }

  private @Nullable Waiter poll() {
    Waiter waiter = line.poll();
    if (waiter != null) {
      pool.addWaiting(-1);
    }
    return waiter;
  }

  /**
   * Refuses those who stand here now. Who has been told may ask again before the last one is: that
   * one waits for what comes next.
   */
  void refuseAll(Waiter.Refusal refusal) {
    for (Waiter waiter : waiters()) {
      remove(waiter);
      refuse(waiter, refusal);
    }
  }

  void refuseFirst(Waiter.Refusal refusal) {
    for (Waiter waiter = poll(); waiter != null; waiter = poll()) {
      if (refuse(waiter, refusal)) {
        return;
      }
    }
  }

  private boolean refuse(Waiter waiter, Waiter.Refusal refusal) {
    if (!waiter.give(refusal)) {
      return false;
    }
    waiter.wake(pool.world);
    return true;
  }

  boolean isEmpty() {
    return line.isEmpty();
  }

  /** Those in the line, the first first. */
  List<Waiter> waiters() {
    return List.copyOf(line);
  }

  /** Since when the first has been waiting; {@link Settings#NEVER} if nobody is. */
  long headSince() {
    Waiter first = line.peek();
    return first == null ? Settings.NEVER : first.since;
  }

  // --- why not ---

  LendingException closed() {
    return new LendingException(Reason.CLOSED, pool.settings.name() + " is closed", null, null);
  }

  LendingException timedOut(long since, long deadline) {
    pool.openings.countTimeout();
    return exhausted(Reason.TIMED_OUT, since, deadline);
  }

  LendingException exhausted(Reason reason, long since, long deadline) {
    Exhaustion exhaustion =
        Report.exhaustion(pool, pool.world.nanoTime() - since, waitingThreadsAndThis());
    long timeout = deadline == Settings.NEVER ? Settings.NEVER : deadline - since;
    String text =
        reason == Reason.TOO_MANY_WAITERS
            ? "%s: %d wait already; ".formatted(pool.settings.name(), pool.waiting())
            : "%s: nothing to lend within %.3f s (%d of %d used, %d wait); "
                .formatted(
                    pool.settings.name(),
                    timeout / 1e9,
                    exhaustion.status().used(),
                    exhaustion.status().limit(),
                    exhaustion.status().waiting());
    return told(reason, text + exhaustion.describe(), exhaustion);
  }

  private LendingException told(Reason reason, String text, Exhaustion exhaustion) {
    pool.trace(pool.world.nanoTime());
    pool.tally.exhausted(exhaustion, text);
    return new LendingException(reason, text, exhaustion.lastFailure(), exhaustion);
  }

  /** Those in the line, and the one that is about to be told, which may have left it already. */
  private Set<Thread> waitingThreadsAndThis() {
    Set<Thread> waiting = waitingThreads();
    waiting.add(Thread.currentThread());
    return waiting;
  }

  Set<Thread> waitingThreads() {
    Set<Thread> waiting = new HashSet<>();
    for (Waiter waiter : whoWaits()) {
      Thread thread = waiter.thread;
      if (thread != null) {
        waiting.add(thread);
      }
    }
    return waiting;
  }

  /**
   * Where this thread and all other holders wait for one more each, none will ever be returned. The
   * one that completes the circle is told so; the others then go on.
   */
  private void failIfNobodyCouldEverGoOn(Waiter waiter) throws LendingException {
    if (!holdsOne(Thread.currentThread())) {
      return;
    }
    Exhaustion exhaustion;
    pool.openings.lock.lock();
    try {
      List<Waiter> waiters = whoWaits();
      Set<Thread> waiting = waitingThreadsAndThis();
      if (!pool.openings.isFull() || !allHeldBy(waiting) || !allWait(waiters) || !waiter.leave()) {
        return;
      }
      exhaustion = Report.exhaustion(pool, pool.world.nanoTime() - waiter.since, waiting);
    } finally {
      pool.openings.lock.unlock();
    }
    remove(waiter);
    quit(waiter);
    throw told(Reason.DEADLOCK, pool.settings.name() + ": " + exhaustion.describe(), exhaustion);
  }

  private List<Waiter> whoWaits() {
    List<Waiter> waiters = new ArrayList<>(line);
    waiters.removeIf(waiter -> !isWaiting(waiter));
    return waiters;
  }

  /** Whether none of them has got one while the slots were looked at, which is then its own. */
  private static boolean allWait(List<Waiter> waiters) {
    for (Waiter waiter : waiters) {
      if (!isWaiting(waiter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWaiting(Waiter waiter) {
    return waiter.get() == null;
  }

  private boolean holdsOne(Thread thread) {
    for (Slot<T> slot : pool.slots) {
      if (Slot.state(slot.word()) == Slot.USED && slot.owner == thread) {
        return true;
      }
    }
    return false;
  }

  private boolean allHeldBy(Set<Thread> threads) {
    for (Slot<T> slot : pool.slots) {
      int state = Slot.state(slot.word());
      if (state != Slot.EMPTY && (state != Slot.USED || !threads.contains(slot.owner))) {
        return false;
      }
    }
    return true;
  }
}
