package io.bonito.pool.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A prepared statement of a lent connection. */
class LeasedPreparedStatement extends PreparedStatementDelegate {
  private final PreparedStatement prepared;

  LeasedPreparedStatement(LeasedConnection owner, Statement delegate, String sql) {
    super(owner, delegate, sql);
    prepared = (PreparedStatement) delegate;
  }

  @Override
  final PreparedStatement preparedStatementDelegate() throws SQLException {
    owner.enter();
    return prepared;
  }
}
