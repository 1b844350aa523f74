package io.bonito.pool.lending;

import org.jspecify.annotations.Nullable;

/** Why nothing was lent. */
public final class LendingException extends Exception {
  private static final long serialVersionUID = 1;

  /** The kinds of no. */
  public enum Reason {
    /** The time that the borrower gave was over. */
    TIMED_OUT,
    /** As many wait already as may. */
    TOO_MANY_WAITERS,
    /** The pool is closed, or was closed while the borrower waited. */
    CLOSED,
    /** The source says that it will not work. */
    REFUSED,
    /** All holders wait for one more, this thread among them: nobody could ever go on. */
    DEADLOCK,
    /** The thread was interrupted, and its flag is set again; or who was to be called gave up. */
    INTERRUPTED,
    /** This kind of pool lends no second one now. */
    ALREADY_LENT
  }

  private final Reason reason;
  private final transient @Nullable Exhaustion exhaustion;

  public LendingException(
      Reason reason, String message, @Nullable Throwable cause, @Nullable Exhaustion exhaustion) {
    super(message, cause);
    this.reason = reason;
    this.exhaustion = exhaustion;
  }

  public Reason reason() {
    return reason;
  }

  /** What was seen when the time was over; null for the other reasons, and after serialization. */
  public @Nullable Exhaustion exhaustion() {
    return exhaustion;
  }
}
