package io.bonito.pool.lending;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A place for one thing, and who may touch it.
 *
 * <pre>
 *   EMPTY ──▶ OPENING ──▶ CHECK ──▶ IDLE ──▶ USED ──▶ IDLE …          word, 64 bits:
 *     ▲          │failed    ▲ │       │  ▲     │                        0-2  state
 *     │◀─────────┘          │ │     STALE┘     │                        3    doomed: close it, lend it no more
 *     │                     └─┼───────┴────────┘                        4-63 epoch: how often it has been lent
 *     └──────── CLOSING ◀─────┘
 * </pre>
 *
 * <p>CHECK means that the pool itself holds it. Whoever changes the word by {@link #change} owns
 * the slot in its new state; in USED the word is the borrower's <em>ticket</em>, and gives the
 * thing back once. A ticket never comes again, so a second return, by whatever thread, finds
 * another word.
 *
 * <p>All reads and writes of the word go through three methods, which tests override to interleave
 * borrowers at each of them. In production there is no other class, and the JIT inlines them.
 */
public class Slot<T> extends PaddedBehind {
  static final int EMPTY = 0;
  static final int OPENING = 1;
  static final int IDLE = 2;
  static final int STALE = 3;
  static final int USED = 4;
  static final int CHECK = 5;
  static final int CLOSING = 6;

  static final long NO_ATTEMPT = 0;

  static final long STATE = 7;
  static final long DOOMED = 8;
  static final long EPOCH = 16;

  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(PaddedWord.class, "word", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int OUTSIDE = -1;

  final int index;

  // Written by the owner of the slot, read by the next: the word's changes order them.
  @Nullable T thing;

  /**
   * Who has borrowed it, written by the borrower alone and erased before it is free again: a slot
   * that is lent never names the one who had it before.
   */
  @Nullable Thread owner;

  long generation;
  long openedAt;
  long expiresAt;

  /** Which attempt to open it is under way; changed and compared under the pool's lock. */
  long attempt;

  /** Since when it has been closing. */
  volatile long closingSince;

  /** For how long it may rest before it is closed, as the other side has it. */
  long mayRest = Settings.NEVER;

  boolean fresh;
  boolean unchecked;

  /** When the borrower got it, as far as anybody looked; 0 if nobody did. */
  long lentAt;

  /** The order of returns; only kept where lending is ordered. */
  long returnedAs;

  @Nullable Throwable borrowedAt;

  /** Why it is to be closed, where that could not be seen later. */
  @Nullable CloseReason leaving;

  // The tick's own notes.
  long seenWord;
  long seenAt;
  boolean leakTold;

  /** Whether another has been opened to take its place. */
  boolean replaced;

  volatile long softlyInvalidated;

  Slot(int index) {
    this.index = index;
  }

  /** The thing itself. Only its borrower may ask. */
  public T thing() {
    T present = thing;
    if (present == null) {
      throw new IllegalStateException("slot " + index + " is empty");
    }
    return present;
  }

  /** A place for what has left its pool. */
  public static <T> Slot<T> outside(T thing) {
    Slot<T> slot = new Slot<>(OUTSIDE);
    slot.thing = thing;
    return slot;
  }

  public boolean isOutside() {
    return index == OUTSIDE;
  }

  /** What the borrower shows to give it back: taken once, right after borrowing. */
  public long ticket() {
    return word();
  }

  /** How often something has been lent from here. */
  public long epoch() {
    return word() >>> 4;
  }

  /** Whether it is still lent on this ticket. */
  public boolean isLentOn(long ticket) {
    return (word() & ~DOOMED) == (ticket & ~DOOMED);
  }

  /** Where it was borrowed, if the pool was asked to remember. */
  public @Nullable Throwable borrowedAt() {
    return borrowedAt;
  }

  public @Nullable Thread owner() {
    return owner;
  }

  /** When the thing was made, on the pool's clock. */
  public long openedAt() {
    return openedAt;
  }

  long word() {
    return word;
  }

  boolean change(long from, long to) {
    return WORD.compareAndSet((PaddedWord) this, from, to);
  }

  void become(long to) {
    word = to;
  }

  static int state(long word) {
    return (int) (word & STATE);
  }

  static boolean isDoomed(long word) {
    return (word & DOOMED) != 0;
  }

  static long in(int state, long word) {
    return (word & ~STATE) | state;
  }

  /** The next ticket. */
  static long lent(long word) {
    return (((word & ~STATE) + EPOCH) & ~DOOMED) | USED;
  }
}
