package io.bonito.jdbc.recording;

import org.jspecify.annotations.Nullable;

/**
 * Where connections and statements are told of.
 *
 * <p>What begins is an object to be handed back at the end, or null while nobody records.
 */
public interface Recorder {
  /** For a JVM that has no Flight Recorder. */
  Recorder NONE = new Recorder() {};

  /** Who connects to what; empty and 0 for what is not known. */
  record Connected(
      String server,
      String database,
      String version,
      long connection,
      boolean encrypted,
      Outcome outcome) {}

  /**
   * A statement that has been answered.
   *
   * @param sql without values, and cut
   * @param rows that came or were changed; -1 where they are still to come
   * @param commands how many there were in a batch; 1 for what is none
   */
  record Executed(
      String server,
      String database,
      long connection,
      String sql,
      boolean prepared,
      long rows,
      int commands,
      Outcome outcome) {}

  /** How it went: nulls and 0 where it went well. */
  record Outcome(@Nullable String failure, @Nullable String sqlState, int code) {
    public static final Outcome SUCCESS = new Outcome(null, null, 0);
  }

  default @Nullable Object connectBegins() {
    return null;
  }

  default void connected(Object begun, Connected told) {}

  default @Nullable Object statementBegins() {
    return null;
  }

  /** The time of what has begun ends here. */
  default void statementEnds(Object begun) {}

  /** Whether what has begun and ended took so long that it is recorded. */
  default boolean wants(Object begun) {
    return false;
  }

  default void executed(Object begun, Executed told) {}
}
