package io.bonito.pool.lending;

/**
 * Time, threads and chance, as the pool sees them. Production has {@link SystemWorld}; a simulation
 * has its own and so decides who runs when.
 */
public interface World {
  /** Nanoseconds of a clock that only runs forward. */
  long nanoTime();

  /** Waits until {@link #unpark}, an interrupt, or the time is over; may return early. */
  void park(Object blocker, long nanos);

  void unpark(Thread thread);

  /** Runs what may block: opening, checking, closing. */
  void run(Runnable task);

  /**
   * Calls {@link Ticking#tick} at that time or soon after it; an earlier call replaces a later one.
   */
  void wake(Ticking pool, long atNanos);

  /** Calls it no more. */
  void forget(Ticking pool);

  /** Evenly spread over 0 (included) to 1 (excluded). */
  double chance();

  /** What wants to be called in time. */
  interface Ticking {
    /** Never blocks. */
    void tick();
  }
}
