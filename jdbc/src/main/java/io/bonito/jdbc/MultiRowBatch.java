package io.bonito.jdbc;

import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.ParameterRows;
import io.bonito.protocol.value.Parameters;
import java.sql.SQLException;

/**
 * Rows of an insert as every server takes them: {@code VALUES (?, ?), (?, ?), …}, prepared.
 *
 * <p>Nothing is written into the text, so a row means what it means alone.
 */
final class MultiRowBatch extends InsertBatch {
  private final ServerStatement statement;
  private final MultiRowStatements statements;
  private final long largest;

  /** True once the server has refused rows together, so that the others go alone. */
  private boolean alone;

  MultiRowBatch(
      Link link,
      ParameterRows rows,
      ServerStatement statement,
      Literals literals,
      SqlTemplate template,
      InsertTables tables,
      MultiRowStatements statements)
      throws SQLException {
    super(link, rows, statement, literals, template, tables);
    this.statement = statement;
    this.statements = statements;
    this.largest = statements.largestCommand();
  }

  @Override
  Sent send(int from, int to, long timeoutNanos) throws SQLException {
    int count = alone ? 1 : fitting(from, to);
    if (count == 1) {
      return new Sent(link().execute(statement, rows().row(from)), 1);
    }
    try {
      ServerStatement together = statements.prepared(template(), count, timeoutNanos);
      Parameters all = rows().rows(from, from + count);
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
      bytes += rows().mostBytes(from + count);
      if (bytes > largest) {
        return Math.max(1, count);
      }
    }
    return most;
  }
}
