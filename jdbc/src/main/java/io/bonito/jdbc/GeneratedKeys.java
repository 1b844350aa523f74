package io.bonito.jdbc;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.row.RowStore;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.sql.SqlScanner;
import io.bonito.protocol.sql.SqlScanner.Token;
import io.bonito.protocol.value.Collation;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.WireFormat;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids that the server gave to new rows, as far as it tells them.
 *
 * <p>With each OK it tells one id, that of the first new row. Where a statement made one row, that
 * is its key. Where it made several, the others are known where {@link ConsecutiveKeys} says so.
 * Elsewhere reading behind the first key is an error that says so, and not a guess.
 */
final class GeneratedKeys {
  private static final int UNSIGNED_FLAG = 0x20;
  private static final int BIGINT_LENGTH = 20;

  private final String sql;
  private long[] ids = {};
  private int count;
  private boolean incomplete;
  private boolean untold;
  private long affectedRows;

  /**
   * @param sql of the statement, or empty for a batch of statements, each of one row
   */
  GeneratedKeys(String sql) {
    this.sql = sql;
  }

  /** Takes one statement's answer. */
  void add(Ok ok) {
    add(ok.insertId());
    incomplete |=
        ok.insertId() != 0 && ok.affectedRows() > 1 && !sql.isEmpty() && !insertsOneRow(sql);
    affectedRows = ok.affectedRows();
  }

  /** Whether a statement told the first key of several. */
  boolean isIncomplete() {
    return incomplete && count == 1;
  }

  /** Asks the server whether the other keys follow the first one, while that can be told. */
  void complete(Link link) throws SQLException {
    long step = ConsecutiveKeys.step(link, sql, affectedRows);
    if (step > 0) {
      long first = ids[0];
      for (long row = 1; row < affectedRows; row++) {
        add(first + row * step);
      }
      incomplete = false;
    }
  }

  /** Takes the answer to many rows at once, of whose keys none is known for certain. */
  void addUntold(Ok ok) {
    untold |= ok.insertId() != 0;
  }

  /** Takes one row's key; 0 where none was made. */
  void add(long id) {
    if (id == 0) {
      return;
    }
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(1, count * 2));
    }
    ids[count++] = id;
  }

  ResultSet resultSet(@Nullable JdbcStatement statement, JdbcType.Choices choices) {
    Columns columns = columns();
    RowStore store = new RowStore();
    Row row = new Row(columns);
    ByteWriter bytes = new ByteWriter();
    for (int i = 0; i < count; i++) {
      int start = bytes.end();
      bytes.writeLengthEncodedText(Long.toUnsignedString(ids[i]));
      row.moveTo(bytes.array(), start, bytes.end() - start);
      store.add(row);
    }
    Rows rows = new Rows(columns, store);
    if (untold) {
      rows.fail(
          SqlExceptions.general(
              "the rows went to the server together, which does not tell their keys then: prepare"
                  + " the statement with RETURN_GENERATED_KEYS"));
    } else if (incomplete) {
      rows.fail(
          SqlExceptions.general(
              "the server tells only the first key of several that one statement generated:"
                  + " insert the rows as a batch, or with INSERT ... RETURNING on MariaDB"));
    }
    return new JdbcResultSet(statement, rows, choices, ResultKind.PLAIN, 0);
  }

  private Columns columns() {
    boolean large = false;
    for (int i = 0; i < count; i++) {
      large |= ids[i] < 0;
    }
    return new Columns(
        List.of(
            new ColumnDefinition(
                "",
                "",
                "",
                "GENERATED_KEY",
                "GENERATED_KEY",
                Collation.BINARY,
                BIGINT_LENGTH,
                ColumnType.LONGLONG.code(),
                large ? UNSIGNED_FLAG : 0,
                0,
                "",
                "")),
        WireFormat.TEXT,
        DecodingOptions.DEFAULT);
  }

  /**
   * Whether a statement is an INSERT of one row: with one pair of parentheses behind VALUES, or
   * with SET. It may update a row instead, which counts as two.
   */
  static boolean insertsOneRow(String sql) {
    SqlScanner scanner = new SqlScanner(sql, SqlRules.DEFAULT);
    boolean behindValues = false;
    int depth = 0;
    int rows = 0;
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (token == Token.SYMBOL && scanner.isSymbol('(')) {
        rows += behindValues && depth == 0 ? 1 : 0;
        depth++;
      } else if (token == Token.SYMBOL && scanner.isSymbol(')')) {
        depth--;
      } else if (token == Token.WORD && depth == 0) {
        if (scanner.isWord("SELECT")) {
          return false;
        }
        if (scanner.isWord("ON") || scanner.isWord("AS") || scanner.isWord("RETURNING")) {
          break;
        }
        if (scanner.isWord("SET")) {
          return true;
        }
        behindValues |= scanner.isWord("VALUES") || scanner.isWord("VALUE");
      }
    }
    return rows == 1;
  }
}
