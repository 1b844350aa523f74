package io.bonito.jdbc;

import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.value.Parameters;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement with many rows of values. */
final class ParameterBatch extends Batch {
  /** Makes text of a statement that the server cannot prepare. */
  interface Literals {
    String text(Parameters row) throws SQLException;
  }

  private final List<Parameters> rows;
  private final @Nullable ServerStatement statement;

  /**
   * @param statement null where the values go as text
   */
  ParameterBatch(
      Link link, List<Parameters> rows, @Nullable ServerStatement statement, Literals literals)
      throws SQLException {
    super(link);
    this.rows = rows;
    this.statement = statement;
    if (statement == null) {
      for (Parameters row : rows) {
        add(literals.text(row));
      }
    }
  }

  @Override
  int size() {
    return rows.size();
  }

  @Override
  ResultExchange submit(int index) throws SQLException {
    return statement == null ? super.submit(index) : link().execute(statement, rows.get(index));
  }
}
