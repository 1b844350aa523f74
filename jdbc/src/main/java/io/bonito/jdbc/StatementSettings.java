package io.bonito.jdbc;

import java.sql.SQLException;
import java.sql.Statement;

/** The methods of {@link Statement} that only ask or tell how to execute. */
interface StatementSettings extends Statement {
  /** The settings; an error where the statement is closed. */
  Settings settings() throws SQLException;

  @Override
  default int getFetchSize() throws SQLException {
    return settings().fetchSize();
  }

  @Override
  default void setFetchSize(int rows) throws SQLException {
    settings().fetchSize(rows);
  }

  @Override
  default int getMaxRows() throws SQLException {
    return (int) Math.min(settings().maxRows(), Integer.MAX_VALUE);
  }

  @Override
  default void setMaxRows(int max) throws SQLException {
    settings().maxRows(max);
  }

  @Override
  default long getLargeMaxRows() throws SQLException {
    return settings().maxRows();
  }

  @Override
  default void setLargeMaxRows(long max) throws SQLException {
    settings().maxRows(max);
  }

  @Override
  default int getQueryTimeout() throws SQLException {
    return settings().timeoutSeconds();
  }

  @Override
  default void setQueryTimeout(int seconds) throws SQLException {
    settings().timeoutSeconds(seconds);
  }

  @Override
  default void setEscapeProcessing(boolean enable) throws SQLException {
    settings().escapes(enable);
  }

  @Override
  default boolean isPoolable() throws SQLException {
    return settings().poolable();
  }

  @Override
  default void setPoolable(boolean poolable) throws SQLException {
    settings().poolable(poolable);
  }

  @Override
  default int getResultSetType() throws SQLException {
    return settings().kind().type();
  }

  @Override
  default int getResultSetConcurrency() throws SQLException {
    return settings().kind().concurrency();
  }

  @Override
  default int getResultSetHoldability() throws SQLException {
    return settings().kind().holdability();
  }

  @Override
  default int getFetchDirection() throws SQLException {
    return settings().fetchDirection();
  }

  /** A hint; rows come in the order in which the server sends them. */
  @Override
  default void setFetchDirection(int direction) throws SQLException {
    settings().fetchDirection(direction);
  }

  @Override
  default int getMaxFieldSize() throws SQLException {
    return settings().maxFieldSize();
  }

  @Override
  default void setMaxFieldSize(int max) throws SQLException {
    settings().maxFieldSize(max);
  }

  /** The servers have no positioned updates, and for such JDBC has this do nothing. */
  @Override
  default void setCursorName(String name) throws SQLException {
    settings();
  }
}
