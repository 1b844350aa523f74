package io.bonito.jdbc;

import io.bonito.protocol.Cancellation;
import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.Session;
import io.bonito.protocol.exchange.AcknowledgedExchange;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.ExecuteExchange;
import io.bonito.protocol.exchange.FetchExchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.CompatibilityOptions;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.RowStore;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import io.bonito.transport.BlockingTransport;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session under a connection: who may use it, and whose answer is still on its way.
 *
 * <p>JDBC lets several threads share a connection. Here each command with its answer is one turn,
 * and {@link #lock} gives the turns. A result that is read row by row from the socket keeps no turn
 * in between; whoever has the next command first {@linkplain #ready stores} what is left of it.
 */
final class Link {
  /** Half of what nanoTime can tell apart: a deadline that nobody sees pass. */
  private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

  private static final long SOON_NANOS = 100_000_000;

  private final BlockingTransport transport;
  private final Session session;
  private final ReentrantLock lock = new ReentrantLock();
  private final Cancels cancels = new Cancels(this);
  private final Autocommit autocommit;
  private final Observation observation;
  private final SessionSetup setup;
  private final Map<String, String> queryAttributes;
  private final long statementTimeoutNanos;
  private final long largestResult;
  private final boolean dumpsQueries;

  /** What is said of the server as long as another connection asks it. */
  private ServerProfile profile = ServerProfile.UNKNOWN;

  private SqlRules startRules = SqlRules.of("");

  /** The answer whose rows are read from the socket as they are asked for. */
  private @Nullable Answer streaming;

  /** Counts commands, so that a statement can tell whether it gave the latest one. */
  private long commands;

  /** For whoever asks what this is busy with. */
  private volatile @Nullable String latestSql;

  private @Nullable Consumer<SQLException> errors;

  Link(BlockingTransport transport) {
    this.transport = transport;
    this.session = transport.session();
    ConnectionOptions options = transport.options();
    this.autocommit = new Autocommit(this, session, options);
    this.setup = new SessionSetup(options);
    this.observation = new Observation(this, options);
    this.queryAttributes = options.get(Options.QUERY_ATTRIBUTES);
    this.statementTimeoutNanos = options.get(Options.STATEMENT_TIMEOUT).toNanos();
    this.largestResult = options.maxResultBytes();
    this.dumpsQueries = options.get(CompatibilityOptions.DUMP_QUERIES_ON_EXCEPTION);
    learn();
  }

  /** Looks for what was not known when this connection was opened. */
  private void learn() {
    profile = transport.profile();
    startRules = SqlRules.of(profile.sqlMode());
    session.largestCommand(profile.largestCommand(options().get(Options.MAX_ALLOWED_PACKET)));
  }

  ConnectionOptions options() {
    return transport.options();
  }

  ServerProfile profile() {
    if (!profile.known()) {
      learn();
    }
    return profile;
  }

  Session session() {
    return session;
  }

  SessionState state() {
    return session.state();
  }

  BlockingTransport transport() {
    return transport;
  }

  // ---- turns

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Locks, unless another thread is within a call that takes its time. */
  boolean lockSoon() {
    if (lock.tryLock()) {
      return true;
    }
    try {
      return lock.tryLock(SOON_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the server has not hung up, as far as can be told without a word on the wire. */
  boolean isConnected() {
    lock();
    try {
      boolean busy = isStreaming() || setup.isAwaited();
      return busy ? transport.isOpen() : transport.isConnected();
    } finally {
      unlock();
    }
  }

  void onError(@Nullable Consumer<SQLException> listener) {
    errors = listener;
  }

  SQLException told(SQLException e) {
    Consumer<SQLException> listener = errors;
    if (listener != null) {
      listener.accept(e);
    }
    return e;
  }

  @Nullable String latestSql() {
    return latestSql;
  }

  Observation observation() {
    return observation;
  }

  /** Makes the session ready for a command; the caller has the lock. */
  void ready() throws SQLException {
    if (!transport.isOpen()) {
      throw SqlExceptions.connectionClosed();
    }
    Answer before = streaming;
    if (before != null) {
      before.storeRest();
      streaming = null;
    }
    settle();
    if (!profile.known()) {
      learn();
    }
    setup.send(session);
    commands++;
  }

  /** What goes to the server together with the first command. */
  SessionSetup setup() {
    return setup;
  }

  /** Whether rows are on the wire that somebody will ask for. */
  boolean isStreaming() {
    return streaming != null;
  }

  Cancels cancels() {
    return cancels;
  }

  Autocommit autocommit() {
    return autocommit;
  }

  /** Sees to it that nothing that was to end the command before can end the next one. */
  void settle() throws SQLException {
    if (cancels.settle()) {
      sweep();
    }
  }

  /** Spends a kill that came too late for its command. */
  private void sweep() throws SQLException {
    QueryExchange exchange = session.query(Cancellation.SWEEP);
    limit(exchange, Cancels.CANCEL_NANOS);
    Event event = next();
    while (!event.completesExchange()) {
      event = next();
    }
  }

  /**
   * Lets a command be cancelled from now on.
   *
   * @param timeoutNanos after which it is; 0 for the one of the connection's options
   * @return its number for {@link Cancels}
   */
  long cancellable(Exchange exchange, long timeoutNanos) throws SQLException {
    // Not before the SET ahead of it has been answered, which a kill must not hit.
    autocommit.await(timeoutNanos);
    long nanos = timeoutNanos > 0 ? timeoutNanos : statementTimeoutNanos;
    if (nanos > 0) {
      // Where the cancel comes to nothing, this ends the wait and the connection.
      exchange.deadline(System.nanoTime() + nanos + Cancels.CANCEL_NANOS);
    }
    return cancels.begin(nanos);
  }

  void streaming(Answer answer) {
    streaming = answer;
  }

  void streamed(Answer answer) {
    if (streaming == answer) {
      streaming = null;
    }
  }

  /** The number of the latest command. */
  long commands() {
    return commands;
  }

  // ---- commands

  QueryExchange query(String sql) throws SQLException {
    return submit(
        sql,
        queryAttributes.isEmpty()
            ? new QueryExchange(sql)
            : new QueryExchange(sql, queryAttributes));
  }

  /** Whether a query is its text and nothing more, and that need not be shown to anybody. */
  boolean hasPlainQueries() {
    return queryAttributes.isEmpty() && !dumpsQueries;
  }

  PrepareExchange prepare(ServerStatement statement) throws SQLException {
    return submit(new PrepareExchange(statement));
  }

  ExecuteExchange execute(ServerStatement statement, Parameters parameters) throws SQLException {
    return execute(statement, parameters, /* cursor= */ false);
  }

  ExecuteExchange execute(ServerStatement statement, Parameters parameters, boolean cursor)
      throws SQLException {
    return submit(statement.sql(), new ExecuteExchange(statement, parameters, cursor));
  }

  FetchExchange fetch(ServerStatement statement, Columns columns, int rows) throws SQLException {
    return submit(new FetchExchange(statement, columns, rows));
  }

  <E extends Exchange> E submit(String sql, E exchange) throws SQLException {
    latestSql = sql;
    submit(exchange);
    autocommit.characteristics().heard(sql);
    return exchange;
  }

  /** Gives a command; one that the session's charset cannot express is refused and not sent. */
  private <E extends Exchange> E submit(E exchange) throws SQLException {
    autocommit.precede(exchange);
    try {
      return session.submit(exchange);
    } catch (ConversionException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  /**
   * Gives a command its deadline.
   *
   * @param timeoutNanos 0 for that of the connection's options
   */
  void limit(Exchange exchange, long timeoutNanos) {
    long nanos = timeoutNanos > 0 ? timeoutNanos : statementTimeoutNanos;
    if (nanos > 0) {
      exchange.deadline(System.nanoTime() + nanos);
    }
  }

  /** Takes the deadline off: from here on the application sets the pace. */
  void unlimit(Exchange exchange) {
    if (exchange.hasDeadline()) {
      exchange.deadline(System.nanoTime() + NEVER_NANOS);
    }
  }

  /** Runs a statement of the driver's own that gives no rows. */
  void run(String sql) throws SQLException {
    Measurement measured = null;
    lock();
    try {
      ready();
      measured = observation.begin(sql, /* prepared= */ false, 1);
      complete(query(sql));
      Measurement.end(measured, 0, null);
    } catch (SQLException e) {
      Measurement.end(measured, 0, e);
      throw e;
    } finally {
      unlock();
      Measurement.tell(measured);
    }
  }

  /** The database in use; null for none. */
  @Nullable String schema() {
    String schema = state().schema();
    return schema.isEmpty() ? null : schema;
  }

  /** Makes a database the one in use, where it is not. */
  void use(@Nullable String database) throws SQLException {
    lock();
    try {
      if (database != null && !database.isEmpty() && !database.equals(state().schema())) {
        ready();
        complete(session.initDatabase(database));
      }
    } finally {
      unlock();
    }
  }

  /** The only value that a query of the driver's own gives, as text; empty for NULL. */
  String ask(String sql) throws SQLException {
    return ask(sql, 0);
  }

  /** The same, of a query with several columns, of which one is wanted. */
  String ask(String sql, int column) throws SQLException {
    lock();
    try {
      ready();
      QueryExchange exchange = query(sql);
      limit(exchange, 0);
      String value = "";
      for (Event event = next(); event != Event.DONE; event = next()) {
        if (event == Event.FAILED) {
          throw SqlExceptions.of(exchange.error());
        }
        if (event == Event.ROW) {
          String text = exchange.row().getString(column);
          value = text == null ? "" : text;
        }
      }
      return value;
    } finally {
      unlock();
    }
  }

  /**
   * Whether the server answers.
   *
   * @param timeoutNanos 0 to wait as long as it takes
   */
  boolean isAlive(long timeoutNanos) {
    lock();
    try {
      if (!transport.isOpen()) {
        return false;
      }
      if (isStreaming()) {
        return true; // the server is sending; a question would have to wait for all of it
      }
      ready();
      AcknowledgedExchange ping = session.ping();
      limit(ping, timeoutNanos);
      for (Event event = next(); event != Event.DONE; event = next()) {
        if (event == Event.FAILED) {
          return false;
        }
      }
      return true;
    } catch (SQLException e) {
      return false;
    } finally {
      unlock();
    }
  }

  /** Awaits the whole answer of a command, passing over what rows there are. */
  void complete(Exchange exchange) throws SQLException {
    limit(exchange, 0);
    exchange.discard();
    for (Event event = next(); ; event = next()) {
      if (event == Event.FAILED) {
        throw SqlExceptions.of(session.error());
      }
      if (event.completesExchange()) {
        return;
      }
    }
  }

  /** The next event; never one that asks for bytes or ends the session. */
  Event next() throws SQLException {
    return next(null, 0);
  }

  /** The same, but that rows go into a store, if there is one, at most so many at once. */
  Event next(@Nullable RowStore store, int most) throws SQLException {
    if (autocommit.isUnanswered()) {
      autocommit.await(0);
    }
    try {
      if (setup.isAwaited()) {
        setup.await(transport);
      }
      Event event = transport.next(store, most);
      if (event == Event.FAILED && errors != null) {
        told(SqlExceptions.of(session.error()));
      }
      return event;
    } catch (ConnectionException e) {
      streaming = null;
      throw told(SqlExceptions.of(e));
    } catch (ConversionException e) {
      throw SqlExceptions.conversion(e);
    }
  }

  /** What the server's refusal of a statement is thrown as. */
  SQLException refused(ServerError error, @Nullable String sql) {
    return dumpsQueries && sql != null
        ? SqlExceptions.of(error, error.message() + "; the statement is: " + sql)
        : SqlExceptions.of(error);
  }

  /** Whether a result of so many bytes can be kept as a whole. */
  boolean hasRoom(long bytes) {
    return bytes <= largestResult;
  }

  /** Says that a result would fill the heap. */
  SQLException noRoom(String what) {
    return SqlExceptions.general(
        "the result"
            + what
            + " has more than "
            + largestResult
            + " bytes: read it with setFetchSize, or raise maxResultBytes");
  }

  /** How the server reads quotes now, as far as it tells. */
  SqlRules rules() {
    if (!profile.known()) {
      learn();
    }
    SessionState state = state();
    boolean ansiQuotes = state.server().mariaDb() ? state.ansiQuotes() : startRules.ansiQuotes();
    if (ansiQuotes == startRules.ansiQuotes()
        && state.noBackslashEscapes() == startRules.noBackslashEscapes()) {
      return startRules;
    }
    return new SqlRules(ansiQuotes, state.noBackslashEscapes());
  }
}
