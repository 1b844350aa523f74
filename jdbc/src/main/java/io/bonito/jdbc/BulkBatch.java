package io.bonito.jdbc;

import io.bonito.protocol.exchange.BulkExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.ParameterRows;
import java.sql.SQLException;

/** Rows of an insert as MariaDB takes them: as many in one command as have the same types. */
final class BulkBatch extends InsertBatch {
  private final ServerStatement statement;
  private final boolean wantsKeys;

  BulkBatch(
      Link link,
      ParameterRows rows,
      ServerStatement statement,
      Literals literals,
      SqlTemplate template,
      InsertTables tables,
      boolean wantsKeys)
      throws SQLException {
    super(link, rows, statement, literals, template, tables);
    this.statement = statement;
    this.wantsKeys = wantsKeys;
  }

  @Override
  Sent send(int from, int to, long timeoutNanos) throws SQLException {
    // As many of the rows as share their types and fit into a command.
    BulkExchange bulk = new BulkExchange(statement, rows(), from, to, wantsKeys);
    link().submit(statement.sql(), bulk);
    return new Sent(bulk, Math.max(1, bulk.rowCount()));
  }
}
