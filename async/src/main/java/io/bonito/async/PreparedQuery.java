package io.bonito.async;

import io.bonito.protocol.value.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the server has prepared. There is nothing to close: the connection keeps it at
 * hand as long as it is among the {@code prepStmtCacheSize} used last, and prepares it anew else.
 */
public final class PreparedQuery {
  private final Line line;
  private final String sql;
  private final int parameterCount;

  PreparedQuery(Line line, String sql, int parameterCount) {
    this.line = line;
    this.sql = sql;
    this.parameterCount = parameterCount;
  }

  public String sql() {
    return sql;
  }

  public int parameterCount() {
    return parameterCount;
  }

  /** Slots for the values of one execution, to be filled without an object for each number. */
  public Parameters parameters() {
    return line.parameters(parameterCount);
  }

  /**
   * The statement with values.
   *
   * @throws AsyncException where there are too many or too few, or SQL has no type for one
   */
  public Query with(@Nullable Object... values) {
    Line.requireCount(values.length, parameterCount);
    return with(AsyncConnection.parameters(line, values));
  }

  /** The statement with values, which are not to be changed before it is complete. */
  public Query with(Parameters values) {
    Line.requireCount(values.count(), parameterCount);
    return new Query(
        line, sql, values, /* asksForPreparation= */ true, line.statementTimeoutNanos(), null);
  }

  /**
   * Executes it once for each of these, all in one round trip where the server can bear that. The
   * server does not stop at an error: those behind it are executed all the same.
   *
   * @return what each came to; fails as the first that failed, when all are answered
   */
  public CompletableFuture<List<Outcome>> batch(List<Parameters> rows) {
    Pipeline pipeline = new Pipeline(line);
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>(rows.size());
    for (Parameters values : rows) {
      outcomes.add(pipeline.add(with(values)));
    }
    return Pipeline.all(pipeline.run(), outcomes);
  }
}
