package io.bonito.jdbc;

import io.bonito.protocol.sql.Identifiers;
import java.sql.SQLException;
import java.sql.Savepoint;

/** A savepoint, named by the application or by us. */
final class JdbcSavepoint implements Savepoint {
  private final int id;
  private final String name;

  JdbcSavepoint(int id) {
    this.id = id;
    this.name = "bonito_" + id;
  }

  JdbcSavepoint(String name) throws SQLException {
    if (name == null || name.isEmpty() || name.indexOf('\0') >= 0) {
      throw SqlExceptions.misuse("a savepoint needs a name");
    }
    this.id = 0;
    this.name = name;
  }

  static JdbcSavepoint of(Savepoint savepoint) throws SQLException {
    if (savepoint instanceof JdbcSavepoint ours) {
      return ours;
    }
    throw SqlExceptions.misuse("a savepoint of another driver");
  }

  String quoted() {
    return Identifiers.quote(name);
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (id == 0) {
      throw SqlExceptions.misuse("the savepoint has a name");
    }
    return id;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (id != 0) {
      throw SqlExceptions.misuse("the savepoint has a number");
    }
    return name;
  }
}
