package io.bonito.jdbc;

import io.bonito.protocol.sql.SessionUse;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection that has none under it until it needs one.
 *
 * <pre>
 *   SHARING ──whatever asks for {@link #physical}──▶ OWN ──▶ closed
 *      └────────────────────────────────────────────────────▲
 * </pre>
 *
 * <p>Guarded by how it is built: everything that a {@link JdbcConnection} and its statements do
 * goes through {@link #physical}, which takes a connection that is nobody else's, for the rest of
 * this one's life. Only what stands in this class, and {@link JdbcStatement#executeShared}, does
 * without; so what nobody has thought of is not shared.
 */
final class MultiplexedConnection extends JdbcConnection {
  private static final String QUESTION = "SELECT 1";

  private final Multiplexer multiplexer;
  private final ReentrantLock lock = new ReentrantLock();
  private final OpenStatements statements = new OpenStatements();

  private volatile boolean closed;
  private volatile @Nullable Connection own;
  private volatile @Nullable PhysicalConnection ownPhysical;

  /** Whether a statement was shared, so that the session of the own one has not seen it. */
  private volatile boolean hasShared;

  private volatile @Nullable SharedStatement latest;

  /**
   * @param home tells what is the same for all connections, and executes nothing
   */
  MultiplexedConnection(Multiplexer multiplexer, PhysicalConnection home) {
    super(home);
    this.multiplexer = multiplexer;
  }

  // ---- one of its own

  @Override
  PhysicalConnection physical() throws SQLException {
    PhysicalConnection known = ownPhysical;
    return known == null ? takeOwn() : known;
  }

  private PhysicalConnection takeOwn() throws SQLException {
    lock.lock();
    try {
      requireGivenOut();
      PhysicalConnection known = ownPhysical;
      if (known != null) {
        return known;
      }
      Connection taken = multiplexer.openOwn();
      if (!(taken.unwrap(Leasable.class) instanceof PhysicalConnection physical)) {
        taken.close();
        throw SqlExceptions.misuse("a connection of another driver");
      }
      own = taken;
      ownPhysical = physical;
      return physical;
    } finally {
      lock.unlock();
    }
  }

  @Override
  @Nullable Link linkOrShared() {
    PhysicalConnection known = ownPhysical;
    return known == null ? null : known.link;
  }

  // ---- sharing

  @Override
  @Nullable MultiplexedConnection sharing() {
    return ownPhysical == null ? this : null;
  }

  SharedSql find(String sql) {
    return multiplexer.find(sql);
  }

  SharedSql find(SqlTemplate template) {
    return multiplexer.find(template);
  }

  /** Whether it can be shared. */
  boolean takes(SharedSql sql) throws SQLException {
    requireOpen();
    requireNoLookBack(sql);
    return sql.use() == SessionUse.STANDS_ALONE;
  }

  @Override
  void requireNoLookBack(String sql) throws SQLException {
    requireNoLookBack(find(sql));
  }

  private void requireNoLookBack(SharedSql sql) throws SQLException {
    if (sql.use() == SessionUse.LOOKS_BACK && hasShared && ownPhysical == null) {
      throw SqlExceptions.notSupported(
          "this asks what became of the statement before, which was executed on a connection that"
              + " is shared: use getGeneratedKeys() or the update count, or begin with"
              + " setAutoCommit(false) for a connection of its own");
    }
  }

  Answer execute(SharedStatement statement, long timeoutNanos) throws SQLException {
    hasShared = true;
    latest = statement;
    return multiplexer.execute(statement, timeoutNanos);
  }

  @Override
  SqlRules rules() {
    return multiplexer.rules();
  }

  @Override
  SqlTemplate template(String sql) {
    return find(sql).template();
  }

  // ---- statements

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    requireOpen();
    ResultKind kind = kind(type, concurrency, holdability);
    if (sql == null) {
      throw SqlExceptions.misuse("there is no SQL to prepare");
    }
    return opened(new JdbcPreparedStatement(this, sql, kind));
  }

  @Override
  <S extends JdbcStatement> S opened(S statement) throws SQLException {
    lock.lock();
    try {
      requireOpen();
      statements.add(statement);
      return statement;
    } finally {
      lock.unlock();
    }
  }

  @Override
  void closed(JdbcStatement statement) {
    lock.lock();
    try {
      if (!closed) {
        statements.remove(statement);
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- what a new connection is like, for which none is needed

  @Override
  public boolean getAutoCommit() throws SQLException {
    requireOpen();
    return ownPhysical == null || super.getAutoCommit();
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    requireOpen();
    if (ownPhysical != null || !autoCommit) {
      super.setAutoCommit(autoCommit);
    }
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    requireOpen();
    return ownPhysical == null ? multiplexer.isReadOnly() : super.isReadOnly();
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    requireOpen();
    if (ownPhysical != null || readOnly != multiplexer.isReadOnly()) {
      super.setReadOnly(readOnly);
    }
  }

  @Override
  @Nullable String schema() throws SQLException {
    if (ownPhysical != null) {
      return super.schema();
    }
    String schema = multiplexer.schema();
    return schema.isEmpty() ? null : schema;
  }

  /** Without one of its own: whether a line gets an answer. */
  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (ownPhysical != null || timeoutSeconds < 0 || closed) {
      return super.isValid(timeoutSeconds);
    }
    SharedStatement question = new SharedStatement(find(QUESTION), null, 0);
    try {
      multiplexer.execute(question, TimeUnit.SECONDS.toNanos(timeoutSeconds)).close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  // ---- the end

  @Override
  public void requireOpen() throws SQLException {
    requireGivenOut();
    PhysicalConnection known = ownPhysical;
    if (known != null && !known.link.transport().isOpen()) {
      throw SqlExceptions.connectionClosed();
    }
  }

  private void requireGivenOut() throws SQLException {
    if (closed) {
      throw new SQLNonTransientConnectionException("this connection has been closed", "08003");
    }
  }

  @Override
  public boolean isClosed() {
    PhysicalConnection known = ownPhysical;
    return closed || (known != null && !known.link.transport().isOpen());
  }

  @Override
  public void close() throws SQLException {
    if (!end()) {
      return;
    }
    Connection taken = own;
    SQLException failure = isOwnBusy() ? null : statements.close();
    if (taken != null) {
      taken.close();
    }
    if (failure != null && (taken == null || !taken.isClosed())) {
      throw failure;
    }
  }

  /** Whether another thread is within a call: whoever gave the own one ends that with its close. */
  private boolean isOwnBusy() {
    PhysicalConnection known = ownPhysical;
    if (known == null) {
      return false;
    }
    boolean free = known.link.lockSoon();
    if (free) {
      known.link.unlock();
    }
    return !free;
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlExceptions.misuse("abort needs an executor");
    }
    if (!end()) {
      return;
    }
    SharedStatement running = latest;
    if (running != null) {
      running.cancel();
    }
    Connection taken = own;
    if (taken != null) {
      taken.abort(executor);
    }
  }

  private boolean end() {
    lock.lock();
    try {
      boolean first = !closed;
      closed = true;
      return first;
    } finally {
      lock.unlock();
    }
  }
}
