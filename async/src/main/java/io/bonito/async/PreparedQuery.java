package io.bonito.async;

import io.bonito.protocol.message.Capability;
import io.bonito.protocol.option.ServerPreparation;
import io.bonito.protocol.value.ParameterRows;
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

  /**
   * Executes it for all of these rows as one statement, where the server has a command for that, as
   * MariaDB has: for inserts of many rows, of which none is asked after. Rows whose values are of
   * other kinds than those before, and rows beyond 4 MiB, go with a command of their own; of a
   * table with transactions the server takes all rows of a command or none. Elsewhere it is a
   * {@link #batch}.
   *
   * @return how many rows were affected in all; fails as the first command that the server refuses.
   *     What was sent before stays, and nothing is sent after: begin a transaction where all are to
   *     be taken back
   * @see <a
   *     href="https://mariadb.com/docs/server/reference/clientserver-protocol/3-binary-protocol-prepared-statements/com_stmt_bulk_execute">COM_STMT_BULK_EXECUTE</a>
   */
  public CompletableFuture<Long> bulk(List<Parameters> rows) {
    if (rows.isEmpty()) {
      return CompletableFuture.completedFuture(0L);
    }
    for (Parameters values : rows) {
      Line.requireCount(values.count(), parameterCount);
      Line.requireSet(values);
    }
    if (parameterCount == 0
        || line.preparation() == ServerPreparation.NEVER
        || !line.state().has(Capability.MARIADB_STMT_BULK_OPERATIONS)) {
      return batch(rows).thenApply(PreparedQuery::affected);
    }
    Bulk bulk = new Bulk(line, sql, ParameterRows.of(rows));
    line.turns().add(bulk);
    return bulk.future();
  }

  private static long affected(List<Outcome> outcomes) {
    long sum = 0;
    for (Outcome outcome : outcomes) {
      sum += outcome.affectedRows();
    }
    return sum;
  }
}
