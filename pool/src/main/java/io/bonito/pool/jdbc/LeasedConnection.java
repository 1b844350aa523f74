package io.bonito.pool.jdbc;

import io.bonito.pool.lending.Slot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A handle on a lent connection, made for one loan. Closing it closes its statements, undoes what
 * was changed and gives the connection back; afterwards the handle does nothing any more, and so a
 * connection that is someone else's by now is out of its reach.
 *
 * <p>Four fields, 32 bytes: there is one of these for each loan.
 */
class LeasedConnection extends ConnectionDelegate implements Lease {
  private static final VarHandle DELEGATE;

  static {
    try {
      DELEGATE =
          MethodHandles.lookup()
              .findVarHandle(LeasedConnection.class, "delegate", Connection.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable Connection delegate;
  private @Nullable LeasedStatement statements;
  Slot<Physical> slot;
  final long ticket;

  LeasedConnection(Slot<Physical> slot, long ticket) {
    this.slot = slot;
    this.ticket = ticket;
    delegate = slot.thing().connection();
  }

  /** The driver's connection, without waiting for a turn. */
  private Connection present() throws SQLException {
    Connection present = delegate;
    if (present == null) {
      throw Refusals.closed("connection");
    }
    return present;
  }

  @Override
  Connection connectionDelegate() throws SQLException {
    return present();
  }

  /** Before a statement's call; a shared connection waits for its turn. */
  void enter() throws SQLException {
    if (delegate == null) {
      throw Refusals.closed("connection");
    }
  }

  @Override
  void leave() {}

  @Override
  SQLException failed(SQLException e) {
    if (delegate != null) {
      physical().judge(slot, ticket, e);
    }
    return e;
  }

  /**
   * Ends the loan for its holder. Of threads that close it together one goes on: what it does to
   * the connection then must not reach the next borrower.
   *
   * @return what it was on; null where it had ended
   */
  private @Nullable Connection end() {
    return (Connection) DELEGATE.getAndSet(this, null);
  }

  /** Only while this is open, and by who ends it. */
  final WrappedPhysical physical() {
    return (WrappedPhysical) slot.thing();
  }

  // --- the end ---

  @Override
  public void close() throws SQLException {
    if (end() == null) {
      return;
    }
    WrappedPhysical physical = physical();
    SQLException failure = statements == null ? null : closeStatements(physical);
    giveBack(physical);
    if (failure != null) {
      throw failure;
    }
  }

  void giveBack(WrappedPhysical physical) {
    physical.lender().takeBack(slot, ticket, physical);
  }

  /** A connection that is lost fails to close its statements, and that is no news. */
  private @Nullable SQLException closeStatements(WrappedPhysical physical) {
    SQLException failure = null;
    if (physical.lender().isAbandoned(slot)) {
      statements = null;
    }
    for (LeasedStatement each = statements; each != null; each = each.next) {
      try {
        each.closeWithConnection();
      } catch (SQLException e) {
        physical.judge(slot, ticket, e);
        failure = physical.lender().keeps(e) ? e : null;
      }
    }
    statements = null;
    return failure;
  }

  @Override
  public boolean isClosed() throws SQLException {
    Connection present = delegate;
    return present == null || present.isClosed();
  }

  final boolean isOver() {
    return delegate == null;
  }

  @Override
  public boolean isValid(int seconds) throws SQLException {
    Connection present = delegate;
    return present != null && present.isValid(seconds);
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    Connection present = end();
    if (present == null) {
      return;
    }
    WrappedPhysical physical = physical();
    try {
      present.abort(executor);
    } finally {
      physical.lender().invalidate(slot, ticket, physical, null);
    }
  }

  @Override
  public void invalidate(@Nullable Throwable reason) throws SQLException {
    if (end() == null) {
      throw Refusals.closed("connection");
    }
    WrappedPhysical physical = physical();
    physical.lender().invalidate(slot, ticket, physical, reason);
  }

  @Override
  public void invalidateSoftly(@Nullable Throwable reason) throws SQLException {
    present();
    physical().lender().invalidateSoftly(slot, ticket, reason);
  }

  @Override
  public void detach() throws SQLException {
    present();
    slot = physical().lender().detach(slot, ticket);
  }

  @Override
  public boolean isInTransaction() {
    return delegate != null && physical().isInTransaction() && physical().endsUse(slot, ticket);
  }

  @Override
  public String description() {
    return delegate == null ? "a closed connection" : physical().description();
  }

  @Override
  public Connection driverConnection() throws SQLException {
    return present();
  }

  @Override
  public long epoch() throws SQLException {
    present();
    return slot.epoch();
  }

  // --- statements ---

  void add(LeasedStatement statement) {
    statement.next = statements;
    if (statements != null) {
      statements.previous = statement;
    }
    statements = statement;
  }

  void remove(LeasedStatement statement) {
    if (statement.previous != null) {
      statement.previous.next = statement.next;
    } else if (statements == statement) {
      statements = statement.next;
    }
    if (statement.next != null) {
      statement.next.previous = statement.previous;
    }
    statement.next = null;
    statement.previous = null;
  }

  @Override
  Statement wrap(Statement statement) {
    return new LeasedStatement(this, statement, null);
  }

  @Override
  PreparedStatement wrap(PreparedStatement statement, String sql) {
    return new LeasedPreparedStatement(this, statement, sql);
  }

  @Override
  CallableStatement wrap(CallableStatement statement, String sql) {
    return new LeasedCallableStatement(this, statement, sql);
  }

  @Override
  DatabaseMetaData wrap(DatabaseMetaData metaData) {
    return new LeasedMetaData(this, metaData);
  }

  // --- what changes the connection ---

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    change(physical -> physical.setAutoCommit(autoCommit));
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    change(physical -> physical.setReadOnly(readOnly));
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    change(physical -> physical.setIsolation(level));
  }

  @Override
  public void setCatalog(String catalog) throws SQLException {
    change(physical -> physical.setCatalog(catalog));
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    change(physical -> physical.setSchema(schema));
  }

  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
    change(physical -> physical.setNetworkTimeout(executor, milliseconds));
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    change(physical -> physical.setHoldability(holdability));
  }

  @Override
  public void commit() throws SQLException {
    change(WrappedPhysical::commit);
  }

  @Override
  public void rollback() throws SQLException {
    change(WrappedPhysical::rollback);
  }

  private interface Change {
    void to(WrappedPhysical physical) throws SQLException;
  }

  private void change(Change change) throws SQLException {
    connectionDelegate();
    try {
      change.to(physical());
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      leave();
    }
  }

  // --- newer than JDK 17 ---

  public String enquoteLiteral(String text) throws SQLException {
    return Newer.enquoteLiteral(present(), text);
  }

  public String enquoteNCharLiteral(String text) throws SQLException {
    return Newer.enquoteNCharLiteral(present(), text);
  }

  public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
    return Newer.enquoteIdentifier(present(), identifier, alwaysQuote);
  }

  public boolean isSimpleIdentifier(String identifier) throws SQLException {
    return Newer.isSimpleIdentifier(present(), identifier);
  }

  // --- wrapper ---

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Refusals.unwrap(this, present(), type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || type.isInstance(present()) || present().isWrapperFor(type);
  }

  @Override
  public String toString() {
    return "lent " + delegate;
  }
}
