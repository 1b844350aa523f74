package io.bonito.pool.lending;

import io.bonito.pool.lending.LendingException.Reason;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A pool of one thing that counts its uses, without care for other threads: who lends it to one at
 * a time needs none. What a use says is the count, so a loan that overlapped another, or was lent
 * once more after its end, shows as a number that no order of the calls explains; a wake-up that is
 * lost shows as a call that never ends.
 *
 * <p>Whoever opens or closes does so on its own thread here, so that there are no threads but the
 * callers.
 */
public abstract class Uses {
  private static final class Thing {
    private int uses;
    private boolean closed;
  }

  private static final class Makes implements Source<Thing> {
    @Override
    public Thing open() {
      return new Thing();
    }

    @Override
    public boolean check(Thing thing, long nanos) {
      return true;
    }

    @Override
    public long close(Thing thing) {
      thing.closed = true;
      return 0;
    }
  }

  private final SlotPool<Thing> pool;

  Uses(long nanosPerLook) {
    pool =
        new SlotPool<>(
            Settings.named("p").limit(1).idle(0).lifetime(0, 0).build(),
            new Makes(),
            SlotPool.nobody(),
            new Alone(nanosPerLook),
            new Budget(Settings.UNLIMITED));
  }

  /**
   * Makes the message that a time-out has, so that its classes are there before any step counts.
   */
  void warmUp() {
    pool.suspend();
    borrowWithoutWaiting();
    pool.resume();
  }

  /** Whom a slot names that was used and is free. */
  Thread ownerOfWhatIsFree() throws LendingException {
    Slot<Thing> slot = pool.borrow(0);
    pool.giveBack(slot, slot.ticket());
    return slot.owner();
  }

  private interface End {
    boolean of(Slot<Thing> slot, long ticket);
  }

  private String use(End end) {
    Slot<Thing> slot;
    try {
      slot = pool.borrow(Settings.NEVER);
    } catch (LendingException e) {
      return e.reason().name();
    }
    long ticket = slot.ticket();
    Thing thing = slot.thing();
    String seen = thing.closed ? "closed" : String.valueOf(thing.uses++);
    if (!end.of(slot, ticket)) {
      return "taken away";
    }
    return pool.giveBack(slot, ticket) ? "given back twice" : seen;
  }

  @Operation
  public String use() {
    return use(pool::giveBack);
  }

  @Operation
  public String useAndEvict() {
    return use((slot, ticket) -> pool.invalidate(slot, ticket, null));
  }

  @Operation
  public String useAndEvictSoftly() {
    return use(
        (slot, ticket) -> pool.invalidateSoftly(slot, ticket, null) && pool.giveBack(slot, ticket));
  }

  /**
   * Does not wait: it may leave the queue while something is given to it. Whether it gets one is a
   * matter of luck, and not said.
   */
  @Operation
  public String borrowWithoutWaiting() {
    try {
      Slot<Thing> slot = pool.borrow(0);
      if (slot.thing().closed) {
        return "closed";
      }
      return pool.giveBack(slot, slot.ticket()) ? "open" : "taken away";
    } catch (LendingException e) {
      return e.reason() == Reason.TIMED_OUT ? "open" : e.reason().name();
    }
  }

  @Operation
  public void dispose() {
    pool.dispose();
  }

  @Operation
  public void close() {
    pool.close();
  }
}
