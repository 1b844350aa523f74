package io.bonito.jdbc;

import io.bonito.protocol.exchange.BulkExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.Parameters;
import java.sql.SQLException;
import java.util.List;

/** Rows of an insert as MariaDB takes them: as many in one command as have the same types. */
final class BulkBatch extends InsertBatch {
  private final boolean wantsKeys;

  BulkBatch(
      Link link,
      List<Parameters> rows,
      ServerStatement statement,
      SqlTemplate template,
      InsertTables tables,
      boolean wantsKeys) {
    super(link, rows, statement, template, tables);
    this.wantsKeys = wantsKeys;
  }

  @Override
  Sent send(int from, int to, long timeoutNanos) throws SQLException {
    BulkExchange bulk = link().executeBulk(statement(), rows().subList(from, to), wantsKeys);
    return new Sent(bulk, Math.max(1, bulk.rowCount()));
  }
}
