package io.bonito.conformance.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one driver tells of statements: texts, under names of where each was found. */
final class Telling {
  /** More would be a statement that never ends. */
  private static final int MOST_RESULTS = 20;

  /** One way to read a column. */
  private record Getter(String name, Getting getting) {}

  /** Reads a column. */
  private interface Getting {
    Object get(ResultSet rows, int column) throws SQLException;
  }

  private static final List<Getter> GETTERS =
      List.of(
          new Getter("getObject", ResultSet::getObject),
          new Getter("getString", ResultSet::getString),
          new Getter("getBoolean", ResultSet::getBoolean),
          new Getter("getByte", ResultSet::getByte),
          new Getter("getShort", ResultSet::getShort),
          new Getter("getInt", ResultSet::getInt),
          new Getter("getLong", ResultSet::getLong),
          new Getter("getFloat", ResultSet::getFloat),
          new Getter("getDouble", ResultSet::getDouble),
          new Getter("getBigDecimal", ResultSet::getBigDecimal),
          new Getter("getBytes", ResultSet::getBytes),
          new Getter("getDate", ResultSet::getDate),
          new Getter("getTime", ResultSet::getTime),
          new Getter("getTimestamp", ResultSet::getTimestamp),
          new Getter("getLocalDateTime", (rows, i) -> rows.getObject(i, LocalDateTime.class)));

  private final Map<String, String> told = new LinkedHashMap<>();
  private String place = "";

  Map<String, String> all() {
    return told;
  }

  /** What follows is told of this. */
  void at(String name) {
    place = name;
  }

  void tell(String aspect, Object value) {
    told.put(place + " # " + aspect, text(value));
  }

  /** Reads all results of an execution, and what comes with them. */
  void results(Statement statement, boolean rows, boolean keys) throws SQLException {
    boolean hasRows = rows;
    for (int i = 1; i <= MOST_RESULTS; i++) {
      if (hasRows) {
        try (ResultSet result = statement.getResultSet()) {
          result("result " + i + " ", result);
        }
      } else {
        int count = statement.getUpdateCount();
        tell("result " + i + " count", count);
        if (count < 0) {
          break;
        }
      }
      if (keys && !hasRows) {
        keys(statement);
      }
      hasRows = statement.getMoreResults();
    }
  }

  private void keys(Statement statement) {
    try (ResultSet generated = statement.getGeneratedKeys()) {
      int count = 0;
      while (generated.next()) {
        tell("key " + ++count, generated.getLong(1));
      }
      tell("keys", count);
    } catch (SQLException e) {
      failure("keys", e);
    }
  }

  void warnings(Statement statement) throws SQLException {
    int count = 0;
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      String name = "warning " + ++count + " ";
      tell(name + "code", warning.getErrorCode());
      tell(name + "state", warning.getSQLState());
      tell(name + "message", warning.getMessage());
    }
    tell("warnings", count);
  }

  private void result(String name, ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    int columns = meta.getColumnCount();
    tell(name + "columns", columns);
    for (int i = 1; i <= columns; i++) {
      column(name + "column " + i + " ", meta, i);
    }
    int row = 0;
    while (rows.next()) {
      row++;
      for (int i = 1; i <= columns; i++) {
        for (Getter getter : GETTERS) {
          value(name + "row " + row + " column " + i + " " + getter.name(), rows, i, getter);
        }
      }
    }
    tell(name + "rows", row);
  }

  private void column(String name, ResultSetMetaData meta, int i) throws SQLException {
    tell(name + "label", meta.getColumnLabel(i));
    tell(name + "name", meta.getColumnName(i));
    tell(name + "table", meta.getTableName(i));
    tell(name + "catalog", meta.getCatalogName(i));
    tell(name + "schema", meta.getSchemaName(i));
    tell(name + "type", meta.getColumnType(i));
    tell(name + "typeName", meta.getColumnTypeName(i));
    tell(name + "className", meta.getColumnClassName(i));
    tell(name + "precision", meta.getPrecision(i));
    tell(name + "scale", meta.getScale(i));
    tell(name + "displaySize", meta.getColumnDisplaySize(i));
    tell(name + "nullable", meta.isNullable(i));
    tell(name + "signed", meta.isSigned(i));
    tell(name + "autoIncrement", meta.isAutoIncrement(i));
    tell(name + "caseSensitive", meta.isCaseSensitive(i));
    tell(name + "readOnly", meta.isReadOnly(i));
  }

  private void value(String name, ResultSet rows, int column, Getter getter) {
    try {
      Object value = getter.getting().get(rows, column);
      String text = text(value);
      if (getter.name().equals("getObject") && value != null) {
        text = type(value) + " " + text;
      }
      told.put(place + " # " + name, rows.wasNull() ? text + " wasNull" : text);
    } catch (SQLException | RuntimeException e) {
      tell(name, "fails");
      goBack(rows);
    }
  }

  /** MariaDB Connector/J reads the wrong bytes behind a getter that has failed, until then. */
  private static void goBack(ResultSet rows) {
    try {
      rows.getString(rows.getMetaData().getColumnCount());
      rows.getString(1);
    } catch (SQLException | RuntimeException e) {
      return; // it is where it should be then, too
    }
  }

  private static String type(Object value) {
    return value instanceof Blob
        ? "Blob"
        : value instanceof Clob ? "Clob" : value.getClass().getTypeName();
  }

  /** A result as DatabaseMetaData gives it: names of columns and texts. */
  void table(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    int columns = meta.getColumnCount();
    StringBuilder names = new StringBuilder();
    for (int i = 1; i <= columns; i++) {
      names.append(meta.getColumnLabel(i)).append(' ');
    }
    tell("names", names);
    int row = 0;
    while (rows.next()) {
      row++;
      for (int i = 1; i <= columns; i++) {
        tell("row " + row + " " + meta.getColumnLabel(i), rows.getString(i));
      }
    }
    tell("rows", row);
  }

  /** A failure, without what the rivals write before the server's own text. */
  void failure(String name, SQLException e) {
    tell(name, "fails");
    tell(name + " class", javaClass(e));
    tell(name + " state", e.getSQLState());
    tell(name + " code", e.getErrorCode());
    tell(
        name + " message",
        String.valueOf(e.getMessage())
            .replaceFirst("^\\(conn=\\d+\\) ", "")
            .replaceFirst("^Data truncation: ", ""));
  }

  /** The class of the JDK that it is caught by. */
  private static String javaClass(SQLException e) {
    Class<?> type = e.getClass();
    while (!type.getName().startsWith("java.")) {
      type = type.getSuperclass();
    }
    return type.getSimpleName();
  }

  private static String text(Object value) {
    try {
      if (value instanceof byte[] bytes) {
        return "x" + HexFormat.of().formatHex(bytes);
      }
      if (value instanceof float[] numbers) {
        return Arrays.toString(numbers);
      }
      if (value instanceof Blob blob) {
        return "x" + HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
      }
      if (value instanceof Clob clob) {
        return clob.getSubString(1, (int) clob.length());
      }
      if (value instanceof InputStream stream) {
        return "x" + HexFormat.of().formatHex(stream.readAllBytes());
      }
      if (value instanceof Reader reader) {
        StringBuilder text = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
          text.append((char) c);
        }
        return text.toString();
      }
    } catch (SQLException | IOException e) {
      return "fails: " + e;
    }
    return String.valueOf(value);
  }
}
