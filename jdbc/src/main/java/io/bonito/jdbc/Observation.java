package io.bonito.jdbc;

import io.bonito.jdbc.recording.Recorder;
import io.bonito.jdbc.recording.Recording;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.LogOptions;
import io.bonito.protocol.sql.SqlDigest;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of the statements of a link: the log of slow ones, and the Flight Recorder.
 *
 * <p>While neither wants to know, a statement costs the question whether they do.
 */
final class Observation {
  static final Recorder RECORDER = Recording.recorder();

  private static final System.Logger SLOW = System.getLogger("io.bonito.jdbc.slow");
  private static final long NEVER = Long.MAX_VALUE;

  private final Link link;
  private final long slowNanos;
  private final int longestSql;

  Observation(Link link, ConnectionOptions options) {
    this.link = link;
    this.slowNanos =
        options.get(LogOptions.LOG_SLOW_QUERIES)
            ? options.get(LogOptions.SLOW_QUERY_THRESHOLD).toNanos()
            : NEVER;
    this.longestSql = options.get(LogOptions.MAX_QUERY_SIZE_TO_LOG);
  }

  /**
   * A statement is about to be given.
   *
   * @param prepared whether it has places for values
   * @param commands how many statements a batch has; 1 for what is none
   * @return null while nobody wants to know
   */
  @Nullable Measurement begin(String sql, boolean prepared, int commands) {
    Object event = RECORDER.statementBegins();
    if (event == null && slowNanos == NEVER) {
      return null;
    }
    return new Measurement(this, sql, prepared, commands, event);
  }

  /**
   * The measured one is over. Not under the link's lock, as nobody knows what a log does.
   *
   * @param rows that came or were changed; -1 where they are still to come
   */
  void tell(Measurement measured, long nanos, long rows, @Nullable SQLException failure) {
    Object event = measured.event();
    boolean recorded = event != null && RECORDER.wants(event);
    boolean slow = nanos >= slowNanos && SLOW.isLoggable(System.Logger.Level.WARNING);
    if (!recorded && !slow) {
      return;
    }
    String sql = SqlDigest.of(measured.sql(), link.rules(), longestSql);
    if (event != null && recorded) {
      RECORDER.executed(
          event,
          new Recorder.Executed(
              link.options().target(),
              link.state().schema(),
              link.state().connectionId(),
              sql,
              measured.prepared(),
              rows,
              measured.commands(),
              outcome(failure)));
    }
    if (slow) {
      SLOW.log(System.Logger.Level.WARNING, () -> sentence(measured, sql, nanos, rows, failure));
    }
  }

  /** Without the message, which may hold values of the application's. */
  private static Recorder.Outcome outcome(@Nullable SQLException failure) {
    return failure == null
        ? Recorder.Outcome.SUCCESS
        : new Recorder.Outcome(
            failure.getClass().getSimpleName(), failure.getSQLState(), failure.getErrorCode());
  }

  private String sentence(
      Measurement measured, String sql, long nanos, long rows, @Nullable SQLException failure) {
    StringBuilder out = new StringBuilder(sql.length() + 100);
    out.append(nanos / 1_000_000).append(" ms, ");
    if (failure != null) {
      out.append("failed with ").append(failure.getErrorCode());
      out.append(" (").append(failure.getSQLState()).append(')');
    } else if (rows < 0) {
      out.append("its rows are still to come");
    } else {
      out.append(rows).append(rows == 1 ? " row" : " rows");
    }
    out.append(", connection ").append(Long.toUnsignedString(link.state().connectionId()));
    out.append(" to ").append(link.options().target()).append('/').append(link.state().schema());
    if (measured.commands() != 1) {
      out.append(", a batch of ").append(measured.commands());
    }
    return out.append(": ").append(sql).toString();
  }
}
