package io.bonito.pool.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Metadata of a lent connection. */
final class LeasedMetaData extends DatabaseMetaDataDelegate {
  private final LeasedConnection owner;
  private final DatabaseMetaData delegate;

  LeasedMetaData(LeasedConnection owner, DatabaseMetaData delegate) {
    this.owner = owner;
    this.delegate = delegate;
  }

  @Override
  DatabaseMetaData databaseMetaDataDelegate() throws SQLException {
    owner.enter();
    return delegate;
  }

  @Override
  SQLException failed(SQLException e) {
    return owner.failed(e);
  }

  @Override
  void leave() {
    owner.leave();
  }

  @Override
  ResultSet wrap(ResultSet results) {
    return new LeasedResultSet(null, owner, results);
  }

  @Override
  public Connection getConnection() throws SQLException {
    owner.enter();
    owner.leave();
    return owner;
  }

  @Override
  public int getDriverMajorVersion() {
    return delegate.getDriverMajorVersion();
  }

  @Override
  public int getDriverMinorVersion() {
    return delegate.getDriverMinorVersion();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Refusals.unwrap(this, delegate, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || type.isInstance(delegate) || delegate.isWrapperFor(type);
  }
}
