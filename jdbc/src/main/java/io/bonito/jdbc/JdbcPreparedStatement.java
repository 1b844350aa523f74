package io.bonito.jdbc;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ExecuteExchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.exchange.StatementCache;
import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.ServerPreparation;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.ParameterRows;
import io.bonito.protocol.value.Parameters;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL with places for values.
 *
 * <pre>
 *   with parameters      prepared by the server at its first execution, then executed in binary
 *   without              sent as text: one round trip instead of two
 *   not preparable       values written into the text as literals, by the server's own rules
 * </pre>
 *
 * <p>The server's statement belongs to the connection's {@link StatementCache}, not to this object.
 */
class JdbcPreparedStatement extends JdbcStatement implements ParameterSetters {
  /** The statement must be prepared anew: a table changed, or the server has forgotten it. */
  private static final int NEED_REPREPARE = 1615;

  private static final int UNKNOWN_STATEMENT = 1243;
  private static final int TOO_MANY_PREPARED = 1461;

  /** The protocol counts parameters in 16 bits. */
  static final int MOST_PARAMETERS = 65_535;

  private final SqlTemplate template;
  private final ServerPreparation preparation;
  private Parameters parameters;
  private @Nullable ParameterRows rows;
  private boolean wantsKeys;
  private boolean driversOwn;

  /** True once the server has said that it cannot prepare this. */
  private boolean literal;

  JdbcPreparedStatement(JdbcConnection connection, String sql, ResultKind kind) {
    super(connection, kind, /* poolable= */ true);
    this.template = connection.template(escaped(sql));
    this.preparation = connection.options().get(Options.USE_SERVER_PREP_STMTS);
    this.parameters = connection.parameters(template.placeholderCount());
    this.literal =
        preparation != ServerPreparation.ALWAYS
            && (preparation == ServerPreparation.NEVER
                || template.isMultiple()
                || template.placeholderCount() > MOST_PARAMETERS);
  }

  final String sql() {
    return template.sql();
  }

  /** The application knows nothing of it. */
  final void beDriversOwn() {
    driversOwn = true;
  }

  final boolean isDriversOwn() {
    return driversOwn;
  }

  /** Has the server prepare it where it can, whatever the options say. */
  final void needBinary() {
    literal = template.isMultiple();
  }

  /** The keys of rows that are inserted are wanted, of those of a batch too. */
  final void wantKeys() {
    wantsKeys = true;
  }

  /** Whether the server remembers the types of parameters as they were sent. */
  boolean keepsTypes() {
    return true;
  }

  /** Sets what need not be set by the application. */
  void complete() throws SQLException {}

  /** Has the values written into the text, so that rows come in the text format. */
  void sendAsText() {
    literal = true;
  }

  // ---- values

  @Override
  public Parameters slots(int index) throws SQLException {
    settings();
    int slot = slot(index);
    if (slot < 0 || slot >= parameters.count()) {
      throw SqlExceptions.misuse(
          "parameter " + index + " of " + (parameters.count() + index - 1 - slot));
    }
    return parameters;
  }

  @Override
  public ParameterObjects objects() {
    return connection().parameterObjects();
  }

  @Override
  public void clearParameters() throws SQLException {
    settings();
    parameters.clear();
  }

  private void requireValues() throws SQLException {
    int unset = parameters.firstUnset();
    if (unset >= 0) {
      throw SqlExceptions.misuse("parameter " + (unset + 1) + " has no value");
    }
  }

  /** A copy of the values, for an execution to come. */
  final Parameters takeValues() throws SQLException {
    settings();
    requireValues();
    return parameters.copy();
  }

  // ---- executing

  @Override
  public ResultSet executeQuery() throws SQLException {
    executePrepared();
    return queried();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return StatementOverloads.narrow(executeLargeUpdate());
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    executePrepared();
    return updated();
  }

  @Override
  public boolean execute() throws SQLException {
    executePrepared();
    return hasRows();
  }

