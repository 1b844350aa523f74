package io.bonito.jdbc;

import io.bonito.protocol.sql.JdbcEscapes;
import java.sql.CallableStatement;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection as java.sql has it.
 *
 * <p>What the server's own answers tell (autocommit, an open transaction, the database in use) is
 * read there and kept nowhere else, but for what it has {@linkplain Autocommit not been told yet}.
 * So nothing is sent that changes nothing, and SQL of the application's that changes such a thing
 * is seen.
 */
class JdbcConnection extends PhysicalAccess {
  private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
  private int savepoints;

  private @Nullable SQLWarning warnings;
  private @Nullable ClientInfo clientInfo;
  private @Nullable Set<JdbcStatement> closedAtCommit;

  JdbcConnection(PhysicalConnection physical) {
    super(physical);
  }

  @Override
  public void requireOpen() throws SQLException {
    if (!link().transport().isOpen()) {
      throw SqlExceptions.connectionClosed();
    }
  }

  private Link locked() throws SQLException {
    Link link = link();
    link.lock();
    try {
      requireOpen();
    } catch (SQLException e) {
      link.unlock();
      throw e;
    }
    return link;
  }

  <S extends JdbcStatement> S opened(S statement) throws SQLException {
    return statement;
  }

  void closed(JdbcStatement statement) {}

