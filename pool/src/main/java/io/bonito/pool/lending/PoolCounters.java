package io.bonito.pool.lending;

import io.bonito.pool.lending.LendingException.Reason;
import java.util.Map;

/**
 * What has happened since the pool began. All numbers only grow, so that a meter can read them at
 * any time: {@code waited} and {@code waitNanos} make one timer (Micrometer: FunctionTimer), {@code
 * borrowed} and {@code usedNanos} another, {@code opened} and {@code openNanos} a third.
 *
 * @param borrowed loans
 * @param waited how many of those who asked found nothing and waited, whatever came of it
 * @param waitNanos for how long, all together
 * @param longestWaitNanos the longest of them
 * @param refused how many of them got nothing, and why; {@link Reason#TIMED_OUT} are the time-outs
 * @param usedNanos for how long things were lent, all together. Nobody reads a clock when one is
 *     lent: four times a second it is looked how many are, and that sum is right in the mean
 * @param opened how many were opened
 * @param openNanos how long that took, all together
 * @param longestOpenNanos the longest of them
 * @param failed how many attempts to open failed, and how
 * @param closed how many were closed, and why
 * @param leaked loans that took longer than they should
 */
public record PoolCounters(
    long borrowed,
    long waited,
    long waitNanos,
    long longestWaitNanos,
    Map<Reason, Long> refused,
    long usedNanos,
    long opened,
    long openNanos,
    long longestOpenNanos,
    Map<OpenFailure, Long> failed,
    Map<CloseReason, Long> closed,
    long leaked) {

  /** How many waited in vain until their time was over. */
  public long timedOut() {
    return refused.getOrDefault(Reason.TIMED_OUT, 0L);
  }

  /** How many were closed, for whatever reason. */
  public long closedInAll() {
    return closed.values().stream().mapToLong(Long::longValue).sum();
  }
}
