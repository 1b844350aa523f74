package io.bonito.pool.kind;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bonito.pool.lending.LendingException;
import io.bonito.pool.lending.Slot;
import io.bonito.pool.lending.World;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A thread that borrows while it has one gets the same one: what {@code use_threadlocal} asks for.
 * A table instead of thread-locals, so that what a dead thread has left can be seen.
 */
abstract class ThreadBoundPool<T> extends Pool<T> {
  /** What a thread has, and how many times. Who turns 0 uses into {@link #ENDED} may release it. */
  static final class Binding<T> {
    static final int ENDED = -1;

    final Slot<T> slot;
    final long ticket;
    final AtomicInteger uses = new AtomicInteger(1);

    Binding(Slot<T> slot, long ticket) {
      this.slot = slot;
      this.ticket = ticket;
    }

    /** One use more, unless it has ended. */
    boolean use() {
      int before = uses.get();
      while (before != ENDED && !uses.compareAndSet(before, before + 1)) {
        before = uses.get();
      }
      return before != ENDED;
    }

    boolean endIfUnused() {
      return uses.compareAndSet(0, ENDED);
    }
  }

  static final long LOOK_FOR_DEAD_NANOS = MILLISECONDS.toNanos(50);

  final Map<Thread, Binding<T>> bindings = new ConcurrentHashMap<>();
  private final World.Ticking looking = this::lookForDead;

  ThreadBoundPool(Parts<T> parts) {
    super(parts);
  }

  @Override
  public Slot<T> borrow(long timeoutNanos) throws LendingException {
    Thread thread = Thread.currentThread();
    Binding<T> mine = bindings.get(thread);
    if (mine != null
        && mine.slot.isLentOn(mine.ticket)
        && (mine.uses.get() > 0 || isFit(mine))
        && mine.use()) {
      return mine.slot;
    }
    if (mine != null) {
      bindings.remove(thread, mine);
      if (mine.endIfUnused()) {
        engine.giveBack(mine.slot, mine.ticket);
      }
    }
    Slot<T> slot = borrowFirst(timeoutNanos);
    Binding<T> binding = new Binding<>(slot, slot.ticket());
    bindings.put(thread, binding);
    return slot;
  }

  /** Takes what threads had that have ended, now, and again as long as somebody waits. */
  final void lookForDead() {
    takeFromTheDead();
    if (status().waiting() > 0) {
      lookForDeadSoon();
    }
  }

  final void lookForDeadSoon() {
    World world = parts().world();
    world.wake(looking, world.nanoTime() + LOOK_FOR_DEAD_NANOS);
  }

  final void takeFromTheDead() {
    for (Map.Entry<Thread, Binding<T>> each : Map.copyOf(bindings).entrySet()) {
      if (!each.getKey().isAlive() && bindings.remove(each.getKey(), each.getValue())) {
        // What it was doing when it died is unknown.
        engine.invalidate(each.getValue().slot, each.getValue().ticket, null);
      }
    }
  }

  @Override
  public void close() {
    parts().world().forget(looking);
    super.close();
  }

  abstract Slot<T> borrowFirst(long timeoutNanos) throws LendingException;

  boolean isFit(Binding<T> binding) {
    return binding.slot.ticket() == binding.ticket && engine.isCurrent(binding.slot);
  }

  /** Whose it is: seldom another thread's than this one's. */
  @Nullable Binding<T> bindingOf(Slot<T> slot, long ticket) {
    Binding<T> mine = bindings.get(Thread.currentThread());
    if (mine != null && mine.slot == slot) {
      return mine;
    }
    for (Binding<T> binding : bindings.values()) {
      if (binding.slot == slot && slot.isLentOn(ticket)) {
        return binding;
      }
    }
    return null;
  }

  @Override
  public boolean isThreadBound() {
    return true;
  }

  @Override
  public boolean endsUse(Slot<T> slot, long ticket) {
    Binding<T> binding = bindingOf(slot, ticket);
    return binding == null || binding.uses.get() <= 1;
  }

  @Override
  public boolean giveBack(Slot<T> slot, long ticket) {
    Binding<T> binding = bindingOf(slot, ticket);
    if (binding == null) {
      return engine.giveBack(slot, ticket);
    }
    int before = binding.uses.get();
    while (before > 0 && !binding.uses.compareAndSet(before, before - 1)) {
      before = binding.uses.get();
    }
    if (before == 1) {
      ended(binding);
    }
    return before > 0;
  }

  /** The last use of a thread's own is over. */
  abstract void ended(Binding<T> binding);

  final void release(Binding<T> binding) {
    if (binding.endIfUnused()) {
      bindings.values().remove(binding);
      engine.giveBack(binding.slot, binding.ticket);
    }
  }

  @Override
  public boolean invalidate(Slot<T> slot, long ticket, @Nullable Throwable reason) {
    forget(slot, ticket);
    return engine.invalidate(slot, ticket, reason);
  }

  @Override
  public @Nullable T detach(Slot<T> slot, long ticket) {
    forget(slot, ticket);
    return engine.detach(slot, ticket);
  }

  private void forget(Slot<T> slot, long ticket) {
    Binding<T> binding = bindingOf(slot, ticket);
    if (binding != null) {
      bindings.values().remove(binding);
    }
  }
}
