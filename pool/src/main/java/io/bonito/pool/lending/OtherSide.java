package io.bonito.pool.lending;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where things are opened and closed, and which counts them for itself: it may notice later than
 * this side that one is closed. Called by threads of the pool only, without any lock.
 */
final class OtherSide<T> {
  /** For how long it is taken to count what has been closed: twice what any was seen to. */
  private static final long STILL_COUNTED = MILLISECONDS.toNanos(200);

  private static final long FIRST_PAUSE = MILLISECONDS.toNanos(5);

  private final SlotPool<T> pool;
  private final Budget budget;
  private final AtomicBoolean first = new AtomicBoolean(true);
  private volatile long abandonedBefore = Long.MIN_VALUE;

  OtherSide(SlotPool<T> pool, Budget budget) {
    this.pool = pool;
    this.budget = budget;
  }

  /**
   * Opens one. "No room" may be the answer of a server that still counts what was closed on this
   * side. That ends by itself, so it is asked again for a while, and nobody hears of it.
   */
  T open() throws Exception {
    long since = pool.world.nanoTime();
    for (long pause = FIRST_PAUSE; ; pause *= 2) {
      try {
        return pool.source.open();
      } catch (Exception e) {
        if (pool.source.judge(e) != OpenFailure.CAPACITY
            || pool.world.nanoTime() + pause - since > STILL_COUNTED
            || !budget.hasClosedSince(since - STILL_COUNTED)) {
          throw e;
        }
        pause(pause);
      }
    }
  }

  /** Tells that one has been opened. */
  void tellConnected(T thing) throws Exception {
    if (first.compareAndSet(true, false)) {
      try {
        pool.listener.firstConnect(thing);
      } catch (Exception e) {
        first.set(true);
        throw e;
      }
    }
    pool.listener.connect(thing);
  }

  /** From now on nothing of a generation before this one is spoken to. */
  void abandonBefore(long generation) {
    abandonedBefore = generation;
  }

  boolean isAbandoned(long generation) {
    return generation < abandonedBefore;
  }

  /** Closes one, and returns when it is counted no more, as far as that can be known. */
  void close(T thing, long generation) {
    if (isAbandoned(generation)) {
      pool.source.abandon(thing);
      return;
    }
    long counted = pool.source.close(thing);
    if (closed(counted)) {
      pause(counted);
    }
  }

  /**
   * Notes that one has been closed.
   *
   * @return whether it is to be counted for a while yet
   */
  boolean closed(long counted) {
    budget.closedAt(pool.world.nanoTime());
    return counted > 0
        && (pool.settings.limit() != Settings.UNLIMITED || budget.limit() != Settings.UNLIMITED);
  }

  void pause(long nanos) {
    long until = pool.world.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - pool.world.nanoTime()) {
      pool.world.park(this, left);
    }
  }
}
