package io.bonito.jdbc;

import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.value.ParameterRows;
import io.bonito.protocol.value.Parameters;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One statement with many rows of values, each in a command of its own. */
class ParameterBatch extends Batch {
  /** Makes text of a statement that the server cannot prepare. */
  interface Literals {
    String text(Parameters row) throws SQLException;
  }

  private final ParameterRows rows;
  private final @Nullable ServerStatement statement;

  /**
   * @param statement null where the values go as text
   */
  ParameterBatch(
      Link link, ParameterRows rows, @Nullable ServerStatement statement, Literals literals)
      throws SQLException {
    super(link);
    this.rows = rows;
    this.statement = statement;
    if (statement == null) {
      for (int row = 0; row < rows.size(); row++) {
        add(literals.text(rows.row(row)));
      }
    }
  }

  final ParameterRows rows() {
    return rows;
  }

  @Override
  final int size() {
    return rows.size();
  }

  @Override
  final String sql(int index) {
    return statement == null ? super.sql(index) : statement.sql();
  }

  @Override
  final ResultExchange submit(int index) throws SQLException {
    return statement == null ? super.submit(index) : link().execute(statement, rows.row(index));
  }
}
