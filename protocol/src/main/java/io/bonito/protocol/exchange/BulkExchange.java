package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.ParameterRows;
import io.bonito.protocol.value.SqlCharset;
import io.bonito.protocol.value.WireFormat;

/**
 * COM_STMT_BULK_EXECUTE: MariaDB runs one statement for many rows of parameters.
 *
 * <pre>
 *   0xFA  statement id(4)  flags(2)  type(2) for each parameter
 *   then for each row and parameter: indicator(1) [value]
 * </pre>
 *
 * <p>Answered by one OK for all, or where unit results are agreed on by a result with a row
 * (generated id, affected rows) for each row sent.
 *
 * @see <a
 *     href="https://mariadb.com/docs/server/reference/clientserver-protocol/3-binary-protocol-prepared-statements/com_stmt_bulk_execute">COM_STMT_BULK_EXECUTE</a>
 */
public final class BulkExchange extends ResultExchange {
  /** Bytes of rows in one command, but for a larger one: enough to make its round trip cheap. */
  private static final int LARGEST = 4 << 20;

  private static final int UNIT_RESULTS = 0x40;
  private static final int SEND_TYPES = 0x80;

  private final ServerStatement statement;
  private final ParameterRows rows;
  private final int from;
  private final int to;
  private final short[] types;
  private final boolean unitResults;
  private int rowCount;

  /**
   * @param from the first row to go
   * @param to behind the last one; those from the first one of other types on are left out
   * @param unitResults whether each row's own count and id is wanted; it needs
   *     MARIADB_BULK_UNIT_RESULTS
   */
  public BulkExchange(
      ServerStatement statement, ParameterRows rows, int from, int to, boolean unitResults) {
    super(WireFormat.BINARY);
    this.statement = statement;
    this.types = new short[rows.width()];
    int end = from;
    while (end < to && rows.joinTypes(end, types)) {
      end++;
    }
    this.rows = rows;
    this.from = from;
    this.to = end;
    this.unitResults = unitResults;
  }

  /**
   * How many of the rows given have gone into the command: those of the same types, as many as the
   * server takes in one, and a few MiB of them at most. 0 before it is written.
   */
  public int rowCount() {
    return rowCount;
  }

  @Override
  public void begin(Wire wire) {
    if (!wire.state().has(Capability.MARIADB_STMT_BULK_OPERATIONS)
        || (unitResults && !wire.state().has(Capability.MARIADB_BULK_UNIT_RESULTS))) {
      throw new IllegalStateException("the server does not do this in bulk");
    }
    if (!statement.isPrepared()) {
      unprepared();
      return;
    }
    ByteWriter body = wire.out().beginCommand();
    body.writeInt8(Command.STMT_BULK_EXECUTE);
    body.writeInt32(statement.id());
    body.writeInt16(SEND_TYPES | (unitResults ? UNIT_RESULTS : 0));
    ParameterRows.writeBulkTypes(types, body);
    // The server may change what it remembers of their types.
    statement.forgetTypes();
    rowCount = writeRows(body, wire);
    sequence(wire.out().end());
  }

  private int writeRows(ByteWriter body, Wire wire) {
    int start = body.end();
    SqlCharset charset = wire.state().clientCharset();
    for (int row = from; row < to; row++) {
      int end = body.end();
      rows.writeBulkRow(row, charset, body);
      if (row > from && (body.end() - start > LARGEST || wire.out().isTooLarge())) {
        body.truncate(end);
        return row - from;
      }
    }
    return to - from;
  }

  /** By a number that was told only: what was foretold wrongly would have to be sent again. */
  @Override
  public boolean mayFollow(Exchange unanswered) {
    return !statement.isPreparing();
  }

  @Override
  boolean maySwitchCharacterSet(SessionState state) {
    return SqlTemplate.of(statement.sql(), state.sqlRules()).mayChangeCharset();
  }

  @Override
  public long sizeHint() {
    return 32 + 16L * (to - from) * rows.width();
  }
}
