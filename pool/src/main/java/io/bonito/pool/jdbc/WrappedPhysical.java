package io.bonito.pool.jdbc;

import io.bonito.pool.lending.Slot;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Any driver's connection, lent behind delegates, through which all changes go. What a setter is
 * about to change is asked for before it is changed for the first time, so that a connection nobody
 * has changed costs nothing.
 */
final class WrappedPhysical extends Physical {
  private static final int AUTO_COMMIT = 1;
  private static final int READ_ONLY = 2;
  private static final int ISOLATION = 4;
  private static final int CATALOG = 8;
  private static final int SCHEMA = 16;
  private static final int NETWORK_TIMEOUT = 32;
  private static final int HOLDABILITY = 64;

  private final Connection connection;

  /** For connections that several use at once. */
  final Turn turn = new Turn();

  private int changed;
  private boolean readOnly;
  private boolean isReadOnly;
  private int isolation;
  private @Nullable String catalog;
  private @Nullable String schema;
  private int networkTimeout;
  private int holdability;

  private final boolean usualAutoCommit;
  private boolean autoCommit;
  private boolean touched;
  private boolean inTransaction;
  private volatile boolean executing;
  private volatile @Nullable String sql;

  WrappedPhysical(Connection connection, Lender lender) throws SQLException {
    super(connection, lender);
    this.connection = connection;
    usualAutoCommit = connection.getAutoCommit();
    autoCommit = usualAutoCommit;
  }

  // --- what is being done ---

  /** A statement is about to be executed. */
  void begin(@Nullable String text) {
    touched = true;
    inTransaction = !autoCommit;
    sql = text;
    executing = true;
  }

  void end() {
    executing = false;
  }

  void commit() throws SQLException {
    connection.commit();
    inTransaction = false;
  }

  void rollback() throws SQLException {
    connection.rollback();
    inTransaction = false;
  }

  @Override
  protected Connection handle(Slot<Physical> slot, long ticket) {
    return new LeasedConnection(slot, ticket);
  }

  @Override
  protected Connection handle(Slot<Physical> slot, long ticket, WatchedLoan loan) {
    return new WatchedConnection(slot, ticket, loan);
  }

  @Override
  protected boolean isInTransaction() {
    return inTransaction;
  }

  boolean usualAutoCommit() {
    return usualAutoCommit;
  }

  @Override
  protected boolean isExecuting() {
    return executing;
  }

  @Override
  protected String activity() {
    String text = sql;
    if (text == null) {
      return touched ? "idle" : "not used yet";
    }
    return (executing ? "executing " : "idle after ") + shown(text);
  }

  // --- what is changed ---

  void setAutoCommit(boolean value) throws SQLException {
    if (value == autoCommit) {
      return;
    }
    connection.setAutoCommit(value);
    autoCommit = value;
    // To turn it on commits.
    inTransaction = false;
    changed = value == usualAutoCommit ? changed & ~AUTO_COMMIT : changed | AUTO_COMMIT;
  }

  void setReadOnly(boolean value) throws SQLException {
    if ((changed & READ_ONLY) == 0) {
      readOnly = connection.isReadOnly();
    }
    changed |= READ_ONLY;
    connection.setReadOnly(value);
    isReadOnly = value;
  }

  @Override
  protected boolean isReadOnly() {
    return isReadOnly;
  }

  void setIsolation(int value) throws SQLException {
    if ((changed & ISOLATION) == 0) {
      isolation = connection.getTransactionIsolation();
    }
    changed |= ISOLATION;
    connection.setTransactionIsolation(value);
  }

  void setCatalog(String value) throws SQLException {
    if ((changed & CATALOG) == 0) {
      catalog = connection.getCatalog();
    }
    changed |= CATALOG;
    connection.setCatalog(value);
  }

  void setSchema(String value) throws SQLException {
    if ((changed & SCHEMA) == 0) {
      schema = connection.getSchema();
    }
    changed |= SCHEMA;
    connection.setSchema(value);
  }

  void setNetworkTimeout(java.util.concurrent.Executor executor, int value) throws SQLException {
    if ((changed & NETWORK_TIMEOUT) == 0) {
      networkTimeout = connection.getNetworkTimeout();
    }
    changed |= NETWORK_TIMEOUT;
    connection.setNetworkTimeout(executor, value);
  }

  void setHoldability(int value) throws SQLException {
    if ((changed & HOLDABILITY) == 0) {
      holdability = connection.getHoldability();
    }
    changed |= HOLDABILITY;
    connection.setHoldability(value);
  }

  // --- as it was ---

  @Override
  protected boolean needsReset() {
    return touched || changed != 0;
  }

  @Override
  protected void reset(ResetPolicy policy) throws SQLException {
    boolean open = inTransaction;
    if (open && policy != ResetPolicy.NONE) {
      endTransaction(policy);
    }
    if (touched) {
      connection.clearWarnings();
    }
    touched = false;
    sql = null;
    if (changed != 0) {
      // To turn auto-commit on would commit what nobody asked to commit.
      restore(/* autoCommitToo= */ !inTransaction);
    }
  }

  void endTransaction(ResetPolicy policy) throws SQLException {
    if (policy == ResetPolicy.COMMIT) {
      commit();
    } else {
      rollback();
    }
  }

  private void restore(boolean autoCommitToo) throws SQLException {
    if ((changed & READ_ONLY) != 0) {
      connection.setReadOnly(readOnly);
      isReadOnly = readOnly;
    }
    if ((changed & ISOLATION) != 0) {
      connection.setTransactionIsolation(isolation);
    }
    if ((changed & CATALOG) != 0) {
      connection.setCatalog(catalog);
    }
    if ((changed & SCHEMA) != 0) {
      connection.setSchema(schema);
    }
    if ((changed & NETWORK_TIMEOUT) != 0) {
      connection.setNetworkTimeout(Runnable::run, networkTimeout);
    }
    if ((changed & HOLDABILITY) != 0) {
      connection.setHoldability(holdability);
    }
    if ((changed & AUTO_COMMIT) != 0 && autoCommitToo) {
      connection.setAutoCommit(usualAutoCommit);
      autoCommit = usualAutoCommit;
    }
    changed = autoCommit == usualAutoCommit ? 0 : AUTO_COMMIT;
  }
}
