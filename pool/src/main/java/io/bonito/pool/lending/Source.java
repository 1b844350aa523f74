package io.bonito.pool.lending;

import java.util.function.Consumer;

/** Makes, checks and ends the things that are lent. What says nothing else may block. */
public interface Source<T> {
  /**
   * Makes one.
   *
   * @throws Exception where that failed; {@link #judge} says what it means
   */
  T open() throws Exception;

  /**
   * Whether it still works.
   *
   * @param nanos how long that may take, above 0
   */
  boolean check(T thing, long nanos);

  /**
   * The same for who must not wait. A source for such borrowers answers later: once, by whatever
   * thread, within the time.
   */
  default void check(T thing, long nanos, Consumer<Boolean> told) {
    told.accept(check(thing, nanos));
  }

  /**
   * Whether the one who asks by {@link SlotPool#ask}, on this thread, would rather have this one;
   * it may be another's at the time, and must only be looked at.
   */
  default boolean isNear(T thing) {
    return false;
  }

  /**
   * Ends it; never throws.
   *
   * @return for how many nanoseconds from now the other side may still count it; 0 where it has
   *     been seen to count it no more
   */
  long close(T thing);

  /** Ends it without a word to the other side, as what another process may be using. */
  default void abandon(T thing) {
    close(thing);
  }

  /**
   * For how many nanoseconds the other side lets it rest before it ends it; {@link Settings#NEVER}
   * if it never does. Asked once, after {@link #open}.
   */
  default long mayRest(T thing) throws Exception {
    return Settings.NEVER;
  }

  /**
   * What it is doing, for those who wonder why it does not come back; may be called at any time.
   */
  default String activity(T thing) {
    return "";
  }

  /** Whether it is busy with that now; may be called at any time. */
  default boolean isExecuting(T thing) {
    return false;
  }

  /** What a failed {@link #open} means. */
  default OpenFailure judge(Throwable failure) {
    return OpenFailure.UNREACHABLE;
  }
}
