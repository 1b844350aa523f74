package io.bonito.jdbc;

import java.sql.CallableStatement;
import java.sql.SQLException;
import java.sql.SQLType;

/** The ways to say that a parameter comes out of a routine. */
interface OutRegistrations extends CallableStatement {
  int placeholder(String name) throws SQLException;

  /**
   * Notes that a parameter comes out.
   *
   * @param type one of {@link java.sql.Types}
   * @param scale of a decimal; -1 for as many digits as there are
   */
  void register(int index, int type, int scale) throws SQLException;

  @Override
  default void registerOutParameter(int index, int type) throws SQLException {
    register(index, type, ParameterObjects.NO_SCALE);
  }

  @Override
  default void registerOutParameter(int index, int type, int scale) throws SQLException {
    if (scale < 0) {
      throw SqlExceptions.misuse("a scale of " + scale);
    }
    register(index, type, scale);
  }

  @Override
  default void registerOutParameter(int index, int type, String typeName) throws SQLException {
    registerOutParameter(index, type);
  }

  @Override
  default void registerOutParameter(String name, int type) throws SQLException {
    registerOutParameter(placeholder(name), type);
  }

  @Override
  default void registerOutParameter(String name, int type, int scale) throws SQLException {
    registerOutParameter(placeholder(name), type, scale);
  }

  @Override
  default void registerOutParameter(String name, int type, String typeName) throws SQLException {
    registerOutParameter(placeholder(name), type);
  }

  @Override
  default void registerOutParameter(int index, SQLType type) throws SQLException {
    registerOutParameter(index, ParameterObjects.code(type));
  }

  @Override
  default void registerOutParameter(int index, SQLType type, int scale) throws SQLException {
    registerOutParameter(index, ParameterObjects.code(type), scale);
  }

  @Override
  default void registerOutParameter(int index, SQLType type, String typeName) throws SQLException {
    registerOutParameter(index, type);
  }

  @Override
  default void registerOutParameter(String name, SQLType type) throws SQLException {
    registerOutParameter(placeholder(name), type);
  }

  @Override
  default void registerOutParameter(String name, SQLType type, int scale) throws SQLException {
    registerOutParameter(placeholder(name), type, scale);
  }

  @Override
  default void registerOutParameter(String name, SQLType type, String typeName)
      throws SQLException {
    registerOutParameter(placeholder(name), type);
  }
}
