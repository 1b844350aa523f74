package io.bonito.pool.kind;

import io.bonito.pool.lending.LendingException;
import io.bonito.pool.lending.LendingException.Reason;
import io.bonito.pool.lending.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Each thread has its own and keeps it. When {@code pool_size} living threads have one, the next
 * waits for one of them to end, and is then told their names: nothing that a living thread has is
 * ever closed under it.
 */
public final class SingletonThreadPool<T> extends ThreadBoundPool<T> {
  private final AtomicBoolean warned = new AtomicBoolean();

  SingletonThreadPool(Parts<T> parts) {
    super(parts);
  }

  @Override
  Slot<T> borrowFirst(long timeoutNanos) throws LendingException {
    warnOfVirtualThreads();
    long since = parts().world().nanoTime();
    while (true) {
      takeFromTheDead();
      long left = timeoutNanos - (parts().world().nanoTime() - since);
      try {
        return engine.borrow(Math.max(0, Math.min(left, LOOK_FOR_DEAD_NANOS)));
      } catch (LendingException e) {
        boolean isOver = left <= LOOK_FOR_DEAD_NANOS;
        if (e.reason() != Reason.TIMED_OUT || (isOver && bindings.size() < settings().limit())) {
          throw e;
        }
        if (isOver) {
          throw new LendingException(
              Reason.TIMED_OUT,
              settings().name()
                  + ": all %d are bound to living threads: %s"
                      .formatted(settings().limit(), owners()),
              e,
              e.exhaustion());
        }
      }
    }
  }

  private List<String> owners() {
    List<String> names = new ArrayList<>();
    bindings.keySet().forEach(thread -> names.add(thread.getName()));
    names.sort(null);
    return names;
  }

  /** Virtual threads live for one task: each would have a connection, used once. */
  private void warnOfVirtualThreads() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    if (group != null
        && group.getName().equals("VirtualThreads")
        && warned.compareAndSet(false, true)) {
      System.getLogger("io.bonito.pool")
          .log(
              System.Logger.Level.WARNING,
              "{0}: SingletonThreadPool binds a connection to each virtual thread; QueuePool suits them",
              settings().name());
    }
  }

  /** It stays bound, unless it is of no use any more. */
  @Override
  void ended(Binding<T> binding) {
    if (!isFit(binding) || engine.isClosed()) {
      release(binding);
    }
  }

  @Override
  public void dispose() {
    engine.dispose();
    releaseUnused();
  }

  @Override
  public void close() {
    super.close();
    releaseUnused();
  }

  private void releaseUnused() {
    for (Binding<T> binding : List.copyOf(bindings.values())) {
      release(binding);
    }
  }

  @Override
  public SingletonThreadPool<T> recreate() {
    return new SingletonThreadPool<>(parts());
  }

  @Override
  public String statusLine() {
    return "SingletonThreadPool id:%d size: %d"
        .formatted(System.identityHashCode(this), status().total());
  }
}
