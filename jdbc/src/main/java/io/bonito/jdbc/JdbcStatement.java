package io.bonito.jdbc;

import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.sql.JdbcEscapes;
import io.bonito.protocol.value.Parameters;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL given as text, and the current one of its results.
 *
 * <p>Executing anything again closes what the statement gave before.
 */
class JdbcStatement implements BonitoStatement, StatementSettings, StatementOverloads, Enquoting {
  private static final Parameters NO_VALUES = new Parameters(0);

  private final JdbcConnection connection;
  private final Link link;
  private final Settings settings;
  private volatile boolean closed;

  /** The number of the latest command, for whoever cancels it; 0 before the first. */
  private volatile long running;

  private boolean closeOnCompletion;
  private @Nullable Answer answer;
  private @Nullable JdbcResultSet resultSet;
  private @Nullable List<JdbcResultSet> kept;
  private @Nullable SQLWarning warnings;
  private boolean warningsRead;
  private @Nullable InputStream localData;
  private @Nullable Batch batch;
  private @Nullable GeneratedKeys generatedKeys;
  private boolean failedBehindResult;

  /** A statement of the server that the connection does not keep for others. */
  @Nullable ServerStatement own;

  /** Its neighbours among the open ones of a {@link ConnectionHandle}. */
  @Nullable JdbcStatement nextOpen;

  @Nullable JdbcStatement previousOpen;

  /** What was executed, for the keys that it may generate. */
  private String executed = "";

  JdbcStatement(JdbcConnection connection, ResultKind kind) {
    this(connection, kind, /* poolable= */ false);
  }

  JdbcStatement(JdbcConnection connection, ResultKind kind, boolean poolable) {
    this.connection = connection;
    this.link = connection.link();
    this.settings = new Settings(link.options(), kind, poolable);
  }

  @Override
  public Settings settings() throws SQLException {
    if (closed) {
      throw SqlExceptions.closed("statement");
    }
    return settings;
  }

  final Link link() {
    return link;
  }

  @Override
  public final Link enquotingLink() throws SQLException {
    settings();
    return link;
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
    return resultSet != null;
  }

  private void executeText(String sql) throws SQLException {
    if (sql == null) {
      throw SqlExceptions.misuse("there is no SQL to execute");
    }
    link.lock();
    try {
      begin();
      String text = escaped(sql);
      executing(text);
      ServerStatement withCursor = settings.usesCursors() ? prepareOwn(text) : null;
      if (withCursor != null) {
        runOwn(withCursor, NO_VALUES);
      } else {
        run(link.query(text));
      }
    } finally {
      link.unlock();
    }
  }

  private @Nullable ServerStatement prepareOwn(String sql) throws SQLException {
    closeOwn();
    own = ServerCursor.prepare(link, sql);
    return own;
  }

  /** Executes a statement that is this one's own, with a cursor if it gives rows. */
  final void runOwn(ServerStatement statement, Parameters parameters) throws SQLException {
    boolean cursor = statement.columns() != null;
    run(link.execute(statement, parameters, cursor), cursor ? statement : null);
  }

  /** The SQL without JDBC's escapes. */
  final String escaped(String sql) {
    return settings.escapes() ? JdbcEscapes.translate(sql, link.rules()) : sql;
  }

  /** Ends what was before; the caller has the lock. */
  final void begin() throws SQLException {
    settings();
    failedBehindResult = false;
    closeResults();
    link.ready();
  }

  /** Awaits the answer to a command that was just given. */
  final void run(ResultExchange exchange) throws SQLException {
    run(exchange, null);
  }