  private void executePrepared() throws SQLException {
    if (executeShared()) {
      return;
    }
    link().lock();
    try {
      begin();
      complete();
      requireValues();
      executing(template.sql(), /* prepared= */ true);
      if (isText()) {
        run(LiteralText.query(link(), template, parameters));
        return;
      }
      try {
        executeBinary();
      } catch (SQLException e) {
        if (hasFailedBehindResult()
            || (e.getErrorCode() != NEED_REPREPARE && e.getErrorCode() != UNKNOWN_STATEMENT)) {
          throw e;
        }
        forget();
        link().settle();
        executeBinary();
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      leave();
    }
  }

  private boolean executeShared() throws SQLException {
    MultiplexedConnection sharing = connection().sharing();
    if (sharing == null) {
      return false;
    }
    settings();
    requireValues();
    SharedSql shared = sharing.find(template);
    try {
      return executeShared(sharing, shared, parameters);
    } finally {
      if (hasGivenUpShared()) {
        parameters = parameters.copy(); // the others may just be written
      }
    }
  }

  /** Whether it is sent as text, parameters and all. */
  private boolean isText() throws SQLException {
    return literal
        || (template.placeholderCount() == 0
            && preparation != ServerPreparation.ALWAYS
            && !usesCursor());
  }

  private void executeBinary() throws SQLException {
    if (usesCursor()) {
      ServerStatement alone = prepared();
      if (alone == null) {
        run(LiteralText.query(link(), template, parameters));
      } else {
        runOwn(alone, parameters);
      }
      return;
    }
    ServerStatement statement = find();
    if (statement != null && !statement.wouldConvert(parameters, link().state())) {
      if (!keepsTypes()) {
        statement.forgetTypes();
      }
      run(link().execute(statement, parameters));
      return;
    }
    StatementCache cache = connection().statements();
    if (cache != null && template.takesLiterals() && cache.pauses()) {
      run(LiteralText.query(link(), template, parameters));
      return;
    }
    statement = new ServerStatement(template.sql());
    ExecuteExchange early = null;
    // Only where it is certain how many parameters the server will see.
    boolean ahead = link().session().executesUnanswered() && template.takesLiterals();
    PrepareExchange prepare = link().prepare(statement);
    link().limit(prepare, 0);
    if (ahead) {
      try {
        early = link().execute(statement, parameters);
      } catch (SQLException e) {
        awaitPrepared(statement, null);
        throw e;
      }
    }
    if (awaitPrepared(statement, early)) {
      if (early != null && early.wentAstray()) {
        passRefused();
        early = null;
      }
      run(early == null ? link().execute(statement, parameters) : early);
    } else {
      run(LiteralText.query(link(), template, parameters));
    }
  }

  /**
   * Awaits the answer to PREPARE.
   *
   * @param early an EXECUTE that was sent with it
   * @return false where the server cannot prepare this, and literals are to be used
   */
  private boolean awaitPrepared(ServerStatement statement, @Nullable ResultExchange early)
      throws SQLException {
    if (link().next() == Event.PREPARED) {
      keep(statement);
      int count = statement.parameters().size();
      if (count != template.placeholderCount()) {
        throw SqlExceptions.misuse(
            "the server counts "
                + count
                + " parameters where "
                + template.placeholderCount()
                + " were found");
      }
      return true;
    }
    ServerError error = link().session().error();
    if (early != null) {
      passRefused();
    }
    if (preparation != ServerPreparation.NEVER && ErrorKind.isUnpreparable(error)) {
      // Where there is room now, this goes as text once and is prepared the next time.
      StatementCache cache = error.code() == TOO_MANY_PREPARED ? connection().statements() : null;
      literal = cache == null || !cache.makeRoom();
      return false;
    }
    throw SqlExceptions.of(error);
  }

  /**
   * What was to be executed does not exist, which the server says too. Where it says anything else,
   * it has executed nobody knows what.
   */
  private void passRefused() throws SQLException {
    Event event = link().next();
    while (!event.completesExchange()) {
      event = link().next();
    }
    if (event != Event.FAILED) {
      link().transport().abort();
      throw SqlExceptions.lost(
          "the server executed a statement that it had not prepared, or under another number:"
              + " the connection is closed");
    }
  }

  // ---- the server's statement

  /** What to execute under the lock; null where the values go as text. */
  final @Nullable ServerStatement serverStatement() throws SQLException {
    return isText() ? null : prepared();
  }

  /** Whether the server still holds the statement. */
  final boolean isCurrent(ServerStatement statement) throws SQLException {
    return find() == statement;
  }

  private boolean usesCursor() throws SQLException {
    return settings().usesCursors() && !isStored();
  }

  /** Null for a statement that is this one's own: one with a cursor is shared with nobody. */
  private @Nullable StatementCache cache() throws SQLException {
    return usesCursor() ? null : connection().statements();
  }

  private @Nullable ServerStatement find() throws SQLException {
    StatementCache cache = cache();
    ServerStatement statement =
        cache == null ? own : cache.get(link().state().schema(), template.sql());
    return statement == null || statement.isOutdated(link().state()) ? null : statement;
  }

  private void keep(ServerStatement statement) throws SQLException {
    StatementCache cache = cache();
    if (cache == null) {
      if (own != null) {
        link().session().closeStatement(own);
      }
      own = statement;
    } else {
      cache.put(link().state().schema(), statement);
    }
  }

  private void forget() throws SQLException {
    StatementCache cache = cache();
    own = null;
    if (cache != null) {
      cache.remove(link().state().schema(), template.sql());
    }
  }

  /** The statement, prepared if need be; null where the server cannot. */
  private @Nullable ServerStatement prepared() throws SQLException {
    ServerStatement statement = find();
    if (statement != null || literal) {
      return statement;
    }
    statement = new ServerStatement(template.sql());
    link().limit(link().prepare(statement), 0);
    return awaitPrepared(statement, null) ? statement : null;
  }

  final String text(Parameters values) throws SQLException {
    return LiteralText.of(template, values, link().state().clientCharset());
  }

  // ---- batches

  @Override
  public void addBatch() throws SQLException {
    settings();
    requireValues();
    connection().requireNoLookBack(template.sql());
    if (rows == null) {
      rows = new ParameterRows(parameters);
    }
    rows.add(parameters);
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    throw otherSql();
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    throw otherSql();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw otherSql();
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    throw otherSql();
  }

  private static SQLException otherSql() {
    return SqlExceptions.misuse(
        "a prepared statement has its SQL already: call the same method without SQL");
  }

  @Override
  public void clearBatch() throws SQLException {
    super.clearBatch();
    rows = null;
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    link().lock();
    try {
      begin();
      ParameterRows full = rows;
      rows = null;
      if (full == null) {
        return new long[0];
      }
      GeneratedKeys keys = executing(template.sql(), /* prepared= */ true, full.size());
      ServerStatement statement = isText() ? null : prepared();
      return counted(batch(full, statement).run(settings().timeoutNanos(), keys));
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      leave();
    }
  }

  private Batch batch(ParameterRows full, @Nullable ServerStatement statement) throws SQLException {
    InsertTables tables = connection().insertTables();
    boolean bulk = statement != null && tables.isBulk();
    if (full.size() < InsertBatch.FEWEST_ROWS
        || (wantsKeys && !(bulk && tables.tellsKeys()))
        || !tables.takes(template)
        || !(bulk || tables.areSameTogether(template, full))) {
      return new ParameterBatch(link(), full, statement, this::text);
    }
    MultiRowStatements together = connection().multiRowStatements();
    if (statement == null) {
      long largest = together.largestCommand();
      return new TextRowsBatch(link(), full, this::text, template, tables, largest);
    }
    return bulk
        ? new BulkBatch(link(), full, statement, this::text, template, tables, wantsKeys)
        : new MultiRowBatch(link(), full, statement, this::text, template, tables, together);
  }

  // ---- what is known of it

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    link().lock();
    try {
      settings();
      link().ready();
      ServerStatement statement = prepared();
      Columns columns = statement == null ? null : statement.columns();
      return columns == null ? null : new JdbcResultSetMetaData(columns, connection().choices());
    } finally {
      link().unlock();
    }
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    link().lock();
    try {
      settings();
      link().ready();
      ServerStatement statement = prepared();
      return new JdbcParameterMetaData(
          template.placeholderCount(),
          statement == null ? List.of() : statement.parameters(),
          connection().choices());
    } finally {
      link().unlock();
    }
  }
}
