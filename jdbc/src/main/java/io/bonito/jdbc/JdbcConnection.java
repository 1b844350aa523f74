package io.bonito.jdbc;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.sql.JdbcEscapes;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.sql.SqlTemplateCache;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.Parameters;
import io.bonito.transport.BlockingTransport;
import java.sql.CallableStatement;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
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
 * read there and kept nowhere else. So nothing is sent that changes nothing, and SQL of the
 * application's that changes such a thing is seen.
 */
final class JdbcConnection implements ConnectionOverloads, Leasable {
  /** Templates are small, and made by reading the whole text. */
  private static final int FEWEST_TEMPLATES = 100;

  private final Link link;
  private final JdbcType.Choices choices;
  private final String url;
  private final SqlTemplateCache templates;
  private final @Nullable StatementCache statements;
  private final Codecs codecs;
  private final ParameterObjects parameterObjects;
  private final Routines routines = new Routines(this);
  private final InsertTables insertTables;
  private final MultiRowStatements multiRowStatements;
  private final ClientInfo clientInfo = new ClientInfo();
  private final Set<JdbcStatement> closedAtCommit = Collections.newSetFromMap(new WeakHashMap<>());
  private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
  private @Nullable SQLWarning warnings;
  private boolean readOnly;
  private int savepoints;
  private int networkTimeoutMillis;

  /**
   * @param url as {@code DatabaseMetaData.getURL()} tells it
   */
  JdbcConnection(BlockingTransport transport, String url) {
    this.link = new Link(transport);
    this.insertTables = new InsertTables(link);
    this.multiRowStatements = new MultiRowStatements(link);
    this.choices = JdbcType.Choices.of(transport.options());
    this.url = url;
    this.networkTimeoutMillis =
        (int)
            Math.min(transport.options().get(Options.SOCKET_TIMEOUT).toMillis(), Integer.MAX_VALUE);
    ConnectionOptions options = transport.options();
    int kept =
        options.get(Options.CACHE_PREP_STMTS) ? options.get(Options.PREP_STMT_CACHE_SIZE) : 0;
    this.templates = new SqlTemplateCache(Math.max(kept, FEWEST_TEMPLATES));
    this.statements = kept == 0 ? null : new StatementCache(kept, link.session()::closeStatement);
    this.codecs = transport.session().codecs();
    this.parameterObjects = new ParameterObjects(codecs);
  }

  Link link() {
    return link;
  }

  JdbcType.Choices choices() {
    return choices;
  }

  /** The statement cut at its placeholders. */
  SqlTemplate template(String sql) {
    return templates.get(sql, link.rules());
  }

  /** The server's statements that are kept; null where none are. */
  @Nullable StatementCache statements() {
    return statements;
  }

  /** Slots for values. */
  Parameters parameters(int count) {
    return new Parameters(count, codecs, ZoneId.systemDefault());
  }

  ParameterObjects parameterObjects() {
    return parameterObjects;
  }

  @Override
  public void requireOpen() throws SQLException {
    if (!link.transport().isOpen()) {
      throw SqlExceptions.connectionClosed();
    }
  }

