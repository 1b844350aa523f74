package io.bonito.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * What an application gets of a {@link JdbcPooledConnection}. While the connection works in a
 * branch of a global transaction, whose end is the transaction manager's, it ends none of its own.
 */
final class PooledHandle extends ConnectionHandle {
  /** "Invalid transaction termination". */
  private static final String NOT_HERE_TO_END = "2D000";

  /** What the server says of it too, and one of the rivals: XAER_RMERR. */
  private static final int REFUSED = 1401;

  private final JdbcPooledConnection owner;

  PooledHandle(JdbcPooledConnection owner, PhysicalConnection physical) {
    super(physical);
    this.owner = owner;
  }

  @Override
  protected void ended(boolean reusable) {
    owner.returned(this, reusable);
  }

  @Override
  JdbcPreparedStatement prepare(String sql) throws SQLException {
    JdbcPreparedStatement statement = super.prepare(sql);
    statement.beDriversOwn();
    return statement;
  }

  @Override
  void closed(JdbcStatement statement) {
    super.closed(statement);
    if (statement instanceof JdbcPreparedStatement prepared && !prepared.isDriversOwn()) {
      owner.statementClosed(prepared);
    }
  }

  // ---- transactions

  private void requireNoBranch(String what) throws SQLException {
    requireOpen();
    String branch = owner.branch();
    if (branch != null) {
      throw new SQLException(
          what + " while the connection works in a global transaction: " + branch,
          NOT_HERE_TO_END,
          REFUSED);
    }
  }

  /** In a branch nothing is committed by itself, whatever the server calls it. */
  @Override
  public boolean getAutoCommit() throws SQLException {
    requireOpen();
    return owner.branch() == null && super.getAutoCommit();
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    if (autoCommit) {
      requireNoBranch("setAutoCommit(true)");
    }
    requireOpen();
    if (owner.branch() == null) {
      super.setAutoCommit(autoCommit);
    }
  }

  @Override
  public void commit() throws SQLException {
    requireNoBranch("commit");
    super.commit();
  }

  @Override
  public void rollback() throws SQLException {
    requireNoBranch("rollback");
    super.rollback();
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    requireNoBranch("setSavepoint");
    return super.setSavepoint();
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    requireNoBranch("setSavepoint");
    return super.setSavepoint(name);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    requireNoBranch("rollback to a savepoint");
    super.rollback(savepoint);
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    requireNoBranch("releaseSavepoint");
    super.releaseSavepoint(savepoint);
  }
}
