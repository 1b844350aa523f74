package io.bonito.pool.lending;

import io.bonito.pool.lending.LendingException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Watches what a pool does beside its short ways: a loan that finds an idle thing, and its return,
 * are not told, and cost nothing more because of this. Called by whichever thread does the thing,
 * without any lock; what is thrown here is logged and dropped.
 *
 * <p>What takes time is told twice. What the first call returns is given to the second one.
 */
public interface PoolObserver {
  /** Watches nothing. */
  PoolObserver NONE = new PoolObserver() {};

  /** Somebody is about to wait. */
  default @Nullable Object waitBegins() {
    return null;
  }

  /**
   * Somebody has waited.
   *
   * @param nanos since the borrower began to ask
   * @param refusal why it got nothing; null if it got one
   */
  default void waited(@Nullable Object begun, String pool, long nanos, @Nullable Reason refusal) {}

  /** One is about to be opened. */
  default @Nullable Object openingBegins() {
    return null;
  }

  /**
   * One has been opened, or has not.
   *
   * @param failure null if it was
   */
  default void opened(
      @Nullable Object begun, String pool, long nanos, @Nullable Throwable failure) {}

  /** One is about to be closed. */
  default @Nullable Object closingBegins() {
    return null;
  }

  /**
   * One has been closed.
   *
   * @param ageNanos since it was opened
   */
  default void closed(@Nullable Object begun, String pool, CloseReason reason, long ageNanos) {}

  /** Somebody has waited in vain, or could never have got one. */
  default void exhausted(Exhaustion exhaustion) {}

  /** One has been lent for longer than it should. */
  default void leaked(String pool, Holder holder) {}

  /** The pool lends no more; told once or more often. */
  default void poolClosed(String pool) {}

  /** Two that both watch. */
  static PoolObserver both(PoolObserver one, PoolObserver other) {
    return one == NONE ? other : other == NONE ? one : new Observers(one, other);
  }
}
