package io.bonito.pool.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows of a lent connection; its statement is the application's, not the driver's. */
final class LeasedResultSet extends ResultSetDelegate {
  private final @Nullable Statement statement;
  private final LeasedConnection owner;
  private final ResultSet delegate;

  LeasedResultSet(@Nullable Statement statement, LeasedConnection owner, ResultSet delegate) {
    this.statement = statement;
    this.owner = owner;
    this.delegate = delegate;
  }

  @Override
  ResultSet resultSetDelegate() throws SQLException {
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
  @SuppressWarnings("NullAway") // Null means that metadata made it, as java.sql says.
  public Statement getStatement() throws SQLException {
    owner.enter();
    owner.leave();
    return statement;
  }

  @Override
  public void close() throws SQLException {
    if (!owner.isOver()) {
      super.close();
    }
  }

  @Override
  public boolean isClosed() throws SQLException {
    return owner.isOver() || delegate.isClosed();
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
