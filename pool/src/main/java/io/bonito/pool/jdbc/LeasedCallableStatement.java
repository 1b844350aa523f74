package io.bonito.pool.jdbc;

import java.sql.CallableStatement;
import java.sql.SQLException;

/** A callable statement of a lent connection. */
final class LeasedCallableStatement extends CallableStatementDelegate {
  private final CallableStatement callable;

  LeasedCallableStatement(LeasedConnection owner, CallableStatement delegate, String sql) {
    super(owner, delegate, sql);
    callable = delegate;
  }

  @Override
  CallableStatement callableStatementDelegate() throws SQLException {
    owner.enter();
    return callable;
  }
}
