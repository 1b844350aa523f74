package io.bonito.jdbc;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.sql.Identifiers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one table whose rows a result shows, and the columns of the result that tell its rows apart.
 *
 * @param columns of the result
 * @param key indexes of columns of the result: all columns of a unique key without NULLs
 */
record RowTarget(String schema, String table, Columns columns, List<Integer> key) {
  /**
   * Whether the columns are those of one table, and some of them belong to a key. Nothing is asked
   * of the server for this; whether the key is whole is asked when a row is first changed.
   */
  static boolean isSingleTable(Columns columns) {
    ColumnDefinition first = columns.definition(0);
    boolean hasKey = false;
    for (ColumnDefinition column : columns.definitions()) {
      if (column.originalTable().isEmpty()
          || column.originalName().isEmpty()
          || !column.originalTable().equals(first.originalTable())
          || !column.table().equals(first.table())
          || !column.schema().equals(first.schema())) {
        return false;
      }
      hasKey |= column.isPrimaryKey() || column.isUniqueKey() || column.isNotNull();
    }
    return hasKey;
  }

  /**
   * Asks the server for the table's keys.
   *
   * @throws SQLException where the result has none of them as a whole
   */
  static RowTarget find(JdbcConnection connection, Columns columns) throws SQLException {
    ColumnDefinition first = columns.definition(0);
    String sql =
        "SELECT INDEX_NAME, COLUMN_NAME, NULLABLE = '' AND SUB_PART IS NULL"
            + " FROM information_schema.STATISTICS"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0"
            + " ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX";
    List<Integer> key = null;
    try (JdbcPreparedStatement statement = connection.prepare(sql)) {
      statement.setString(1, first.schema());
      statement.setString(2, first.originalTable());
      try (ResultSet rows = statement.executeQuery()) {
        String index = "";
        List<Integer> candidate = new ArrayList<>();
        boolean whole = false;
        while (rows.next()) {
          if (!rows.getString(1).equals(index)) {
            if (whole) {
              break;
            }
            index = rows.getString(1);
            candidate = new ArrayList<>();
            whole = true;
          }
          int column = indexOf(columns, rows.getString(2));
          whole &= column >= 0 && rows.getBoolean(3);
          candidate.add(column);
        }
        key = whole ? candidate : null;
      }
    }
    if (key == null) {
      throw SqlExceptions.notSupported(
          "rows can be changed only where the result has all columns of a unique key without NULLs;"
              + " this one has none of table "
              + first.originalTable());
    }
    return new RowTarget(first.schema(), first.originalTable(), columns, List.copyOf(key));
  }

  private static int indexOf(Columns columns, @Nullable String name) {
    for (int i = 0; name != null && i < columns.count(); i++) {
      if (columns.definition(i).originalName().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  String column(int index) {
    return Identifiers.quote(columns.definition(index).originalName());
  }

  private String name() {
    return Identifiers.quote(schema) + "." + Identifiers.quote(table);
  }

  // ---- SQL

  String update(List<Integer> changed) {
    StringBuilder sql = new StringBuilder("UPDATE ").append(name()).append(" SET ");
    for (int i = 0; i < changed.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(column(changed.get(i))).append(" = ?");
    }
    return sql.append(where()).toString();
  }

  String delete() {
    return "DELETE FROM " + name() + where();
  }

  String insert(List<Integer> given) {
    StringBuilder sql = new StringBuilder("INSERT INTO ").append(name()).append(" (");
    for (int i = 0; i < given.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(column(given.get(i)));
    }
    return sql.append(") VALUES (")
        .append("?, ".repeat(Math.max(0, given.size() - 1)))
        .append(given.isEmpty() ? ")" : "?)")
        .toString();
  }

  /** Reads one row, in columns like those of the result. */
  String select() {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < columns.count(); i++) {
      sql.append(i == 0 ? "" : ", ").append(column(i));
    }
    return sql.append(" FROM ").append(name()).append(where()).toString();
  }

  private String where() {
    StringBuilder sql = new StringBuilder();
    for (int column : key) {
      sql.append(sql.length() == 0 ? " WHERE " : " AND ").append(column(column)).append(" = ?");
    }
    return sql.toString();
  }

  /** Whether a row that was read again can stand among those of the result. */
  boolean fits(Row row) {
    for (int i = 0; i < columns.count(); i++) {
      ColumnDefinition ours = columns.definition(i);
      ColumnDefinition its = row.columns().definition(i);
      if (ours.type() != its.type()
          || ours.isUnsigned() != its.isUnsigned()
          || ours.collation() != its.collation()) {
        return false;
      }
    }
    return row.columns().format() == columns.format();
  }
}