  // ---- statements

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    requireOpen();
    return new JdbcStatement(this, kind(type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    requireOpen();
    ResultKind kind = kind(type, concurrency, holdability);
    if (sql == null) {
      throw SqlExceptions.misuse("there is no SQL to prepare");
    }
    link.lock();
    try {
      return new JdbcPreparedStatement(this, sql, kind);
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
    link.lock();
    try {
      return new JdbcCallableStatement(this, sql, kind);
    } finally {
      link.unlock();
    }
  }

  @Override
  public Pipeline pipeline() throws SQLException {
    requireOpen();
    return new JdbcPipeline(this);
  }

  InsertTables insertTables() {
    return insertTables;
  }

  MultiRowStatements multiRowStatements() {
    return multiRowStatements;
  }

  Routines routines() {
    return routines;
  }

  /** A statement of the driver's own. */
  JdbcPreparedStatement prepare(String sql) throws SQLException {
    requireOpen();
    link.lock();
    try {
      return new JdbcPreparedStatement(this, sql, ResultKind.PLAIN);
    } finally {
      link.unlock();
    }
  }

  private ResultKind kind(int type, int concurrency, int holdability) throws SQLException {
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
    closedAtCommit.add(statement);
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    requireOpen();
    return JdbcEscapes.translate(sql, link.rules());
  }

  // ---- transactions

  @Override
  public boolean getAutoCommit() throws SQLException {
    requireOpen();
    return link.state().autocommit();
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    link.lock();
    try {
      requireOpen();
      if (link.state().autocommit() != autoCommit) {
        link.run(autoCommit ? "SET autocommit=1" : "SET autocommit=0");
      }
    } finally {
      link.unlock();
    }
  }

  @Override
  public void commit() throws SQLException {
    link.lock();
    try {
      end("COMMIT");
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
    end("ROLLBACK");
  }

  private void end(String sql) throws SQLException {
    link.lock();
    try {
      requireOpen();
      if (link.mayBeInTransaction()) {
        link.run(sql);
      } else if (link.state().autocommit()) {
        throw SqlExceptions.misuse("there is no transaction to end: autocommit is on");
      }
    } finally {
      link.unlock();
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
    link.lock();
    try {
      requireOpen();
      if (link.state().autocommit() && !link.state().inTransaction()) {
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
    link.run("ROLLBACK TO SAVEPOINT " + JdbcSavepoint.of(savepoint).quoted());
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    link.run("RELEASE SAVEPOINT " + JdbcSavepoint.of(savepoint).quoted());
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    boolean oldName =
        link.state().server().mariaDb()
            ? !link.state().server().isAtLeast(11, 1, 0)
            : !link.state().server().isAtLeast(8, 0, 0);
    return Isolation.level(
        ask(oldName ? "SELECT @@tx_isolation" : "SELECT @@transaction_isolation"));
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    link.run("SET SESSION TRANSACTION ISOLATION LEVEL " + Isolation.words(level));
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    requireOpen();
    return readOnly;
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    link.lock();
    try {
      requireOpen();
      if (this.readOnly != readOnly) {
        link.run("SET SESSION TRANSACTION READ " + (readOnly ? "ONLY" : "WRITE"));
        this.readOnly = readOnly;
      }
    } finally {
      link.unlock();
    }
  }

  // ---- the database in use, of which JDBC has two names: one of them counts

  private boolean hasCatalogs() {
    return CatalogSql.hasCatalogs(this);
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    requireOpen();
    return hasCatalogs() ? link.schema() : null;
  }

  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    requireOpen();
    if (hasCatalogs()) {
      link.use(catalog);
    }
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    requireOpen();
    return hasCatalogs() ? null : link.schema();
  }

  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    requireOpen();
    if (!hasCatalogs()) {
      link.use(schema);
    }
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    requireOpen();
    return new JdbcDatabaseMetaData(this, url);
  }

  /** The only value that a query gives, as text. */
  String ask(String sql) throws SQLException {
    return link.ask(sql);
  }

  // ---- the end

  @Override
  public boolean isClosed() {
    return !link.transport().isOpen();
  }

  @Override
  public void close() {
    link.transport().close();
  }

  @Override
  public void closeAndAwaitServer(Duration most) {
    link.transport().closeAndAwaitServer(most);
  }

  @Override
  public boolean mayBeInTransaction() {
    return link.mayBeInTransaction();
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlExceptions.misuse("abort needs an executor");
    }
    link.transport().abort(); // waits for nothing, so no other thread is needed
  }

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (timeoutSeconds < 0) {
      throw SqlExceptions.misuse("a timeout of " + timeoutSeconds + " seconds");
    }
    return link.isAlive(TimeUnit.SECONDS.toNanos(timeoutSeconds));
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    requireOpen();
    return networkTimeoutMillis;
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    requireOpen();
    if (milliseconds < 0) {
      throw SqlExceptions.misuse("a timeout of " + milliseconds + " ms");
    }
    networkTimeoutMillis = milliseconds;
    link.transport().socketTimeout(Duration.ofMillis(milliseconds));
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

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    requireOpen();
    return clientInfo.getProperty(name);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    requireOpen();
    return clientInfo.copy();
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    clientInfo.requireOpen(isClosed(), Set.of(name));
    clientInfo.set(name, value);
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    clientInfo.requireOpen(isClosed(), properties.stringPropertyNames());
    clientInfo.replace(properties);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrappers.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
