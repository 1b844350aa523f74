package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.row.Columns;

/**
 * COM_STMT_FETCH: more rows of a statement's cursor.
 *
 * <pre>
 *   0x1C  statement id(4)  rows(4)
 * </pre>
 *
 * <p>The last rows end with {@link io.bonito.protocol.message.ServerStatus#LAST_ROW_SENT}.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_fetch.html">COM_STMT_FETCH</a>
 */
public final class FetchExchange extends ResultExchange {
  private final ServerStatement statement;
  private final int rows;

  /**
   * @param columns of the result that the cursor stands in
   * @param rows at most so many, above 0
   */
  public FetchExchange(ServerStatement statement, Columns columns, int rows) {
    super(columns);
    this.statement = statement;
    this.rows = rows;
  }

  @Override
  public void begin(Wire wire) {
    ByteWriter body = wire.out().beginCommand();
    body.writeInt8(Command.STMT_FETCH);
    body.writeInt32(statement.id());
    body.writeInt32(rows);
    sequence(wire.out().end());
  }

  @Override
  public long sizeHint() {
    return 16;
  }
}
