package io.bonito.pool.lending;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * Decides how many things to open now, and when to ask again. Knows no threads, reads no clock,
 * draws no lots: it is told all three, under the pool's lock.
 *
 * <pre>
 *   nothing is there or to stay  as many as wait, up to the parallel ones
 *   something is there           one at once; two, four, eight when the first in the queue has waited
 *                                once, twice, thrice a quarter of what opening takes: returns usually
 *                                come sooner. For idle ones that nobody waits for, one after another
 *   the last attempt failed      one, 100 to 200 ms after it while someone waits, else ever later
 *   attempts hang                one more beside them for each second that someone waits (for each
 *                                third one where nothing has failed yet)
 *   no room on the other side    the ceiling sinks to what is there; later it rises step by step
 * </pre>
 */
final class OpeningPlan {
  private static final long SHORT_PAUSE = MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE = SECONDS.toNanos(30);
  private static final long LONGEST_CAPACITY_PAUSE = MILLISECONDS.toNanos(500);
  private static final long LEAST_PATIENCE = MILLISECONDS.toNanos(10);
  private static final int MOST_DOUBLINGS = 20;
  private static final long HANGING = SECONDS.toNanos(1);

  /** Where nothing has failed yet, it may just be slow, as the first connection of a JVM is. */
  private static final long SEEMS_TO_HANG = SECONDS.toNanos(3);

  private static final long LONGEST_RISE = SECONDS.toNanos(10);

  private Settings settings;
  private int ceiling;
  private long riseAt;
  private int rises;
  private int failures;
  private OpenFailure lastFailure = OpenFailure.UNREACHABLE;
  private long failedAt;
  private double lot;
  private long begunAt;
  private long takes = MILLISECONDS.toNanos(10);
  private long askAgainAt;

  OpeningPlan(Settings settings) {
    this.settings = settings;
    ceiling = settings.limit();
  }

  /** From now on the pool is set so. A ceiling that was lowered stays where it is, if it may. */
  void change(Settings changed) {
    ceiling = ceiling == settings.limit() ? changed.limit() : Math.min(ceiling, changed.limit());
    settings = changed;
  }

  /**
   * What the pool has and wants, at one moment.
   *
   * @param total what counts, with what is being closed or opened
   */
  record Demand(
      long now, int waiting, long headSince, int total, int closing, int opening, int ready) {}

  /** How many to open now; afterwards {@link #askAgainAt} says when the answer may change. */
  int due(Demand demand) {
    askAgainAt = Settings.NEVER;
    long now = demand.now;
    if (ceiling < settings.limit() && now >= riseAt) {
      ceiling++;
      riseAt = now + Math.min(LONGEST_RISE, SECONDS.toNanos(1) << Math.min(rises, 4)) / 2;
    }
    int forWaiters = Math.max(0, demand.waiting - demand.opening);
    int forIdle = Math.max(0, settings.minimumIdle() - demand.ready - demand.opening);
    int wanted = Math.max(forWaiters, forIdle);
    boolean mayHang = demand.waiting > 0 && demand.opening > 0;
    if (wanted == 0 && !mayHang) {
      return 0;
    }
    int room = Math.min(ceiling, settings.limit()) - demand.total;
    if (room <= 0) {
      askAgainAt = ceiling < settings.limit() ? riseAt : Settings.NEVER;
      return 0;
    }
    int due = wanted == 0 ? 0 : Math.min(Math.min(wanted, room), allowed(demand));
    long patience = Math.max(failures > 0 ? HANGING : SEEMS_TO_HANG, 2 * takes);
    if (due == 0 && mayHang && now - begunAt >= patience) {
      due = 1;
    }
    if (demand.waiting > 0 && (due > 0 || mayHang)) {
      askAgainAt = Math.min(askAgainAt, (due > 0 ? now : begunAt) + patience);
    }
    return due;
  }

  private int allowed(Demand demand) {
    long now = demand.now;
    if (failures > 0) {
      if (demand.opening > 0) {
        return 0;
      }
      long next = failedAt + pause(demand.waiting > 0);
      if (now < next) {
        askAgainAt = next;
        return 0;
      }
      return 1;
    }
    int free = settings.parallelOpenings() - demand.opening;
    if (!settings.patient()) {
      return Integer.MAX_VALUE;
    }
    if (demand.total - demand.closing == demand.opening) {
      return Math.max(0, free);
    }
    if (demand.waiting == 0 || demand.headSince == Settings.NEVER) {
      return demand.opening == 0 ? 1 : 0;
    }
    long patience = Math.max(takes / 4, LEAST_PATIENCE);
    long times = Math.max(0, now - demand.headSince) / patience;
    askAgainAt = demand.headSince + (times + 1) * patience;
    int atOnce = 1 << Math.min(times, MOST_DOUBLINGS);
    return Math.max(0, Math.min(free, atOnce - demand.opening));
  }

  /** From the last failure to the next attempt. */
  private long pause(boolean someoneWaits) {
    int doublings = Math.min(failures - 1, 20);
    long longest =
        lastFailure == OpenFailure.CAPACITY
            ? LONGEST_CAPACITY_PAUSE
            : someoneWaits ? SHORT_PAUSE : LONGEST_PAUSE;
    long pause = Math.min(longest, SHORT_PAUSE << doublings);
    return pause + (long) (pause * lot);
  }

  long askAgainAt() {
    return askAgainAt;
  }

  void begun(long now) {
    begunAt = now;
  }

  void succeeded(long tookNanos) {
    failures = 0;
    takes = takes - takes / 4 + tookNanos / 4;
  }

  /**
   * @param total what is there, the failed one no longer counted
   * @param chance between 0 and 1
   */
  void failed(long now, OpenFailure failure, int total, double chance) {
    failures++;
    lastFailure = failure;
    failedAt = now;
    lot = chance;
    if (failure == OpenFailure.CAPACITY) {
      ceiling = Math.max(1, Math.min(ceiling, total));
      rises = Math.min(rises + 1, 4);
      riseAt = now + (long) (SECONDS.toNanos(1) * (1 + chance));
    } else {
      rises = 0;
    }
  }

  int ceiling() {
    return ceiling;
  }

  int failures() {
    return failures;
  }
}
