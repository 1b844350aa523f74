package io.bonito.jdbc;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.row.RowStore;
import io.bonito.protocol.value.Collation;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.WireFormat;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result that needs no server: rows of text and of numbers. */
final class FixedRows {
  private static final int NULL_VALUE = 0xFB;
  private static final int UTF8MB4_GENERAL_CI = 45;
  private static final int TEXT_LENGTH = 256 * 4;
  private static final int NUMBER_LENGTH = 11;

  private final Columns columns;
  private final Row row;
  private final RowStore store = new RowStore();

  /**
   * @param names of the columns; those of numbers end with a #
   */
  FixedRows(String... names) {
    List<ColumnDefinition> definitions = new ArrayList<>();
    for (String name : names) {
      boolean number = name.endsWith("#");
      String label = number ? name.substring(0, name.length() - 1) : name;
      definitions.add(
          new ColumnDefinition(
              "",
              "",
              "",
              label,
              label,
              number ? Collation.BINARY : UTF8MB4_GENERAL_CI,
              number ? NUMBER_LENGTH : TEXT_LENGTH,
              (number ? ColumnType.LONG : ColumnType.VAR_STRING).code(),
              0,
              0,
              "",
              ""));
    }
    this.columns = new Columns(definitions, WireFormat.TEXT, DecodingOptions.DEFAULT);
    this.row = new Row(columns);
  }

  /** Adds a row; a value is printed, and null is NULL. */
  FixedRows add(@Nullable Object... values) {
    ByteWriter bytes = new ByteWriter();
    for (Object value : values) {
      if (value == null) {
        bytes.writeInt8(NULL_VALUE);
      } else {
        bytes.writeLengthEncodedText(value.toString());
      }
    }
    row.moveTo(bytes.array(), 0, bytes.end());
    store.add(row);
    return this;
  }

  ResultSet resultSet(JdbcConnection connection) {
    return new JdbcResultSet(
        null, new Rows(columns, store), connection.choices(), ResultKind.PLAIN, 0);
  }
}
