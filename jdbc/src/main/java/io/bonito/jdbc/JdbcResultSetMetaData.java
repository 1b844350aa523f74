package io.bonito.jdbc;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.value.Collation;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** What the server said of a result's columns. */
final class JdbcResultSetMetaData implements ResultSetMetaData {
  /** The server's word for "as many decimals as it needs". */
  private static final int DECIMALS_VARY = 31;

  private final Columns columns;
  private final JdbcType.Choices choices;

  JdbcResultSetMetaData(Columns columns, JdbcType.Choices choices) {
    this.columns = columns;
    this.choices = choices;
  }

  private ColumnDefinition definition(int column) throws SQLException {
    if (column < 1 || column > columns.count()) {
      throw SqlExceptions.misuse("column " + column + " of " + columns.count());
    }
    return columns.definition(column - 1);
  }

  private JdbcType type(int column) throws SQLException {
    return JdbcType.of(definition(column), choices);
  }

  @Override
  public int getColumnCount() {
    return columns.count();
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return definition(column).name();
  }

  /** The column's own name; that of an expression is its label. */
  @Override
  public String getColumnName(int column) throws SQLException {
    ColumnDefinition definition = definition(column);
    String original = definition.originalName();
    return original.isEmpty() || choices.aliasesAreNames() ? definition.name() : original;
  }

  @Override
  public String getTableName(int column) throws SQLException {
    ColumnDefinition definition = definition(column);
    if (choices.blankTables()) {
      return "";
    }
    String original = definition.originalTable();
    return original.isEmpty() || choices.aliasesAreNames() ? definition.table() : original;
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    return definition(column).schema();
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    definition(column);
    return "";
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return type(column).code();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return type(column).typeName();
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    JdbcType type = type(column);
    return columns.decoder(column - 1).hasNaturalCodec()
        ? columns.decoder(column - 1).objectClass().getName()
        : type.javaClass() == byte[].class ? "[B" : type.javaClass().getName();
  }

  /** Digits of a number, characters of a text, bytes of anything else. */
  @Override
  public int getPrecision(int column) throws SQLException {
    ColumnDefinition definition = definition(column);
    JdbcType type = type(column);
    long length = definition.length();
    if (type.isNumber() && type.typeName().startsWith("DECIMAL")) {
      // The sign and the point are counted by the server.
      length -= definition.isUnsigned() ? 0 : 1;
      length -= definition.decimals() > 0 ? 1 : 0;
    } else if (type.digits() > 0) {
      length = type.digits();
    } else if (type.isText()) {
      length /= JdbcType.characterSize(definition);
    }
    return (int) Math.max(0, Math.min(length, Integer.MAX_VALUE));
  }

  @Override
  public int getScale(int column) throws SQLException {
    ColumnDefinition definition = definition(column);
    JdbcType type = type(column);
    boolean counts =
        type.isNumber()
            || type == JdbcType.TIME
            || type.javaClass().getName().endsWith("Timestamp");
    return counts && definition.decimals() < DECIMALS_VARY ? definition.decimals() : 0;
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    ColumnDefinition definition = definition(column);
    long length = definition.length();
    if (type(column).isText()) {
      length /= JdbcType.characterSize(definition);
    }
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return type(column).isNumber() && !definition(column).isUnsigned();
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return definition(column).isNotNull() ? columnNoNulls : columnNullable;
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    return definition(column).isAutoIncrement();
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    ColumnDefinition definition = definition(column);
    JdbcType type = type(column);
    return (type.isText() || type.javaClass() == byte[].class)
        && (definition.isBinary() || definition.collation() == Collation.BINARY);
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    definition(column);
    return true;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    definition(column);
    return false;
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return definition(column).originalTable().isEmpty();
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return !isReadOnly(column);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    return !isReadOnly(column);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrappers.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
