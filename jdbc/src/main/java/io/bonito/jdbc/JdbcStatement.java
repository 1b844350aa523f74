package io.bonito.jdbc;

import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.sql.JdbcEscapes;
import io.bonito.protocol.value.Parameters;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * SQL given as text, and the current one of its results.
 *
 * <p>Executing anything again closes what the statement gave before.
 */
class JdbcStatement extends StatementResults implements StatementOverloads, Enquoting {
  private static final Parameters NO_VALUES = new Parameters(0);

  private final JdbcConnection connection;
  private final Settings settings;

  /** Null as long as it is executed on connections that are shared. */
  private @Nullable Link link;

  private volatile boolean closed;

  /** The number of the latest command, for whoever cancels it; 0 before the first. */
  private volatile long running;

  /** What was executed last on a connection that is shared, for whoever cancels it. */
  private volatile @Nullable SharedStatement shared;

  private @Nullable InputStream localData;
  private @Nullable Batch batch;
  private boolean failedBehindResult;

  /** A statement of the server that the connection does not keep for others. */
  @Nullable ServerStatement own;

  /** Null while nobody wants to know how long what is executed takes. */
  private @Nullable Measurement measured;

  /** Its neighbours among the open ones of a {@link ConnectionHandle}. */
  @Nullable JdbcStatement nextOpen;

  @Nullable JdbcStatement previousOpen;

  JdbcStatement(JdbcConnection connection, ResultKind kind) {
    this(connection, kind, /* poolable= */ false);
  }

  JdbcStatement(JdbcConnection connection, ResultKind kind, boolean poolable) {
    this.connection = connection;
    this.link = connection.linkOrShared();
    this.settings = new Settings(connection.options(), kind, poolable);
  }

  @Override
  public Settings settings() throws SQLException {
    if (closed) {
      throw SqlExceptions.closed("statement");
    }
    return settings;
  }

  @Override
  final Link link() throws SQLException {
    Link known = link;
    if (known == null) {
      known = connection.link();
      link = known;
    }
    return known;
  }

  @Override
  public final Link enquotingLink() throws SQLException {
    settings();
    return link();
  }

  final JdbcConnection connection() {
    return connection;
  }

