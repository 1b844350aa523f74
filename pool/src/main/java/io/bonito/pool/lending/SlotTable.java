package io.bonito.pool.lending;

import static io.bonito.pool.lending.Slot.CHECK;
import static io.bonito.pool.lending.Slot.IDLE;
import static io.bonito.pool.lending.Slot.STALE;
import static io.bonito.pool.lending.Slot.USED;
import static io.bonito.pool.lending.Slot.in;
import static io.bonito.pool.lending.Slot.isDoomed;
import static io.bonito.pool.lending.Slot.lent;
import static io.bonito.pool.lending.Slot.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slots, which of them may be taken, and one word that says whether the short way is open.
 *
 * <pre>
 *   pressure   0-23  how many wait
 *              24    suspended      25  closed
 *              26    each loan must be looked at      27  another pool needs what is idle here
 *   hints      for each of 256 groups of threads, the slot that one of them had last
 * </pre>
 *
 * <p>Hints are read and written without any order: a wrong one costs a scan. They stand in for a
 * thread-local, which each new virtual thread would have to fill.
 */
abstract class SlotTable<T> {
  static final int WAITING = (1 << 24) - 1;
  static final int SUSPENDED = 1 << 24;
  static final int CLOSED = 1 << 25;
  static final int CAREFUL = 1 << 26;
  static final int HUNGRY = 1 << 27;

  /** Holds below this are brief. */
  static final long BRIEF_NANOS = 50_000;

  /** For how long the head of the queue may be overtaken, while holds are brief. */
  static final long UNFAIR_NANOS = 500_000;

  private static final VarHandle PRESSURE;
  private static final int HINTS = 256;

