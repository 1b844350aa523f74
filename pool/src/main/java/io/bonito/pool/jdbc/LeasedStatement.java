package io.bonito.pool.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement of a lent connection, in the list of those that end with it. */
class LeasedStatement extends StatementDelegate {
  final LeasedConnection owner;
  private final Statement delegate;
  private final @Nullable String sql;
  private boolean executing;

  /** Its neighbours in the connection's list. */
  @Nullable LeasedStatement next;

  @Nullable LeasedStatement previous;

  LeasedStatement(LeasedConnection owner, Statement delegate, @Nullable String sql) {
    this.owner = owner;
    this.delegate = delegate;
    this.sql = sql;
    owner.add(this);
  }

  @Override
  final Statement statementDelegate() throws SQLException {
    owner.enter();
    return delegate;
  }

  @Override
  final SQLException failed(SQLException e) {
    return owner.failed(e);
  }

  @Override
  final void leave() {
    if (executing) {
      executing = false;
      if (!owner.isOver()) {
        owner.physical().end();
      }
    }
    owner.leave();
  }

  @Override
  final void executing(@Nullable String text) {
    executing = true;
    owner.physical().begin(text == null ? sql : text);
  }

  @Override
  @SuppressWarnings("NullAway") // Null means that there are no rows, as java.sql says.
  final ResultSet wrap(@Nullable ResultSet results) {
    return results == null ? null : new LeasedResultSet(this, owner, results);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (owner.isOver()) {
      throw Refusals.closed("statement");
    }
    return owner;
  }

  @Override
  public void close() throws SQLException {
    if (owner.isOver()) {
      return;
    }
    super.close();
    owner.remove(this);
  }

  final void closeWithConnection() throws SQLException {
    delegate.close();
  }

  @Override
  public boolean isClosed() throws SQLException {
    return owner.isOver() || delegate.isClosed();
  }

  @Override
  public void cancel() throws SQLException {
    // From another thread, while this one's call is under way: no turn to wait for.
    if (owner.isOver()) {
      throw Refusals.closed("statement");
    }
    try {
      delegate.cancel();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Refusals.unwrap(this, delegate, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || type.isInstance(delegate) || delegate.isWrapperFor(type);
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
