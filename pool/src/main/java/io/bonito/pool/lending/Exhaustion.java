package io.bonito.pool.lending;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was seen when somebody waited in vain.
 *
 * @param cause which of the causes it was
 * @param status the pool's numbers
 * @param waitedNanos how long the borrower waited
 * @param lastFailure the last failure to open, unless one was opened after it
 * @param lastFailureAgeNanos how long ago that was
 * @param budgetLimit what all pools may have together; {@link Settings#UNLIMITED}
 * @param budgetUse which pool uses how much of it
 * @param holders who has what; those that hold longest first
 */
public record Exhaustion(
    Cause cause,
    PoolStatus status,
    long waitedNanos,
    @Nullable Throwable lastFailure,
    long lastFailureAgeNanos,
    int budgetLimit,
    Map<String, Integer> budgetUse,
    List<Holder> holders) {

  private static final int TOLD = 5;

  /** Why there was nothing to lend. */
  public enum Cause {
    /** The other side cannot be reached. */
    UNREACHABLE,
    /** The other side has no room for more. */
    NO_CAPACITY,
    /** Everything is lent. */
    ALL_HELD,
    /** Opening takes longer than the borrower could wait. */
    OPENING_TOO_SLOW,
    /** Other pools use what all may have together. */
    BUDGET_USED,
    /** Somebody has suspended the pool. */
    SUSPENDED
  }

  /** A sentence, and who holds what. */
  public String describe() {
    StringBuilder text = new StringBuilder(sentence());
    int told = 0;
    for (Holder holder : holders) {
      if (told++ == TOLD) {
        text.append("\n  and ").append(holders.size() - TOLD).append(" more");
        break;
      }
      text.append('\n').append(holder.describe());
    }
    return text.toString();
  }

  private String sentence() {
    return switch (cause) {
      case UNREACHABLE, NO_CAPACITY ->
          "%s: the last attempt failed %.1f s ago: %s"
              .formatted(
                  cause == Cause.UNREACHABLE ? "cannot connect" : "the server has no room",
                  lastFailureAgeNanos / 1e9,
                  lastFailure);
      case ALL_HELD -> "all %d are held".formatted(status.used());
      case OPENING_TOO_SLOW -> "%d are still being opened".formatted(status.opening());
      case BUDGET_USED ->
          "all pools together may have %d, used by %s".formatted(budgetLimit, budgetUse);
      case SUSPENDED -> "the pool is suspended";
    };
  }
}
