package io.bonito.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One statement of which somebody wants to know how long it takes: from when it is given to the end
 * of its answer, or, where its rows are streamed, to the first of them; from there on the
 * application sets the pace. Used under the link's lock, but for {@link #tell}.
 */
final class Measurement {
  private final Observation observation;
  private final String sql;
  private final boolean prepared;
  private final int commands;
  private final @Nullable Object event;
  private final long startNanos = System.nanoTime();
  private long nanos;
  private long rows;
  private @Nullable SQLException failure;

  Measurement(
      Observation observation, String sql, boolean prepared, int commands, @Nullable Object event) {
    this.observation = observation;
    this.sql = sql;
    this.prepared = prepared;
    this.commands = commands;
    this.event = event;
  }

  String sql() {
    return sql;
  }

  boolean prepared() {
    return prepared;
  }

  int commands() {
    return commands;
  }

  /** What the recorder has begun; null where nobody records. */
  @Nullable Object event() {
    return event;
  }

  // ---- where there may be none

  /**
   * It has ended; of several times the last one counts.
   *
   * @param rows that came or were changed; -1 where they are still to come
   */
  static void end(@Nullable Measurement measured, long rows, @Nullable SQLException failure) {
    if (measured != null) {
      measured.end(rows, failure);
    }
  }

  /** All commands of a batch have been answered. */
  static void end(@Nullable Measurement measured, long[] counts) {
    if (measured != null) {
      long sum = 0;
      for (long count : counts) {
        sum += Math.max(0, count);
      }
      measured.end(sum, null);
    }
  }

  /** Tells of it; without the link's lock. */
  static void tell(@Nullable Measurement measured) {
    if (measured != null) {
      measured.observation.tell(measured, measured.nanos, measured.rows, measured.failure);
    }
  }

  private void end(long rowCount, @Nullable SQLException e) {
    nanos = System.nanoTime() - startNanos;
    if (event != null) {
      Observation.RECORDER.statementEnds(event);
    }
    rows = rowCount;
    failure = e;
  }
}
