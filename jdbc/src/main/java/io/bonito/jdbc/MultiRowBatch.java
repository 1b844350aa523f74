package io.bonito.jdbc;

import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.Parameters;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows of an insert as every server takes them: {@code VALUES (?, ?), (?, ?), …}, prepared.
 *
 * <p>Nothing is written into the text, so a row means what it means alone.
 */
final class MultiRowBatch extends InsertBatch {
  private final MultiRowStatements statements;
  private final long largest;

  /** True once the server has refused rows together, so that the others go alone. */
  private boolean alone;

  MultiRowBatch(
      Link link,
      List<Parameters> rows,
      ServerStatement statement,
      SqlTemplate template,
      InsertTables tables,
      MultiRowStatements statements) {
    super(link, rows, statement, template, tables);
    this.statements = statements;
    this.largest = statements.largestCommand();
  }

  @Override
  Sent send(int from, int to, long timeoutNanos) throws SQLException {
    int count = alone ? 1 : fitting(from, to);
    if (count == 1) {
      return new Sent(link().execute(statement(), rows().get(from)), 1);
    }
    try {
      ServerStatement together = statements.prepared(template(), count, timeoutNanos);
      Parameters all = Parameters.joined(rows().subList(from, from + count));
      return new Sent(link().execute(together, all), count);
    } catch (SQLException e) {
      alone = true;
      throw e;
    }
  }

  @Override
  void refused() {
    statements.forget(template());
  }

  /** How many rows from this one on go into one command. */
  private int fitting(int from, int to) {
    int most = Math.min(to - from, statements.mostRows(template()));
    long bytes = 0;
    for (int count = 0; count < most; count++) {
      bytes += rows().get(from + count).mostBytes();
      if (bytes > largest) {
        return Math.max(1, count);
      }
    }
    return most;
  }
}