  private void run(ResultExchange exchange, @Nullable ServerStatement withCursor)
      throws SQLException {
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
    answered(begun);
    answer = begun;
    if (settings.kind().closesAtCommit()) {
      connection.closeAtCommit(this);
    }
    showResult(begun);
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

  /** Forgets the keys of what was executed before. */
  final void executing(String sql) {
    generatedKeys = null;
    executed = sql;
  }

  final void generatedKeys(GeneratedKeys keys) {
    generatedKeys = keys;
  }

  private void showResult(Answer shown) throws SQLException {
    Rows rows = shown.rows();
    resultSet = rows == null ? null : JdbcResultSet.of(this, rows, connection.choices(), settings);
    Ok ok = shown.ok();
    if (ok != null && ok.insertId() != 0) {
      if (generatedKeys == null) {
        generatedKeys = new GeneratedKeys(executed);
      }
      generatedKeys.add(ok);
    }
  }

  /** Whether an UPDATE counts the rows that it changed, not those that it found. */
  final boolean countsChangedRows() {
    return link.options().get(Options.USE_AFFECTED_ROWS);
  }

  /** The id that the server made for the latest new row; 0 where it made none. */
  final long insertId() {
    Ok ok = answer == null ? null : answer.ok();
    return ok == null ? 0 : ok.insertId();
  }

  /** What executeQuery returns. */
  final ResultSet queried() throws SQLException {
    JdbcResultSet rows = resultSet;
    if (rows == null) {
      throw SqlExceptions.misuse("the statement gave no rows; it has run: use executeUpdate");
    }
    return rows;
  }

  /** What executeUpdate returns. */
  final long updated() throws SQLException {
    if (resultSet != null) {
      closeResults();
      throw SqlExceptions.misuse("the statement gave rows; it has run: use executeQuery");
    }
    Ok ok = answer == null ? null : answer.ok();
    return ok == null ? 0 : ok.affectedRows();
  }

  final boolean hasRows() {
    return resultSet != null;
  }

  // ---- results

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    settings();
    return resultSet;
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    settings();
    Ok ok = answer == null ? null : answer.ok();
    return ok == null ? -1 : ok.affectedRows();
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    settings();
    JdbcResultSet before = resultSet;
    switch (current) {
      case CLOSE_CURRENT_RESULT -> {}
      case CLOSE_ALL_RESULTS -> closeKept();
      case KEEP_CURRENT_RESULT -> {
        if (before != null) {
          keep(before);
          before = null;
        }
      }
      default -> throw SqlExceptions.misuse("results cannot be treated as " + current);
    }
    warnings = null;
    warningsRead = false;
    resultSet = null; // it is not the statement's last one: nothing completes
    if (before != null) {
      before.close();
    }
    Answer shown = answer;
    if (shown == null || !shown.advance()) {
      answer = null;
      return false;
    }
    showResult(shown);
    return resultSet != null;
  }

  /** Keeps the current result open beside the next one; all of it is brought into memory. */
  private void keep(JdbcResultSet result) throws SQLException {
    link.lock();
    try {
      if (result.rows().isOnWire()) {
        link.ready();
      }
    } finally {
      link.unlock();
    }
    if (kept == null) {
      kept = new ArrayList<>();
    }
    kept.add(result);
  }

  private void closeKept() throws SQLException {
    List<JdbcResultSet> before = kept;
    kept = null;
    if (before != null) {
      for (JdbcResultSet result : before) {
        result.close();
      }
    }
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    settings();
    GeneratedKeys keys = generatedKeys;
    return (keys == null ? new GeneratedKeys("") : keys).resultSet(this, connection.choices());
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    settings();
    Answer shown = answer;
    if (shown != null && !warningsRead && shown.warnings() > 0) {
      warningsRead = true;
      warnings = Warnings.read(link, shown, shown.warnings());
    }
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    settings();
    warningsRead = true;
    warnings = null;
  }

  // ---- batches

  @Override
  public void addBatch(String sql) throws SQLException {
    settings();
    batch().add(escaped(sql));
  }

  private Batch batch() {
    if (batch == null) {
      batch = new Batch(link);
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
    link.lock();
    try {
      begin();
      Batch full = batch;
      batch = null;
      if (full == null) {
        return new long[0];
      }
      GeneratedKeys keys = new GeneratedKeys("");
      generatedKeys = keys;
      return full.run(settings.timeoutNanos(), keys);
    } finally {
      link.unlock();
    }
  }

  // ---- the end

  /** Gives up all results; the connection is free then. */
  final void closeResults() throws SQLException {
    JdbcResultSet before = resultSet;
    Answer given = answer;
    resultSet = null;
    answer = null;
    warnings = null;
    warningsRead = false;
    closeKept();
    if (given != null) {
      given.close();
    }
    if (before != null) {
      before.close();
    }
  }

  /** A result set was closed by its user. */
  final void resultClosed(JdbcResultSet result) throws SQLException {
    List<JdbcResultSet> others = kept;
    boolean dependent = result == resultSet || (others != null && others.remove(result));
    if (result == resultSet) {
      resultSet = null;
    }
    Answer given = answer;
    if (dependent
        && closeOnCompletion
        && !closed
        && resultSet == null
        && (others == null || others.isEmpty())
        && (given == null || !given.hasMore())) {
      close();
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    connection.closed(this);
    if (!link.transport().isOpen()) {
      return;
    }
    closeResults();
    closeOwn();
  }

  private void closeOwn() {
    ServerStatement statement = own;
    own = null;
    if (statement != null) {
      ServerCursor.drop(link, statement);
    }
  }

  @Override
  public boolean isClosed() {
    return closed || !link.transport().isOpen();
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    settings();
    closeOnCompletion = true;
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    settings();
    return closeOnCompletion;
  }

  /**
   * Cancels what this statement executes, from any thread: the server is told over a connection of
   * its own. What is over is left alone.
   */
  @Override
  public void cancel() throws SQLException {
    settings();
    link.cancels().cancel(running, /* onTime= */ false);
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

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrappers.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
