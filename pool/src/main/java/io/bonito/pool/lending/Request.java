package io.bonito.pool.lending;

import io.bonito.pool.lending.LendingException.Reason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A loan for somebody who is called and waits on no thread. It stands in the same line as threads
 * do, and gets what they would get.
 *
 * <pre>
 *   asked ──▶ (in line) ──▶ given ──▶ (checked) ──▶ lent
 *     │           │late       └──unfit: asked again
 *     └───────────┴──▶ refused
 *   cancelled at any time: neither lent nor refused, and what was given goes back
 * </pre>
 */
public final class Request<T> {
  /** Who is called, once, by whatever thread, with no lock held. It must neither wait nor throw. */
  public interface Taker<T> {
    /** It has the slot from now on, and gives it back with this ticket. */
    void lent(Slot<T> slot, long ticket);

    void refused(LendingException why);

    /** Whoever asked has cancelled, and neither of the others is called. */
    default void cancelled() {}
  }

  private final SlotPool<T> pool;
  private final Taker<T> taker;
  private final long since;
  private final long deadline;
  private final @Nullable Throwable askedAt;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Place place;

  // Of whoever has it at the moment.
  private int rejected;

  Request(SlotPool<T> pool, Taker<T> taker, long timeoutNanos) {
    this.pool = pool;
    this.taker = taker;
    since = pool.world.nanoTime();
    deadline = timeoutNanos >= Settings.NEVER - since ? Settings.NEVER : since + timeoutNanos;
    askedAt = pool.tracesLoans() ? new Throwable("borrowed here") : null;
  }

  /** One that a kind of pool refuses by rules of its own. */
  public static <T> Request<T> refused(SlotPool<T> pool, Taker<T> taker, LendingException why) {
    Request<T> request = new Request<>(pool, taker, 0);
    request.refuse(why);
    return request;
  }

  /**
   * It is not wanted any more.
   *
   * @return whether it was neither lent nor refused, and will not be
   */
  public boolean cancel() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    withdraw();
    taker.cancelled();
    return true;
  }

  void ask() {
    if (pool.isClosed()) {
      refuse(pool.line.closed());
      return;
    }
    Slot<T> slot = pool.claimForRequest();
    if (slot == null) {
      stand();
    } else {
      examine(slot);
    }
  }

  private void stand() {
    Place mine = new Place();
    place = mine;
    if (!pool.line.stand(mine)) {
      mine.end(Reason.TOO_MANY_WAITERS);
      refuse(pool.line.exhausted(Reason.TOO_MANY_WAITERS, since, deadline));
      return;
    }
    if (ended.get()) {
      withdraw();
      // Who cancelled may have looked for it there before it came.
      pool.line.remove(mine);
    } else if (deadline - pool.world.nanoTime() <= 0) {
      if (pool.line.leave(mine)) {
        mine.late();
      }
    } else if (deadline != Settings.NEVER) {
      pool.world.wake(pool, deadline);
    }
  }

  private void withdraw() {
    Place mine = place;
    if (mine != null && pool.line.leave(mine)) {
      mine.end(Reason.INTERRUPTED);
    }
  }

  private void examine(Slot<T> slot) {
    if (ended.get()) {
      pool.giveBack(slot, slot.ticket());
      return;
    }
    pool.fitness.examine(slot, deadline, fit -> examined(slot, fit));
  }

  private void examined(Slot<T> slot, boolean fit) {
    if (fit) {
      lend(slot);
    } else if (deadline - pool.world.nanoTime() <= 0) {
      refuse(pool.line.timedOut(since, deadline));
    } else {
      ask();
    }
  }

  private void lend(Slot<T> slot) {
    try {
      pool.isLent(slot, askedAt);
    } catch (PoolListener.DisconnectedException e) {
      if (++rejected == 2) {
        refuse(pool.rejectedTwice(e));
      } else {
        ask();
      }
      return;
    } catch (LendingException e) {
      refuse(e);
      return;
    }
    if (ended.compareAndSet(false, true)) {
      taker.lent(slot, slot.ticket());
    } else {
      pool.giveBack(slot, slot.ticket());
    }
  }

  private void refuse(LendingException why) {
    if (ended.compareAndSet(false, true)) {
      taker.refused(why);
    }
  }

  /** Where it stands in the line. */
  private final class Place extends Waiter {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Object begun = pool.tally.waitBegins();

    Place() {
      super(null, Request.this.since);
    }

    @Override
    void wake(World world) {
      Slot<T> slot;
      try {
        slot = pool.line.taken(Objects.requireNonNull(get()));
      } catch (LendingException e) {
        end(e.reason());
        refuse(e);
        return;
      }
      end(null);
      examine(slot);
    }

    @Override
    long calledAt() {
      return deadline;
    }

    @Override
    void late() {
      end(Reason.TIMED_OUT);
      refuse(pool.line.timedOut(since, deadline));
    }

    void end(@Nullable Reason refusal) {
      pool.tally.waited(begun, since, refusal);
    }
  }
}
