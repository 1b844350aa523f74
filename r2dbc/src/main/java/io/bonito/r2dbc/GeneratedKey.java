package io.bonito.r2dbc;

import io.bonito.async.Outcome;
import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.Collation;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.WireFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The id that a server tells with its OK, as a row of one column.
 *
 * @param incomplete what to say where other rows got ids too, which the server does not tell
 */
record GeneratedKey(Row row, @Nullable Throwable incomplete) {
  private static final int UNSIGNED_FLAG = 0x20;
  private static final int NOT_NULL_FLAG = 0x01;
  private static final int BIGINT_LENGTH = 20;
  private static final String DEFAULT_NAME = "GENERATED_KEY";

  /**
   * @param names as they were asked for; the first names the column
   * @param oneRow whether the statement inserts one row, as far as its text tells
   */
  static GeneratedKey of(Outcome outcome, List<String> names, boolean oneRow) {
    String name = names.isEmpty() ? DEFAULT_NAME : names.get(0);
    Columns columns =
        new Columns(
            List.of(
                new ColumnDefinition(
                    "",
                    "",
                    "",
                    name,
                    name,
                    Collation.BINARY,
                    BIGINT_LENGTH,
                    ColumnType.LONGLONG.code(),
                    NOT_NULL_FLAG | (outcome.insertId() < 0 ? UNSIGNED_FLAG : 0),
                    0,
                    "",
                    "")),
            WireFormat.TEXT,
            DecodingOptions.DEFAULT);
    ByteWriter bytes = new ByteWriter();
    bytes.writeLengthEncodedText(Long.toUnsignedString(outcome.insertId()));
    Row row = new Row(columns);
    row.moveTo(bytes.array(), 0, bytes.end());
    // A row that was updated in place of an insert counts as two.
    boolean complete = oneRow || outcome.affectedRows() <= 1;
    return new GeneratedKey(
        row,
        complete
            ? null
            : Exceptions.general(
                "the server tells only the first key of several that one statement generated:"
                    + " insert the rows one by one, with add(), or with RETURNING on MariaDB"));
  }
}
