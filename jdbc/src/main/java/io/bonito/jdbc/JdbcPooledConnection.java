package io.bonito.jdbc;

import io.bonito.protocol.option.Options;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * A connection for somebody else's pool, as javax.sql has it.
 *
 * <pre>
 *   getConnection ─▶ a handle ─close─▶ statements closed, changes undone ─▶ connectionClosed
 *         └── a second one closes the first, and nobody is told
 * </pre>
 *
 * <p>What a borrower has changed is undone as {@link Leasable} says: the commands go when the
 * handle is closed, and their answers are read before the next one is given.
 */
class JdbcPooledConnection implements PooledConnection {
  private final PhysicalConnection physical;
  private final Link link;
  private final List<ConnectionEventListener> connectionListeners = new CopyOnWriteArrayList<>();
  private final List<StatementEventListener> statementListeners = new CopyOnWriteArrayList<>();

  // Under the link's lock.
  private @Nullable PooledHandle handle;
  private boolean restoreDue;

  private volatile boolean closed;
  private volatile boolean lossTold;

  JdbcPooledConnection(PhysicalConnection physical) throws SQLException {
    this.physical = physical;
    this.link = physical.link;
    try {
      physical.haveChangesTold();
    } catch (SQLException e) {
      physical.link.cancels().abortLink();
      throw e;
    }
    physical.rememberState();
    physical.onError(this::failed);
  }

  final Link link() {
    return link;
  }

  /** The branch that the connection works in, in words; null where it is nobody's. */
  @Nullable String branch() {
    return null;
  }

  // ---- handles

  @Override
  public Connection getConnection() throws SQLException {
    link.lock();
    try {
      PooledHandle before = handle;
      handle = null;
      if (before != null) {
        before.close();
      }
      if (closed || !link.transport().isOpen() || !isRestored()) {
        SQLException failure = SqlExceptions.connectionClosed();
        tellLoss(failure);
        throw failure;
      }
      PooledHandle given = new PooledHandle(this, physical);
      handle = given;
      return given;
    } finally {
      link.unlock();
    }
  }

  private boolean isRestored() {
    if (restoreDue && branch() == null) {
      restore();
    }
    long nanos = link.options().get(Options.CONNECT_TIMEOUT).toNanos();
    return physical.isReady(nanos > 0 ? nanos : Long.MAX_VALUE);
  }

  /** In a branch of a global transaction nothing can be undone before it has ended. */
  private boolean restore() {
    restoreDue = branch() != null;
    return restoreDue || physical.restore(Leasable.TransactionEnd.ROLLBACK);
  }

  /** A handle was closed, or aborted. */
  final void returned(PooledHandle ended, boolean reusable) {
    boolean ofApplication;
    boolean usable = reusable;
    link.lock();
    try {
      ofApplication = handle == ended;
      if (ofApplication) {
        handle = null;
      }
      if (reusable && !closed) {
        usable = restore();
      }
    } finally {
      link.unlock();
    }
    if (closed || !ofApplication) {
      return;
    }
    if (usable) {
      ConnectionEvent event = new ConnectionEvent(this);
      connectionListeners.forEach(listener -> listener.connectionClosed(event));
    } else {
      tellLoss(SqlExceptions.connectionClosed());
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    PooledHandle before;
    if (!link.lockSoon()) {
      // Another thread is within a call, which ends it.
      link.cancels().abortLink();
      return;
    }
    try {
      before = handle;
      handle = null;
      if (before != null) {
        before.close();
      }
    } finally {
      link.unlock();
      link.cancels().closeLink();
    }
  }

  // ---- what listeners hear

  /** Each error passes here, just before it is thrown. */
  private void failed(SQLException failure) {
    if (failure instanceof SQLNonTransientConnectionException || !link.transport().isOpen()) {
      PooledHandle lost = handle;
      if (lost != null && !statementListeners.isEmpty()) {
        lost.eachOpen(statement -> statementLost(statement, failure));
      }
      tellLoss(failure);
    }
  }

  private void tellLoss(SQLException failure) {
    if (closed || lossTold) {
      return;
    }
    lossTold = true;
    ConnectionEvent event = new ConnectionEvent(this, failure);
    connectionListeners.forEach(listener -> listener.connectionErrorOccurred(event));
  }

  final void statementClosed(PreparedStatement statement) {
    if (!statementListeners.isEmpty() && !lossTold) {
      StatementEvent event = new StatementEvent(this, statement);
      statementListeners.forEach(listener -> listener.statementClosed(event));
    }
  }

  /** A statement that the server alone has forgotten is prepared anew, and no error. */
  private void statementLost(JdbcStatement statement, SQLException failure) {
    if (statement instanceof JdbcPreparedStatement prepared && !prepared.isDriversOwn()) {
      StatementEvent event = new StatementEvent(this, prepared, failure);
      statementListeners.forEach(listener -> listener.statementErrorOccurred(event));
    }
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    connectionListeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    connectionListeners.remove(listener);
  }

  @Override
  public void addStatementEventListener(StatementEventListener listener) {
    statementListeners.add(listener);
  }

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {
    statementListeners.remove(listener);
  }
}
