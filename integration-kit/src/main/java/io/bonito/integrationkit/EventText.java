package io.bonito.integrationkit;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.message.ServerStatus;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ColumnType;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * Events as the {@code =} lines of conversations.
 *
 * <pre>
 *   COLUMNS id LONG, name VAR_STRING        ROW 1 | one        ROW 2 | null        ROW 3 | x'00ff'
 *   RESULT_END 1 affected, id 5, more results, schema kit
 *   FAILED 1064 42000 You have an error ...                    PREPARED 2 parameters; id LONG
 * </pre>
 */
final class EventText {
  private EventText() {}

  static String of(Event event, Exchange exchange) {
    return switch (event) {
      case COLUMNS -> "COLUMNS " + columns(exchange.columns());
      case ROW -> "ROW " + row(((ResultExchange) exchange).row());
      case RESULT_END -> ("RESULT_END " + end(exchange.ok())).strip();
      case PREPARED -> "PREPARED " + prepared((PrepareExchange) exchange);
      case FAILED -> failed(exchange.error());
      case NEED_BYTES, START_TLS, LOCAL_DATA, READY, DONE, EXPIRED, CLOSED -> event.name();
    };
  }

  static String failed(ServerError error) {
    return "FAILED " + error.code() + " " + error.sqlState() + " " + line(error.message());
  }

  private static String columns(Columns columns) {
    StringJoiner text = new StringJoiner(", ");
    for (ColumnDefinition column : columns.definitions()) {
      String extended = column.extendedType();
      text.add(
          (column.name() + " " + ColumnType.of(column.type()) + (column.isUnsigned() ? "+" : ""))
              + (extended.isEmpty() ? "" : " " + extended));
    }
    return line(text.toString());
  }

  private static String row(Row row) {
    StringJoiner text = new StringJoiner(" | ");
    for (int column = 0; column < row.columns().count(); column++) {
      text.add(value(row, column));
    }
    return text.toString().strip();
  }

  private static String value(Row row, int column) {
    if (row.getObject(column) instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    return line(String.valueOf(row.getString(column)));
  }

  private static String end(Ok ok) {
    StringJoiner text = new StringJoiner(", ");
    if (ok.affectedRows() != 0) {
      text.add(Long.toUnsignedString(ok.affectedRows()) + " affected");
    }
    if (ok.insertId() != 0) {
      text.add("id " + Long.toUnsignedString(ok.insertId()));
    }
    if (ok.warnings() != 0) {
      text.add(ok.warnings() + " warnings");
    }
    status(ok, text);
    if (ok.changes().schema() != null) {
      text.add("schema " + ok.changes().schema());
    }
    ok.changes().variables().forEach((name, value) -> text.add(name + "=" + value));
    if (!ok.info().isEmpty()) {
      text.add("\"" + ok.info() + "\"");
    }
    return line(text.toString());
  }

  private static void status(Ok ok, StringJoiner text) {
    flag(ok, ServerStatus.IN_TRANSACTION, "in transaction", text);
    flag(ok, ServerStatus.MORE_RESULTS_EXIST, "more results", text);
    flag(ok, ServerStatus.CURSOR_EXISTS, "cursor", text);
    flag(ok, ServerStatus.LAST_ROW_SENT, "last row", text);
    flag(ok, ServerStatus.PS_OUT_PARAMS, "out parameters", text);
    flag(ok, ServerStatus.NO_BACKSLASH_ESCAPES, "no backslash escapes", text);
  }

  private static void flag(Ok ok, int bit, String words, StringJoiner text) {
    if (ok.has(bit)) {
      text.add(words);
    }
  }

  private static String prepared(PrepareExchange exchange) {
    int parameters = exchange.statement().parameters().size();
    Columns columns = exchange.statement().columns();
    return parameters + " parameters" + (columns == null ? "" : "; " + columns(columns));
  }

  /** On one line, and without the blanks at its ends that editors love to remove. */
  private static String line(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").strip();
  }
}
