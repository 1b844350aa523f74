package io.bonito.pool.kind;

import io.bonito.pool.lending.LendingException;
import io.bonito.pool.lending.Slot;

/** A queue pool whose threads share what they have with themselves. */
final class ThreadLocalQueuePool<T> extends ThreadBoundPool<T> {
  ThreadLocalQueuePool(Parts<T> parts) {
    super(parts);
  }

  @Override
  Slot<T> borrowFirst(long timeoutNanos) throws LendingException {
    takeFromTheDead();
    if (!bindings.isEmpty()) {
      // One of them may end while this one waits.
      lookForDeadSoon();
    }
    return engine.borrow(timeoutNanos);
  }

  @Override
  void ended(Binding<T> binding) {
    release(binding);
  }

  @Override
  public ThreadLocalQueuePool<T> recreate() {
    return new ThreadLocalQueuePool<>(parts());
  }

  @Override
  public String statusLine() {
    return "use_threadlocal, %d threads have one; %s".formatted(bindings.size(), status());
  }
}
