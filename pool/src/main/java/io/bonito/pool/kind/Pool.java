package io.bonito.pool.kind;

import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Holder;
import io.bonito.pool.lending.LendingException;
import io.bonito.pool.lending.PoolCounters;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.PoolObserver;
import io.bonito.pool.lending.PoolStatus;
import io.bonito.pool.lending.Request;
import io.bonito.pool.lending.Settings;
import io.bonito.pool.lending.Slot;
import io.bonito.pool.lending.SlotPool;
import io.bonito.pool.lending.Source;
import io.bonito.pool.lending.World;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A pool of one of the kinds. All of them stand on one engine; what makes a kind is how it is set
 * and what it does before the engine is asked.
 */
public abstract class Pool<T> implements AutoCloseable {
  protected final SlotPool<T> engine;
  private final Parts<T> parts;

  /**
   * What a pool is made of, so that another can be made of the same.
   *
   * @param listener null for nobody
   * @param budgetMinimum how many permits of the budget are set aside
   * @param observer watches what happens beside the short ways
   */
  public record Parts<T>(
      Settings settings,
      Source<T> source,
      @Nullable PoolListener<T> listener,
      World world,
      Budget budget,
      int budgetMinimum,
      PoolObserver observer) {

    /** With nobody who watches. */
    public Parts(
        Settings settings,
        Source<T> source,
        @Nullable PoolListener<T> listener,
        World world,
        Budget budget,
        int budgetMinimum) {
      this(settings, source, listener, world, budget, budgetMinimum, PoolObserver.NONE);
    }

    /** The same with other settings. */
    public Parts<T> with(Settings others) {
      return new Parts<>(others, source, listener, world, budget, budgetMinimum, observer);
    }
  }

  protected Pool(Parts<T> parts) {
    this.parts = parts;
    engine =
        new SlotPool<>(
            parts.settings(),
            parts.source(),
            parts.listener() == null ? SlotPool.nobody() : parts.listener(),
            parts.world(),
            parts.budget(),
            parts.budgetMinimum(),
            parts.observer());
  }

  /** What this was made of. */
  protected final Parts<T> parts() {
    return parts.with(engine.settings());
  }

  /** Begins to fill a pool that has a minimum. */
  public void start() {
    engine.start();
  }

  /**
   * Lends one.
   *
   * @param timeoutNanos how long to wait for it at most; {@link Settings#NEVER} for as long as it
   *     takes
   */
  public Slot<T> borrow(long timeoutNanos) throws LendingException {
    return engine.borrow(timeoutNanos);
  }

  /**
   * Lends one to somebody who is called and waits on no thread.
   *
   * @param timeoutNanos as for {@link #borrow}
   */
  public Request<T> ask(long timeoutNanos, Request.Taker<T> taker) {
    return engine.ask(timeoutNanos, taker);
  }

  /**
   * Gives it back.
   *
   * @return whether it was still lent on this ticket
   */
  public boolean giveBack(Slot<T> slot, long ticket) {
    return engine.giveBack(slot, ticket);
  }

  /** Whether giving it back now ends its use, so that it is to be put in order before. */
  public boolean endsUse(Slot<T> slot, long ticket) {
    return true;
  }

  /** Whether several use one thing at the same time. */
  public boolean isShared() {
    return false;
  }

  /** Whether a thread that has one gets it again. */
  public boolean isThreadBound() {
    return false;
  }

  /** Closes it instead of taking it back. */
  public boolean invalidate(Slot<T> slot, long ticket, @Nullable Throwable reason) {
    return engine.invalidate(slot, ticket, reason);
  }

  /** Closes it when it comes back. */
  public boolean invalidateSoftly(Slot<T> slot, long ticket, @Nullable Throwable reason) {
    return engine.invalidateSoftly(slot, ticket, reason);
  }

  /** Lets it leave with its borrower; null if it was no longer lent on this ticket. */
  public @Nullable T detach(Slot<T> slot, long ticket) {
    return engine.detach(slot, ticket);
  }

  /**
   * Tells that one that has left is closed.
   *
   * @param counted for how long from now the other side may still count it
   */
  public final void detachedIsClosed(long counted) {
    engine.detachedIsClosed(counted);
  }

  /** Whether it belongs to what was opened since the last dispose. */
  public final boolean isCurrent(Slot<T> slot) {
    return engine.isCurrent(slot);
  }

  /** Closes all that there are now: the idle ones at once, the others when they come back. */
  public void dispose() {
    engine.dispose();
  }

  /**
   * Does the same without a word to the other side: after a copy of this process was started, what
   * is open here may be in use by the other one.
   */
  public final void abandon() {
    engine.abandon();
    dispose();
  }

  /** Whether it may not even be spoken to. */
  public final boolean isAbandoned(Slot<T> slot) {
    return engine.isAbandoned(slot);
  }

  /** Another pool of the same kind, settings and listeners, with nothing in it yet. */
  public abstract Pool<T> recreate();

  /** One line of numbers, in the words of SQLAlchemy. */
  public abstract String statusLine();

  public final PoolStatus status() {
    return engine.status();
  }

  /** Who has what now; those that hold longest first. */
  public final List<Holder> holders() {
    return engine.holders();
  }

  /** Sets it otherwise while it works, as {@link SlotPool#change} says. */
  public final void change(UnaryOperator<Settings.Builder> change) {
    engine.change(change);
  }

  /** What has happened since the pool began, for meters. */
  public final PoolCounters counters() {
    return engine.counters();
  }

  /** What it shares its room with. */
  public final Budget budget() {
    return parts.budget();
  }

  public final Settings settings() {
    return engine.settings();
  }

  /** The last failure to open, unless one was opened after it. */
  public final @Nullable Throwable lastFailure() {
    return engine.lastFailure();
  }

  public final void suspend() {
    engine.suspend();
  }

  public final void resume() {
    engine.resume();
  }

  public final boolean isSuspended() {
    return engine.isSuspended();
  }

  public final boolean isClosed() {
    return engine.isClosed();
  }

  /** Opens some ahead of those who will ask. Returns how many there are then. */
  public final int warmUp(int count, long nanos) {
    return engine.warmUp(count, nanos);
  }

  /**
   * Closes, and waits until the last one is closed.
   *
   * @return how many were still there when the time was over
   */
  public final int drain(long nanos) {
    close();
    return engine.drain(nanos);
  }

  /**
   * Waits until the last one of a closed pool is closed.
   *
   * @return who still has one when the time is over
   */
  public final List<Holder> drained(long nanos) {
    return engine.drained(nanos);
  }

  /** Lends no more; idempotent. */
  @Override
  public void close() {
    engine.close();
  }
}
