package io.bonito.pool.lending;

import static io.bonito.pool.lending.Slot.CHECK;
import static io.bonito.pool.lending.Slot.IDLE;
import static io.bonito.pool.lending.Slot.STALE;
import static io.bonito.pool.lending.Slot.USED;
import static io.bonito.pool.lending.Slot.in;
import static io.bonito.pool.lending.Slot.isDoomed;
import static io.bonito.pool.lending.Slot.lent;

import io.bonito.pool.lending.LendingException.Reason;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lends things, each to one borrower at a time, in the order in which they asked.
 *
 * <pre>
 *   borrow   nobody waits: the slot that this thread had last, by one compare-and-set
 *            else any idle slot; else the queue, and perhaps one more is opened
 *   return   nobody waits: one compare-and-set, and a second look whether somebody has come
 *            else the slot goes to the head of the queue, and is never free in between
 * </pre>
 *
 * <p>The short ways take no lock, read no clock and allocate nothing. No lock is held while a thing
 * is opened, checked or closed, and none of that is done by a borrower, but for the check of one
 * that has rested.
 *
 * <p>Where things are held for a few microseconds only, handing each over costs a thread switch for
 * each loan. Below {@link #BRIEF_NANOS} a return frees the slot for whoever comes first and wakes
 * the head of the queue to compete for it; every {@link #UNFAIR_NANOS} one is handed over all the
 * same, so that nobody waits for ever.
 */
public class SlotPool<T> extends SlotTable<T> implements World.Ticking, Budget.Member {
  final Source<T> source;
  final PoolListener<T> listener;
  final Openings<T> openings;
  final WaitingLine<T> line;
  final Hanging<T> hanging;
  final Tally<T> tally;
  final Fitness<T> fitness;
  final AtomicLong sequence = new AtomicLong();

  private final Housekeeping<T> housekeeping;
  private final boolean listened;

  public SlotPool(
      Settings settings, Source<T> source, PoolListener<T> listener, World world, Budget budget) {
    this(settings, source, listener, world, budget, 0, PoolObserver.NONE);
  }

  /**
   * @param budgetMinimum how many permits of the budget are set aside for this pool
   */
  public SlotPool(
      Settings settings,
      Source<T> source,
      PoolListener<T> listener,
      World world,
      Budget budget,
      int budgetMinimum,
      PoolObserver observer) {
    super(settings, world);
    this.source = source;
    this.listener = listener;
    listened = listener.getClass() != Unheard.class;
    if (isCareful()) {
      press(CAREFUL, true);
    }
    tally = new Tally<>(this, observer);
    line = new WaitingLine<>(this);
    hanging = new Hanging<>(this);
    fitness = new Fitness<>(this);
    openings = new Openings<>(this, budget, budgetMinimum);
    housekeeping = new Housekeeping<>(this);
  }

  /** For pools that nobody listens to; these have the short way. */
  public static <T> PoolListener<T> nobody() {
    return new Unheard<>();
  }

  private static final class Unheard<T> implements PoolListener<T> {}

  /** Begins to fill the pool up to its minimum, if it has one. */
  public void start() {
    if (settings.minimumIdle() > 0) {
      openings.demand();
      housekeeping.lookSoon();
    }
  }

  // --- borrowing ---

  /**
   * Lends one.
   *
   * @param timeoutNanos how long to wait for it at most; 0: not at all; {@link Settings#NEVER}: as
   *     long as it takes
   */
  public Slot<T> borrow(long timeoutNanos) throws LendingException {
    int pressure = pressure();
    if (pressure == 0 || (brief && (pressure & ~WAITING) == 0)) {
      Thread thread = Thread.currentThread();
      int hint = hints[hash(thread)];
      Slot<T>[] slots = this.slots;
      if (hint < slots.length) {
        Slot<T> slot = slots[hint];
        long word = slot.word();
        if ((word & (Slot.STATE | Slot.DOOMED)) == IDLE
            && slot.generation == generation
            && slot.change(word, lent(word))) {
          slot.owner = thread;
          return slot;
        }
      }
    }
    return borrowSlowly(timeoutNanos);
  }

  /**
   * Lends one to somebody who is called.
   *
   * @param timeoutNanos as for {@link #borrow}
   */
  public Request<T> ask(long timeoutNanos, Request.Taker<T> taker) {
    Request<T> request = new Request<>(this, taker, timeoutNanos);
    request.ask();
    return request;
  }

  private Slot<T> borrowSlowly(long timeoutNanos) throws LendingException {
    long since = world.nanoTime();
    long deadline = timeoutNanos >= Settings.NEVER - since ? Settings.NEVER : since + timeoutNanos;
    int rejected = 0;
    while (true) {
      int pressure = pressure();
      if ((pressure & CLOSED) != 0) {
        throw line.closed();
      }
      Slot<T> slot = null;
      if ((pressure & SUSPENDED) == 0 && ((pressure & WAITING) == 0 || brief)) {
        slot = claim(USED);
      }
      if (slot == null) {
        slot = line.await(since, deadline);
      }
      if (fitness.isFit(slot, deadline)) {
        try {
          lend(slot);
          return slot;
        } catch (PoolListener.DisconnectedException e) {
          if (++rejected == 2) {
            throw rejectedTwice(e);
          }
        }
      } else if (deadline - world.nanoTime() <= 0) {
        throw line.timedOut(since, deadline);
      }
    }
  }

  LendingException rejectedTwice(PoolListener.DisconnectedException e) {
    return new LendingException(
        Reason.REFUSED, settings.name() + ": a listener rejected two", e, null);
  }

  private void lend(Slot<T> slot) throws LendingException, PoolListener.DisconnectedException {
    Thread thread = Thread.currentThread();
    slot.owner = thread;
    hints[hash(thread)] = slot.index;
    isLent(slot, tracesLoans() ? new Throwable("borrowed here") : null);
  }

  /** What is done for each loan that did not go the short way; it may yet be refused. */
  void isLent(Slot<T> slot, @Nullable Throwable borrowedAt)
      throws LendingException, PoolListener.DisconnectedException {
    housekeeping.lookSoon();
    slot.lentAt = (pressure() & WAITING) != 0 || settings.careful() ? world.nanoTime() : 0;
    slot.borrowedAt = borrowedAt;
    try {
      listener.checkout(slot.thing());
    } catch (PoolListener.DisconnectedException e) {
      if (e.invalidatesPool()) {
        openings.nextGeneration();
      }
      invalidate(slot, slot.ticket(), e);
      throw e;
    } catch (Exception e) {
      invalidate(slot, slot.ticket(), e);
      throw new LendingException(
          Reason.REFUSED, settings.name() + ": a listener failed: " + e, e, null);
    }
  }

  // --- returning ---

  /**
   * Gives it back.
   *
   * @param ticket what {@link Slot#ticket} said after borrowing
   * @return whether this was the first time
   */
  public boolean giveBack(Slot<T> slot, long ticket) {
    if (pressure() == 0 && slot.generation == generation && slot.word() == ticket) {
      slot.owner = null;
      if (slot.change(ticket, in(IDLE, ticket))) {
        if ((pressure() & WAITING) != 0) {
          line.serve();
        }
        return true;
      }
    }
    return giveBackSlowly(slot, ticket);
  }

  private boolean giveBackSlowly(Slot<T> slot, long ticket) {
    if (!reclaim(slot, ticket)) {
      return false;
    }
    sampleHold(slot);
    slot.borrowedAt = null;
    if (listened) {
      heard(() -> listener.checkin(slot.thing));
    }
    if (ordered) {
      slot.returnedAs = sequence.incrementAndGet();
    }
    if (isDoomed(slot.word())
        || slot.generation != generation
        || settings.closeAtReturn()
        || (settings.lingerNanos() == 0 && openings.isSurplus())
        || ((pressure() & HUNGRY) != 0 && line.isEmpty() && openings.mayDonate())) {
      openings.retire(slot);
    } else {
      offer(slot);
    }
    return true;
  }

  /** Takes a lent slot back into the pool's own hands, once for each ticket. */
  private boolean reclaim(Slot<T> slot, long ticket) {
    while (slot.isLentOn(ticket)) {
      long word = slot.word();
      if (slot.isLentOn(ticket) && slot.change(word, in(CHECK, word))) {
        slot.owner = null;
        return true;
      }
    }
    return false;
  }

  /**
   * Passes on a slot that is in the pool's hands: to the head of the queue, else to nobody.
   *
   * @return whether somebody has got it
   */
  boolean offer(Slot<T> slot) {
    long word = slot.word();
    while (true) {
      int pressure = pressure();
      if ((pressure & CLOSED) != 0 || slot.generation != generation) {
        openings.retire(slot);
        return false;
      }
      boolean someoneWaits = (pressure & SUSPENDED) == 0 && (pressure & WAITING) != 0;
      if (someoneWaits && !mayBeOvertaken() && line.handOver(slot, lent(word))) {
        return true;
      }
      long free = in(slot.unchecked ? STALE : IDLE, word);
      slot.become(free);
      housekeeping.lookSoon();
      pressure = pressure();
      if ((pressure & CLOSED) == 0 && ((pressure & SUSPENDED) != 0 || line.isEmpty())) {
        return false;
      }
      // Somebody has come since, and may have looked before the slot was free.
      if ((pressure & CLOSED) == 0 && brief && line.nudge()) {
        return false;
      }
      if (!slot.change(free, in(CHECK, word))) {
        return false;
      }
    }
  }

  // --- taking out ---

  /**
   * Closes a lent one instead of taking it back.
   *
   * @return whether it was still lent on this ticket
   */
  public boolean invalidate(Slot<T> slot, long ticket, @Nullable Throwable reason) {
    if (!reclaim(slot, ticket)) {
      return false;
    }
    if (slot.leaving == null) {
      slot.leaving = CloseReason.INVALIDATED;
    }
    heard(() -> listener.invalidate(slot.thing(), reason));
    heard(() -> listener.checkin(null));
    openings.retire(slot);
    return true;
  }

  /** Lets a lent one be used to the end, and closes it when it comes back. */
  public boolean invalidateSoftly(Slot<T> slot, long ticket, @Nullable Throwable reason) {
    while (slot.isLentOn(ticket)) {
      long word = slot.word();
      if (slot.isLentOn(ticket) && slot.change(word, word | Slot.DOOMED)) {
        heard(() -> listener.softInvalidate(slot.thing(), reason));
        return true;
      }
    }
    return false;
  }

  /**
   * Lets a lent one leave with its borrower; the pool may open another instead. The budget counts
   * it until {@link #detachedIsClosed}.
   */
  public @Nullable T detach(Slot<T> slot, long ticket) {
    return reclaim(slot, ticket) ? openings.detach(slot) : null;
  }

  /**
   * Tells that one that has left is closed.
   *
   * @param counted for how long from now the other side may still count it, as {@link Source#close}
   *     says
   */
  public void detachedIsClosed(long counted) {
    openings.detachedIsClosed(counted);
  }

  /** Whether it belongs to what was opened since the last {@link #dispose}. */
  public boolean isCurrent(Slot<T> slot) {
    return slot.generation == generation;
  }

  /** Closes all that there are now: the idle ones at once, the others when they come back. */
  public void dispose() {
    openings.nextGeneration();
    sweep();
    openings.demand();
  }

  /** Does the same without a word to the other side: a copy of this process may be using it. */
  public void abandon() {
    openings.abandonAll();
    sweep();
    openings.demand();
  }

  /** Whether it may not even be spoken to. */
  public boolean isAbandoned(Slot<T> slot) {
    return openings.isAbandoned(slot.generation);
  }

  // --- the whole ---

  /** Lends nothing until {@link #resume}; those who ask wait. */
  public void suspend() {
    press(SUSPENDED, true);
  }

  public void resume() {
    press(SUSPENDED, false);
    line.serve();
    openings.demand();
  }

  /** Lends no more. Idle ones are closed, lent ones when they come back; who waits is told. */
  public void close() {
    press(CLOSED, true);
    line.refuseAll(new Waiter.Refusal(Reason.CLOSED, line.closed()));
    openings.nextGeneration();
    sweep();
    openings.close();
    openings.forgetIfNoneIsLeft();
    tally.poolClosed();
  }

  /**
   * Closes, and waits until the last one is closed.
   *
   * @return how many were still there when the time was over
   */
  public int drain(long nanos) {
    close();
    return openings.awaitNone(nanos);
  }

  /** The same; tells who still has one. */
  public List<Holder> drained(long nanos) {
    return drain(nanos) == 0 ? List.of() : holders();
  }

  /** Opens as many at once as are to be there, and waits for them. */
  public int warmUp(int count, long nanos) {
    return openings.warmUp(Math.min(count, settings.limit()), nanos);
  }

  /** Who has what now; those that hold longest first. */
  public List<Holder> holders() {
    return Report.holders(this, line.waitingThreads());
  }

  /**
   * Sets it otherwise while it works. Numbers may change, and all durations but the one after which
   * one is checked; the rest stays as it is. If fewer may be there than are, the idle ones above
   * that are closed at once and lent ones when they come back; how long one lives is settled when
   * it is opened.
   */
  public void change(UnaryOperator<Settings.Builder> change) {
    openings.change(change);
    shrink(openings.total() - settings.limit());
    openings.demand();
    world.wake(this, world.nanoTime());
  }

  /** What has happened since the pool began. */
  public PoolCounters counters() {
    return tally.counters();
  }

  public PoolStatus status() {
    return openings.status();
  }

  public World world() {
    return world;
  }

  /** The last failure to open, unless one was opened after it. */
  public @Nullable Throwable lastFailure() {
    return openings.lastFailure();
  }

  @Override
  public int limit() {
    return settings.limit();
  }

  @Override
  public void tick() {
    housekeeping.tick();
  }

  // --- the budget's questions ---

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public void roomCame() {
    openings.demand();
  }

  @Override
  public void othersAreHungry(boolean hungry) {
    press(HUNGRY, hungry);
  }

  @Override
  public boolean donate() {
    if (!line.isEmpty()) {
      return false;
    }
    Slot<T> slot = claim(CHECK);
    if (slot == null) {
      return false;
    }
    slot.leaving = CloseReason.DONATED;
    openings.retire(slot);
    return true;
  }

  @Override
  void retire(Slot<T> slot) {
    openings.retire(slot);
  }

  @Override
  Source<T> source() {
    return source;
  }

  /** Whether each loan must be looked at. */
  boolean isCareful() {
    return listened || settings.careful();
  }
}
