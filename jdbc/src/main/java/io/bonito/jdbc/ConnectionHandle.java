package io.bonito.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A connection for one loan, over one that a pool keeps: what it makes are the driver's own
 * statements and results, with nothing around them. Closing it closes them and gives the connection
 * back; afterwards it does nothing any more, whoever has the connection then.
 *
 * <p>Pools derive theirs from it. {@link #ended} is called once, whoever closes or aborts it and
 * how often.
 */
public abstract class ConnectionHandle extends JdbcConnection {
  private static final VarHandle OVER;

  static {
    try {
      OVER = MethodHandles.lookup().findVarHandle(ConnectionHandle.class, "over", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile boolean over;

  /** Those that are open, under the link's lock. */
  private final OpenStatements statements = new OpenStatements();

  /**
   * @param connection what {@code unwrap(Leasable.class)} gave
   * @throws IllegalArgumentException where it is not this driver's
   */
  protected ConnectionHandle(Leasable connection) {
    super(physical(connection));
  }

  private static PhysicalConnection physical(Leasable connection) {
    if (connection instanceof PhysicalConnection physical) {
      return physical;
    }
    throw new IllegalArgumentException("a connection of another driver");
  }

  /**
   * The loan is over: its statements are closed.
   *
   * @param reusable false where the connection has been closed as well
   */
  protected abstract void ended(boolean reusable);

  /** Whether it has been closed or aborted. */
  protected final boolean isOver() {
    return over;
  }

  /** Ends the loan without closing anything; false where it was over before. */
  protected final boolean end() {
    return OVER.compareAndSet(this, false, true);
  }

  @Override
  public void close() throws SQLException {
    if (!end()) {
      return;
    }
    if (!link().lockSoon()) {
      // Another thread is within a call: what it does must not reach the next borrower.
      link().cancels().abortLink();
      ended(/* reusable= */ false);
      return;
    }
    SQLException failure; // of one that is lost it is no news
    try {
      failure = statements.close();
    } finally {
      link().unlock();
    }
    boolean reusable = link().transport().isOpen();
    ended(reusable);
    if (failure != null && reusable) {
      throw failure;
    }
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    boolean first = end();
    if (first) {
      try {
        super.abort(executor);
      } finally {
        ended(/* reusable= */ false);
      }
    }
  }

  @Override
  public void requireOpen() throws SQLException {
    if (over) {
      throw new SQLNonTransientConnectionException(
          "this connection has been given back to its pool", "08003");
    }
    super.requireOpen();
  }

  @Override
  public boolean isClosed() {
    return over || super.isClosed();
  }

  @Override
  <S extends JdbcStatement> S opened(S statement) throws SQLException {
    link().lock();
    try {
      requireOpen();
      statements.add(statement);
      return statement;
    } finally {
      link().unlock();
    }
  }

  /** Tells of each statement that is open; the caller has the link's lock. */
  final void eachOpen(Consumer<JdbcStatement> listener) {
    statements.each(listener);
  }

  @Override
  void closed(JdbcStatement statement) {
    if (over) {
      return;
    }
    taken().lock();
    try {
      statements.remove(statement);
    } finally {
      taken().unlock();
    }
  }
}