  // ---- executing

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    executeText(sql);
    return queried();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    executeText(sql);
    return updated();
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    executeText(sql);
    return hasRows();
  }

  private void executeText(String sql) throws SQLException {
    if (sql == null) {
      throw SqlExceptions.misuse("there is no SQL to execute");
    }
    if (link == null && executeShared(sql)) {
      return;
    }
    Link link = link();
    link.lock();
    try {
      begin();
      String text = escaped(sql);
      executing(text, /* prepared= */ false);
      ServerStatement withCursor = settings.usesCursors() ? prepareOwn(text) : null;
      if (withCursor != null) {
        runOwn(withCursor, NO_VALUES);
      } else {
        run(link.query(text));
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      leave();
    }
  }

  private boolean executeShared(String sql) throws SQLException {
    MultiplexedConnection sharing = connection.sharing();
    return sharing != null
        && executeShared(sharing, sharing.find(escaped(sql)), /* values= */ null);
  }

  /**
   * Executes on a connection that is shared.
   *
   * @param values null for what is no prepared statement
   * @return false where this needs a connection of its own
   */
  final boolean executeShared(
      MultiplexedConnection sharing, SharedSql sql, @Nullable Parameters values)
      throws SQLException {
    settings();
    if (!sharing.takes(sql) || needsOwnConnection()) {
      return false;
    }
    failedBehindResult = false;
    closeResults();
    executing(sql.template().sql());
    SharedStatement sent = new SharedStatement(sql, values, settings.maxRows());
    shared = sent;
    try {
      Answer answer = sharing.execute(sent, settings.timeoutNanos());
      settings(); // another thread may have closed it meanwhile
      answered(answer);
      show(answer);
    } finally {
      sent.tell();
    }
    return true;
  }

  /** Whether what was sent last may still be on its way. */
  final boolean hasGivenUpShared() {
    SharedStatement sent = shared;
    return sent != null && sent.isGivenUp();
  }

  /** What is set for this statement is nothing for others to wait for. */
  private boolean needsOwnConnection() {
    return (settings.streams() && !isStored())
        || settings.kind().isUpdatable()
        || settings.kind().closesAtCommit()
        || localData != null;
  }

  private @Nullable ServerStatement prepareOwn(String sql) throws SQLException {
    closeOwn();
    own = ServerCursor.prepare(link(), sql);
    return own;
  }

  /** Executes a statement that is this one's own, with a cursor if it gives rows. */
  final void runOwn(ServerStatement statement, Parameters parameters) throws SQLException {
    boolean cursor = statement.columns() != null;
    run(link().execute(statement, parameters, cursor), cursor ? statement : null);
  }

  /** The SQL without JDBC's escapes. */
  final String escaped(String sql) {
    return settings.escapes() ? JdbcEscapes.translate(sql, connection.rules()) : sql;
  }

  /** Ends what was before; the caller has the lock. */
  final void begin() throws SQLException {
    settings();
    failedBehindResult = false;
    closeResults();
    if (settings.streams() && !isStored()) {
      link().setup().expectSlowReader();
    }
    link().ready();
  }

  /** Awaits the answer to a command that was just given. */
  final void run(ResultExchange exchange) throws SQLException {
    run(exchange, null);
  }

  private void run(ResultExchange exchange, @Nullable ServerStatement withCursor)
      throws SQLException {
    Link link = link();
    long number = link.cancellable(exchange, settings.timeoutNanos());
    InputStream data = localData;
    if (data != null) {
      localData = null;
      link.transport().loadFrom(exchange, data);
    }
    boolean streams = settings.streams() && !isStored();
    Answer begun = new Answer(link, exchange, streams, settings.maxRows(), number);
    running = number;
    SQLException failure = null;
    try {
      if (withCursor == null) {
        begun.begin();
      } else {
        begun.begin(withCursor, settings.fetchSize());
      }
    } catch (SQLException e) {
      failure = e;
    } finally {
      link.cancels().stopTimer();
    }
    SQLException verdict = link.cancels().verdict(failure);
    if (verdict == null) {
      verdict = failure;
    }
    if (verdict != null) {
      failedBehindResult = begun.rows() != null || begun.ok() != null;
      begun.close();
      throw verdict;
    }
    Measurement.end(measured, begun.rowCount(), null);
    answered(begun);
    if (settings.kind().closesAtCommit()) {
      connection.closeAtCommit(this);
    }
    show(begun);
  }

  /** Whether the latest failure came behind a result, so that the statement has run in part. */
  final boolean hasFailedBehindResult() {
    return failedBehindResult;
  }

  /** Whether results are read as a whole, whatever the fetch size says. */
  boolean isStored() {
    return false;
  }

  /** An answer has come; its first result is read. */
  void answered(Answer begun) throws SQLException {}

  /** What is executed begins; looks at the clock where somebody asks. */
  final void executing(String sql, boolean prepared) {
    executing(sql);
    measured = connection.taken().observation().begin(sql, prepared, 1);
  }

  /** The same for several commands. */
  final GeneratedKeys executing(String sql, boolean prepared, int commands) {
    GeneratedKeys keys = new GeneratedKeys("");
    generatedKeys(keys);
    measured = connection.taken().observation().begin(sql, prepared, commands);
    return keys;
  }

  final long[] counted(long[] counts) {
    Measurement.end(measured, counts);
    return counts;
  }

  final SQLException failed(SQLException e) {
    Measurement.end(measured, 0, e);
    return e;
  }

  /** Gives the link to others, and tells how long it took. */
  final void leave() {
    Measurement ended = measured;
    measured = null;
    connection.taken().unlock();
    Measurement.tell(ended);
  }

  @Override
  final JdbcResultSet resultSet(Rows rows) throws SQLException {
    return JdbcResultSet.of(this, rows, connection.choices(), settings);
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    settings();
    GeneratedKeys keys = generatedKeys();
    if (keys.isIncomplete() && isLatest()) {
      getWarnings(); // the server forgets them with the next question
      keys.complete(link());
    }
    return keys.resultSet(this, connection.choices());
  }

  /** Whether an UPDATE counts the rows that it changed, not those that it found. */
  final boolean countsChangedRows() {
    return connection.options().get(Options.USE_AFFECTED_ROWS);
  }

  // ---- batches

  @Override
  public void addBatch(String sql) throws SQLException {
    settings();
    String text = escaped(sql);
    connection.requireNoLookBack(text);
    batch().add(text);
  }

  private Batch batch() throws SQLException {
    if (batch == null) {
      batch = new Batch(link());
    }
    return batch;
  }

  @Override
  public void clearBatch() throws SQLException {
    settings();
    batch = null;
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    link().lock();
    try {
      begin();
      Batch full = batch;
      batch = null;
      if (full == null) {
        return new long[0];
      }
      GeneratedKeys keys = executing(full.text(0), /* prepared= */ false, full.size());
      return counted(full.run(settings.timeoutNanos(), keys));
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      leave();
    }
  }

  // ---- the end

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    connection.closed(this);
    Link known = link;
    if (known != null && !known.transport().isOpen()) {
      return;
    }
    closeResults();
    closeOwn();
  }

  private void closeOwn() {
    ServerStatement statement = own;
    own = null;
    if (statement != null) {
      ServerCursor.drop(connection.taken(), statement);
    }
  }

  @Override
  public boolean isClosed() {
    Link known = link;
    return closed || (known == null ? connection.isClosed() : !known.transport().isOpen());
  }

  /**
   * Cancels what this statement executes, from any thread: the server is told over another
   * connection. What is over is left alone.
   */
  @Override
  public void cancel() throws SQLException {
    settings();
    SharedStatement sent = shared;
    if (sent != null) {
      sent.cancel();
    }
    Link known = link;
    if (known != null) {
      known.cancels().cancel(running, /* onTime= */ false);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    settings();
    return connection;
  }

  @Override
  public void setLocalInfileInputStream(@Nullable InputStream data) {
    localData = data;
  }
}
