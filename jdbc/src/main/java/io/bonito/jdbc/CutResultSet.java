package io.bonito.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose texts and bytes are given only up to a size, as {@code setMaxFieldSize} has it: texts
 * in characters, bytes in bytes. What is more is left out without a word.
 */
final class CutResultSet extends JdbcResultSet {
  private final int size;

  CutResultSet(JdbcStatement statement, Rows rows, JdbcType.Choices choices, Settings settings) {
    super(statement, rows, choices, settings.kind(), settings.fetchSize());
    this.size = settings.maxFieldSize();
  }

  @Override
  public @Nullable String getString(int column) throws SQLException {
    String value = super.getString(column);
    return value == null || value.length() <= size || !isCut(column)
        ? value
        : value.substring(0, size);
  }

  @Override
  public byte @Nullable [] getBytes(int column) throws SQLException {
    byte[] value = super.getBytes(column);
    return value == null || value.length <= size || !isCut(column)
        ? value
        : Arrays.copyOf(value, size);
  }

  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    Object value = super.getObject(column);
    if (value instanceof String) {
      return getString(column);
    }
    return value instanceof byte[] ? getBytes(column) : value;
  }

  private boolean isCut(int column) {
    JdbcType type = type(column);
    return type.isText() || type.javaClass() == byte[].class;
  }
}
