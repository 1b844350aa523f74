package io.bonito.jdbc;

import io.bonito.protocol.message.ColumnDefinition;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/**
 * What the server said of a statement's parameters. MariaDB and older MySQL servers know little
 * more than their number; such a parameter is a VARCHAR that may be null.
 */
final class JdbcParameterMetaData implements ParameterMetaData {
  private final int count;
  private final List<ColumnDefinition> definitions;
  private final JdbcType.Choices choices;

  JdbcParameterMetaData(int count, List<ColumnDefinition> definitions, JdbcType.Choices choices) {
    this.count = count;
    this.definitions = definitions;
    this.choices = choices;
  }

  private JdbcType type(int parameter) throws SQLException {
    if (parameter < 1 || parameter > count) {
      throw SqlExceptions.misuse("parameter " + parameter + " of " + count);
    }
    if (parameter > definitions.size()) {
      return JdbcType.VARCHAR;
    }
    JdbcType type = JdbcType.of(definitions.get(parameter - 1), choices);
    return type == JdbcType.NULL ? JdbcType.VARCHAR : type;
  }

  @Override
  public int getParameterCount() {
    return count;
  }

  @Override
  public int isNullable(int parameter) throws SQLException {
    type(parameter);
    return parameterNullableUnknown;
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    return type(parameter).isNumber() && !definitions.get(parameter - 1).isUnsigned();
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    type(parameter);
    return parameter > definitions.size()
        ? 0
        : (int) Math.min(definitions.get(parameter - 1).length(), Integer.MAX_VALUE);
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    return type(parameter).isNumber() ? definitions.get(parameter - 1).decimals() : 0;
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    return type(parameter).code();
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    return type(parameter).typeName();
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    return type(parameter).javaClass().getName();
  }

  @Override
  public int getParameterMode(int parameter) throws SQLException {
    type(parameter);
    return parameterModeIn;
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