  // ---- statements

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    requireOpen();
    return opened(new JdbcStatement(this, kind(type, concurrency, holdability)));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    requireOpen();
    ResultKind kind = kind(type, concurrency, holdability);
    if (sql == null) {
      throw SqlExceptions.misuse("there is no SQL to prepare");
    }
    Link link = locked();
    try {
      return opened(new JdbcPreparedStatement(this, sql, kind));
    } finally {
      link.unlock();
    }
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    requireOpen();
    ResultKind kind = kind(type, concurrency, holdability);
    if (sql == null) {
      throw SqlExceptions.misuse("there is no SQL to prepare");
    }
    Link link = locked();
    try {
      return opened(new JdbcCallableStatement(this, sql, kind));
    } finally {
      link.unlock();
    }
  }

  @Override
  public Pipeline pipeline() throws SQLException {
    requireOpen();
    return new JdbcPipeline(this);
  }

  /** A statement of the driver's own. */
  JdbcPreparedStatement prepare(String sql) throws SQLException {
    Link link = locked();
    try {
      return opened(new JdbcPreparedStatement(this, sql, ResultKind.PLAIN));
    } finally {
      link.unlock();
    }
  }

  final ResultKind kind(int type, int concurrency, int holdability) throws SQLException {
    ResultKind kind = ResultKind.of(type, concurrency, holdability);
    if (type == ResultSet.TYPE_SCROLL_SENSITIVE) {
      warn("results do not see later changes: TYPE_SCROLL_INSENSITIVE is taken");
      return kind.insensitive();
    }
    return kind;
  }

  @Override
  public int getHoldability() throws SQLException {
    requireOpen();
    return holdability;
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    requireOpen();
    ResultKind.requireHoldability(holdability);
    this.holdability = holdability;
  }

  /** Has the statement's results closed by the next commit. */
  void closeAtCommit(JdbcStatement statement) {
    if (closedAtCommit == null) {
      closedAtCommit = Collections.newSetFromMap(new WeakHashMap<>());
    }
    closedAtCommit.add(statement);
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    requireOpen();
    return JdbcEscapes.translate(sql, rules());
  }

  // ---- transactions

  @Override
  public boolean getAutoCommit() throws SQLException {
    requireOpen();
    return link().autocommit().isOn();
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    Link link = locked();
    try {
      link.autocommit().set(autoCommit);
    } finally {
      link.unlock();
    }
  }

  @Override
  public void commit() throws SQLException {
    Link link = locked();
    try {
      end(link, "COMMIT");
      if (closedAtCommit == null) {
        return;
      }
      for (JdbcStatement statement : Set.copyOf(closedAtCommit)) {
        closedAtCommit.remove(statement);
        if (!statement.isClosed()) {
          statement.closeResults();
        }
      }
    } finally {
      link.unlock();
    }
  }

  @Override
  public void rollback() throws SQLException {
    Link link = locked();
    try {
      end(link, "ROLLBACK");
    } finally {
      link.unlock();
    }
  }

  private static void end(Link link, String sql) throws SQLException {
    if (link.autocommit().mayBeInTransaction()) {
      link.run(sql);
      link.autocommit().ended();
    } else if (link.autocommit().isOn()) {
      throw SqlExceptions.misuse("there is no transaction to end: autocommit is on");
    }
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return setSavepoint(new JdbcSavepoint(++savepoints));
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    return setSavepoint(new JdbcSavepoint(name));
  }

  private Savepoint setSavepoint(JdbcSavepoint savepoint) throws SQLException {
    Link link = locked();
    try {
      if (link.autocommit().isOn() && !link.state().inTransaction()) {
        throw SqlExceptions.misuse("a savepoint needs a transaction: autocommit is on");
      }
      link.run("SAVEPOINT " + savepoint.quoted());
      return savepoint;
    } finally {
      link.unlock();
    }
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    run("ROLLBACK TO SAVEPOINT " + JdbcSavepoint.of(savepoint).quoted());
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    run("RELEASE SAVEPOINT " + JdbcSavepoint.of(savepoint).quoted());
  }

  private void run(String sql) throws SQLException {
    Link link = locked();
    try {
      link.run(sql);
    } finally {
      link.unlock();
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    Link link = locked();
    try {
      return physical().restoration.isolation();
    } finally {
      link.unlock();
    }
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    Link link = locked();
    try {
      physical().restoration.isolation(level);
    } finally {
      link.unlock();
    }
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    requireOpen();
    return physical().restoration.readOnly();
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    Link link = locked();
    try {
      physical().restoration.readOnly(readOnly);
    } finally {
      link.unlock();
    }
  }

  // ---- the database in use, of which JDBC has two names: one of them counts

  private boolean hasCatalogs() {
    return CatalogSql.hasCatalogs(this);
  }

  @Nullable String schema() throws SQLException {
    return link().schema();
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    requireOpen();
    return hasCatalogs() ? schema() : null;
  }

  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    Link link = locked();
    try {
      if (hasCatalogs()) {
        link.use(catalog);
      }
    } finally {
      link.unlock();
    }
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    requireOpen();
    return hasCatalogs() ? null : schema();
  }

  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    Link link = locked();
    try {
      if (!hasCatalogs()) {
        link.use(schema);
      }
    } finally {
      link.unlock();
    }
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    requireOpen();
    return new JdbcDatabaseMetaData(this, physical().url);
  }

  /** The only value that a query gives, as text. */
  String ask(String sql) throws SQLException {
    Link link = locked();
    try {
      return link.ask(sql);
    } finally {
      link.unlock();
    }
  }

  // ---- the end

  @Override
  public boolean isClosed() {
    Link known = linkOrShared();
    return known == null || !known.transport().isOpen();
  }

  @Override
  public void close() throws SQLException {
    link().cancels().closeLink();
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlExceptions.misuse("abort needs an executor");
    }
    link().cancels().abortLink(); // waits for nothing, so no other thread is needed
  }

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (timeoutSeconds < 0) {
      throw SqlExceptions.misuse("a timeout of " + timeoutSeconds + " seconds");
    }
    return !isClosed() && link().isAlive(TimeUnit.SECONDS.toNanos(timeoutSeconds));
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    requireOpen();
    return physical().restoration.networkTimeoutMillis();
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    requireOpen();
    if (milliseconds < 0) {
      throw SqlExceptions.misuse("a timeout of " + milliseconds + " ms");
    }
    physical().restoration.networkTimeoutMillis(milliseconds);
  }

  // ---- the rest

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    requireOpen();
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    requireOpen();
    warnings = null;
  }

  private void warn(String text) {
    SQLWarning warning = Warnings.of(text);
    if (warnings == null) {
      warnings = warning;
    } else {
      warnings.setNextWarning(warning);
    }
  }

  private ClientInfo clientInfo() {
    if (clientInfo == null) {
      clientInfo = new ClientInfo();
    }
    return clientInfo;
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    requireOpen();
    return clientInfo().getProperty(name);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    requireOpen();
    return clientInfo().copy();
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    clientInfo().requireOpen(isClosed(), Set.of(name));
    clientInfo().set(name, value);
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    clientInfo().requireOpen(isClosed(), properties.stringPropertyNames());
    clientInfo().replace(properties);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrappers.unwrap(type == Leasable.class ? physical() : this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type == Leasable.class || type.isInstance(this);
  }
}