  static {
    try {
      PRESSURE = MethodHandles.lookup().findVarHandle(SlotTable.class, "pressure", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  volatile Settings settings;
  final World world;
  final int[] hints = new int[HINTS];
  final boolean ordered;

  volatile Slot<T>[] slots;
  volatile long generation;
  private volatile int pressure;

  /** Whether holds are so brief that overtaking is allowed for a while. */
  volatile boolean brief;

  private long usualHold = Settings.NEVER;
  private volatile long fairAt;
  private volatile long tracedUntil = Long.MIN_VALUE;

  @SuppressWarnings({"unchecked", "rawtypes"})
  SlotTable(Settings settings, World world) {
    this.settings = settings;
    this.world = world;
    slots = new Slot[0];
    ordered = settings.order() != Settings.Order.ANY;
  }

  /** Sends a slot in the pool's hands out of the pool. */
  abstract void retire(Slot<T> slot);

  abstract Source<T> source();

  // --- taking ---

  /** Takes an idle slot, one that was used lately if there is one; null if there is none at all. */
  @Nullable Slot<T> claim(int state) {
    if (ordered) {
      return claimInOrder(state);
    }
    Slot<T> slot = claim(state, IDLE);
    return slot != null ? slot : claim(state, STALE);
  }

  /** The same, by somebody whom the thing is near to. */
  private @Nullable Slot<T> claimNear(Source<T> source) {
    for (Slot<T> slot : slots) {
      long word = slot.word();
      // What is read here may be another thing by now: then it is one that is not near.
      T thing = state(word) == IDLE ? slot.thing : null;
      if (thing != null && source.isNear(thing) && take(slot, word, USED)) {
        return slot;
      }
    }
    return null;
  }

  /** Takes one for a request, where none of those who came before it wants it; null for none. */
  @Nullable Slot<T> claimForRequest() {
    int pressure = pressure();
    if ((pressure & (SUSPENDED | CLOSED | WAITING)) != 0) {
      return null;
    }
    Slot<T> near = ordered ? null : claimNear(source());
    return near != null ? near : claim(USED);
  }

  private @Nullable Slot<T> claim(int state, int from) {
    Slot<T>[] slots = this.slots;
    int at = hints[hash(Thread.currentThread())];
    for (int i = 0; i < slots.length; i++, at++) {
      if (at >= slots.length) {
        at = 0;
      }
      Slot<T> slot = slots[at];
      long word = slot.word();
      if (state(word) == from && take(slot, word, state)) {
        return slot;
      }
    }
    return null;
  }

  private @Nullable Slot<T> claimInOrder(int state) {
    boolean last = settings.order() == Settings.Order.LIFO;
    while (true) {
      Slot<T> best = null;
      long bestWord = 0;
      for (Slot<T> slot : slots) {
        long word = slot.word();
        if ((state(word) == IDLE || state(word) == STALE)
            && (best == null || (slot.returnedAs > best.returnedAs) == last)) {
          best = slot;
          bestWord = word;
        }
      }
      if (best == null) {
        return null;
      }
      if (take(best, bestWord, state)) {
        return best;
      }
    }
  }

  /** Takes this one; sends it out of the pool instead, if it should not be lent any more. */
  private boolean take(Slot<T> slot, long word, int state) {
    boolean usable = !isDoomed(word) && slot.generation == generation;
    if (!slot.change(word, state == USED && usable ? lent(word) : in(CHECK, word))) {
      return false;
    }
    slot.unchecked |= state(word) == STALE;
    if (!usable) {
      retire(slot);
    }
    return usable;
  }

  /** Sends out all that rest. */
  void sweep() {
    for (Slot<T> slot : slots) {
      long word = slot.word();
      if ((state(word) == IDLE || state(word) == STALE) && slot.change(word, in(CHECK, word))) {
        retire(slot);
      }
    }
  }

  /** How many rest or are about to: what a minimum of idle ones is counted by. */
  int ready() {
    int ready = 0;
    for (Slot<T> slot : slots) {
      int state = state(slot.word());
      if (state == IDLE || state == STALE || state == CHECK) {
        ready++;
      }
    }
    return ready;
  }

  /** Sends out so many: those that rest now, then those that are lent when they come back. */
  void shrink(int excess) {
    int left = excess;
    for (int i = 0; i < excess; i++) {
      Slot<T> slot = claim(CHECK);
      if (slot == null) {
        break;
      }
      slot.leaving = CloseReason.SURPLUS;
      retire(slot);
      left--;
    }
    for (Slot<T> slot : slots) {
      long word = slot.word();
      if (left > 0 && state(word) == USED && slot.change(word, word | Slot.DOOMED)) {
        slot.leaving = CloseReason.SURPLUS;
        left--;
      }
    }
  }

  /** A place that is free; the caller has the lock under which things are opened. */
  Slot<T> emptySlot() {
    Slot<T>[] present = slots;
    for (Slot<T> slot : present) {
      if (state(slot.word()) == Slot.EMPTY) {
        return slot;
      }
    }
    Slot<T> slot = newSlot(present.length);
    Slot<T>[] longer = Arrays.copyOf(present, present.length + 1);
    longer[present.length] = slot;
    slots = longer;
    return slot;
  }

  // --- pressure ---

  int pressure() {
    return pressure;
  }

  int waiting() {
    return pressure() & WAITING;
  }

  void addWaiting(int difference) {
    PRESSURE.getAndAdd(this, difference);
  }

  void press(int bit, boolean on) {
    if (on) {
      PRESSURE.getAndBitwiseOr(this, bit);
    } else {
      PRESSURE.getAndBitwiseAnd(this, ~bit);
    }
  }

  // --- how long things are held ---

  /** Only those are looked at that were lent while others waited. */
  void sampleHold(Slot<T> slot) {
    if (slot.lentAt != 0) {
      long held = world.nanoTime() - slot.lentAt;
      slot.lentAt = 0;
      usualHold = usualHold == Settings.NEVER ? held : usualHold - usualHold / 8 + held / 8;
      brief = usualHold < BRIEF_NANOS && !settings.careful();
    }
  }

  boolean mayBeOvertaken() {
    if (!brief) {
      return false;
    }
    long now = world.nanoTime();
    if (now - fairAt >= UNFAIR_NANOS) {
      fairAt = now;
      return false;
    }
    return true;
  }

  boolean isBrief() {
    return brief;
  }

  // --- where loans are made ---

  /** For a while now, each loan remembers where it was made. */
  void trace(long now) {
    if (settings.traceNanos() > 0) {
      tracedUntil = now + settings.traceNanos();
      press(CAREFUL, true);
    }
  }

  boolean tracesLoans() {
    return settings.traceback() || isTraced();
  }

  private boolean isTraced() {
    return tracedUntil != Long.MIN_VALUE;
  }

  /**
   * @param careful whether each loan is looked at anyway
   */
  void traceNoMore(long now, boolean careful) {
    if (isTraced() && now >= tracedUntil) {
      tracedUntil = Long.MIN_VALUE;
      press(CAREFUL, careful);
    }
  }

  public boolean isClosed() {
    return (pressure() & CLOSED) != 0;
  }

  public boolean isSuspended() {
    return (pressure() & SUSPENDED) != 0;
  }

  public Settings settings() {
    return settings;
  }

  /** What a listener throws is its own affair. */
  void heard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      System.getLogger("io.bonito.pool").log(System.Logger.Level.WARNING, "a listener failed", e);
    }
  }

  Slot<T> newSlot(int index) {
    return new Slot<>(index);
  }

  static int hash(Thread thread) {
    return (int) ((thread.getId() * 0x9E3779B97F4A7C15L) >>> 56);
  }
}
