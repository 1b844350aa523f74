package io.bonito.pool.lending;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was seen when somebody waited in vain.
 *
 * @param pool its name
 * @param cause which of the causes it was
 * @param status the pool's numbers
 * @param waitedNanos how long the borrower waited
 * @param lastFailure the last failure to open, unless one was opened after it
 * @param lastFailureAgeNanos how long ago that was
 * @param openingNanos for how long the oldest of those that are being opened has been; 0 for none
 * @param budgetLimit what all pools may have together; {@link Settings#UNLIMITED}
 * @param budgetUse which pool uses how much of it
 * @param ownLoans how many the borrower had already, while it waited for another one
 * @param holders who has what; those that hold longest first
 */
public record Exhaustion(
    String pool,
    Cause cause,
    PoolStatus status,
    long waitedNanos,
    @Nullable Throwable lastFailure,
    long lastFailureAgeNanos,
    long openingNanos,
    int budgetLimit,
    Map<String, Integer> budgetUse,
    int ownLoans,
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
    /** Everything is lent to threads that wait for another one themselves. */
    NESTED_BORROW,
    /** Opening takes longer than the borrower could wait. */
    OPENING_TOO_SLOW,
    /** Other pools use what all may have together. */
    BUDGET_USED,
    /** Somebody has suspended the pool. */
    SUSPENDED
  }

  /** What an exception knows of it, or one that caused it. */
  public static Optional<Exhaustion> of(@Nullable Throwable failure) {
    int depth = 0;
    for (Throwable e = failure; e != null && depth++ < 100; e = e.getCause()) {
      if (e instanceof LendingException lending && lending.exhaustion() != null) {
        return Optional.ofNullable(lending.exhaustion());
      }
    }
    return Optional.empty();
  }

  /** A sentence, and who holds what. */
  public String describe() {
    StringBuilder text = new StringBuilder(sentence());
    if (ownLoans > 0 && cause != Cause.NESTED_BORROW) {
      text.append("; this thread has ").append(ownLoans).append(" of them already");
    }
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
      case ALL_HELD -> "all %d are held%s".formatted(status.used(), told());
      case NESTED_BORROW ->
          "all %d are held by threads that wait for another one, this thread among them;"
                  .formatted(status.used())
              + " none of them could ever go on";
      case OPENING_TOO_SLOW ->
          "%d are still being opened, for %.1f s".formatted(status.opening(), openingNanos / 1e9);
      case BUDGET_USED ->
          "all pools together may have %d, used by %s".formatted(budgetLimit, budgetUse);
      case SUSPENDED -> "the pool is suspended";
    };
  }

  /** How many of the holders do something with what they have. */
  private String told() {
    long executing = holders.stream().filter(Holder::executing).count();
    long waiting = holders.stream().filter(Holder::waiting).count();
    return ": %d execute, %d rest in their holders' hands%s"
        .formatted(
            executing,
            holders.size() - executing,
            waiting == 0 ? "" : ", %d of which wait for another one".formatted(waiting));
  }
}
