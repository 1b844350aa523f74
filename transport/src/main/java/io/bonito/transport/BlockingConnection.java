package io.bonito.transport;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.exchange.StatementCache;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Secret;
import io.bonito.protocol.option.SessionStart;
import io.bonito.protocol.option.SessionZone;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.Parameters;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection for programs that want no more than to ask and to be answered.
 *
 * <pre>{@code
 * try (BlockingConnection db = BlockingConnection.connect("db.example.org", 3306, "app", secret, "shop")) {
 *   long id = db.query("INSERT INTO customer (name) VALUES (?)", "Ada").insertId();
 *   List<String> names = db.query("SELECT name FROM customer").list(row -> row.getString(0));
 * }
 * }</pre>
 *
 * <p>Statements with arguments are prepared on the server and their values travel in binary; those
 * without go as text. The server's error ({@link QueryFailedException}) leaves the connection
 * usable; anything wrong with the connection itself ({@link ConnectionException}) has closed it,
 * and the next {@code connect} starts anew.
 *
 * <p>One thread at a time, and one result at a time: a second caller gets a {@link
 * ConnectionBusyException} and disturbs nothing.
 */
public final class BlockingConnection implements AutoCloseable {
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);
  private static final int UNKNOWN_STATEMENT = 1243;
  private static final int TOO_MANY_PREPARED = 1461;

  private final BlockingTransport transport;
  private final StatementCache statements;
  private final Codecs codecs;
  private final SessionZone zone;
  private final SessionStart start;
  private Duration timeout;

  /** Whether the session is still to be told how it begins; that goes with the first command. */
  private boolean startUntold;

  /** The telling, where its answer is the next to come. */
  private @Nullable QueryExchange startTelling;

  /** Whose answer is on its way: a Result, or this for a command without one. */
  private final AtomicReference<@Nullable Object> owner = new AtomicReference<>();

  /** Held during each call, since two threads may share one result. */
  private final AtomicBoolean inCall = new AtomicBoolean();

  private BlockingConnection(BlockingTransport transport) {
    ConnectionOptions options = transport.options();
    this.transport = transport;
    this.statements =
        new StatementCache(
            options.get(Options.CACHE_PREP_STMTS) ? options.get(Options.PREP_STMT_CACHE_SIZE) : 1,
            () -> 0, // nobody has asked the server
            transport.session()::closeStatement);
    this.codecs = transport.session().codecs();
    this.timeout = options.get(Options.STATEMENT_TIMEOUT);
    this.zone = SessionZone.of(options);
    this.start = SessionStart.of(options, zone);
    this.startUntold = start.isCertain() && !start.setting().isEmpty();
  }

  /**
   * @throws OptionException where the options want what only JDBC has
   */
  public static BlockingConnection connect(ConnectionOptions options) throws ConnectionException {
    if (SessionZone.isServers(options)) {
      throw SessionZone.serversNotAsked();
    }
    BlockingConnection connection = new BlockingConnection(BlockingTransport.open(options));
    if (!connection.start.isCertain()) {
      for (String sql : connection.start.statements()) {
        connection.tell(sql, options.get(Options.CONNECT_TIMEOUT));
        connection.awaitStart();
      }
    }
    return connection;
  }

  /**
   * @param database empty for none
   */
  public static BlockingConnection connect(
      String host, int port, String user, String password, String database)
      throws ConnectionException {
    return connect(
        ConnectionOptions.builder()
            .set(Options.HOST, host)
            .set(Options.PORT, port)
            .set(Options.USER, user)
            .set(Options.PASSWORD, Secret.of(password))
            .set(Options.DATABASE, database)
            .build());
  }

  /**
   * Runs a statement.
   *
   * @param arguments for its question marks: what {@link Parameters#setObject} takes, null included
   * @throws QueryFailedException where the server says no
   * @throws ConnectionBusyException where another thread, or a result that is still open, uses the
   *     connection
   * @throws IllegalArgumentException where there are more or fewer arguments than question marks
   */
  public Result query(String sql, @Nullable Object... arguments)
      throws ConnectionException, QueryFailedException {
    claim();
    Object mine = this;
    try {
      ResultExchange exchange =
          arguments.length == 0 ? transport.session().query(sql) : execute(sql, arguments);
      Result result = begun(exchange);
      mine = result;
      result.begin();
      return result;
    } catch (QueryFailedException e) {
      forgetWhatIsGone(e, sql);
      throw e;
    } finally {
      leave();
      if (mine == this) {
        release(this);
      }
    }
  }

  /**
   * Runs a LOAD DATA LOCAL whose data is read from {@code data}, whatever file it names. The option
   * allowLoadLocalInfile must be on.
   *
   * <p>Where reading it fails the connection is closed, so that nothing is loaded in part.
   */
  public Result load(String sql, InputStream data)
      throws ConnectionException, QueryFailedException {
    claim();
    Object mine = this;
    try {
      ResultExchange exchange = transport.session().query(sql);
      transport.loadFrom(exchange, data);
      Result result = begun(exchange);
      mine = result;
      result.begin();
      return result;
    } finally {
      leave();
      if (mine == this) {
        release(this);
      }
    }
  }

  private Result begun(ResultExchange exchange) throws ConnectionException {
    awaitStart();
    limit(exchange);
    Result result = new Result(this, exchange);
    owner.set(result);
    return result;
  }

  private ResultExchange execute(String sql, @Nullable Object[] arguments)
      throws ConnectionException, QueryFailedException {
    ServerStatement statement = statements.get(state().schema(), sql);
    if (statement == null || statement.isOutdated(state())) {
      statement = prepare(sql);
      statements.put(state().schema(), statement);
    }
    int due = statement.parameters().size();
    if (due != arguments.length) {
      throw new IllegalArgumentException(
          arguments.length + " arguments for a statement with " + due + " question marks");
    }
    Parameters parameters = new Parameters(due, codecs, zone.now());
    for (int i = 0; i < due; i++) {
      parameters.setObject(i, arguments[i]);
    }
    return transport.session().execute(statement, parameters, /* cursor= */ false);
  }

  private ServerStatement prepare(String sql) throws ConnectionException, QueryFailedException {
    try {
      return preparedNow(sql);
    } catch (QueryFailedException e) {
      if (e.code() == TOO_MANY_PREPARED && statements.makeRoom()) {
        return preparedNow(sql);
      }
      throw e;
    }
  }

  private ServerStatement preparedNow(String sql) throws ConnectionException, QueryFailedException {
    ServerStatement statement = new ServerStatement(sql);
    await(transport.session().prepare(statement));
    return statement;
  }

  /** The server does not know the statement any more, as behind some proxies. */
  private void forgetWhatIsGone(QueryFailedException e, String sql) {
    if (e.code() == UNKNOWN_STATEMENT) {
      statements.remove(state().schema(), sql);
    }
  }

  /** Asks the server for a sign of life. */
  public void ping() throws ConnectionException {
    try {
      run(() -> await(transport.session().ping()));
    } catch (QueryFailedException e) {
      throw new IllegalStateException("the server refuses to be pinged: " + e.getMessage(), e);
    }
  }

  /** Makes another database the one that names without a database mean. */
  public void useDatabase(String name) throws ConnectionException, QueryFailedException {
    run(() -> await(transport.session().initDatabase(name)));
  }

  /** Whether each statement commits by itself. */
  public void autocommit(boolean on) throws ConnectionException, QueryFailedException {
    query("SET autocommit = " + (on ? 1 : 0)).close();
  }

  /**
   * How long a statement may take, from the next one on; zero is no limit. When it has passed the
   * connection is closed, since the answer is still to come.
   *
   * @throws IllegalArgumentException for a time below zero or of more than a century
   */
  public void timeout(Duration limit) {
    if (limit.isNegative() || limit.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException("a timeout of " + limit + "; 0 to 100 years are due");
    }
    timeout = limit;
  }

  /** False once the connection is closed; nothing is asked of the server: see {@link #ping}. */
  public boolean isConnected() {
    return transport.isOpen();
  }

  /** What is known of the session: server version, schema in use, transaction. */
  public SessionState state() {
    return transport.session().state();
  }

  /** The session itself, for what is not offered here; the connection must be at rest. */
  public BlockingTransport transport() {
    return transport;
  }

  /** Never throws and never waits; what another thread waits for ends with an error. */
  @Override
  public void close() {
    if (owner.get() == null) {
      transport.close();
    } else {
      transport.abort();
    }
  }

  // ---- one at a time

  private interface Command {
    void run() throws ConnectionException, QueryFailedException;
  }

  private void run(Command command) throws ConnectionException, QueryFailedException {
    claim();
    try {
      command.run();
    } finally {
      leave();
      release(this);
    }
  }

  /** Awaits the end of a command that has no rows. */
  private void await(Exchange exchange) throws ConnectionException, QueryFailedException {
    awaitStart();
    limit(exchange);
    for (Event event = transport.next(); ; event = transport.next()) {
      if (event == Event.FAILED) {
        throw new QueryFailedException(exchange.error());
      }
      if (event.completesExchange()) {
        return;
      }
    }
  }

  private void tell(String sql, Duration limit) {
    QueryExchange telling = transport.session().query(sql);
    limit(telling, limit);
    startTelling = telling;
  }

  /** In a session that is not as was asked for nothing may run. */
  private void awaitStart() throws ConnectionException {
    QueryExchange telling = startTelling;
    if (telling == null) {
      return;
    }
    startTelling = null;
    Event event = transport.next();
    while (!event.completesExchange()) {
      event = transport.next();
    }
    if (event == Event.FAILED) {
      transport.abort();
      throw ConnectionException.configuration(
          "the server refused what the options have a session begin with (time_zone is left alone"
              + " by forceConnectionTimeZoneToSession=false): "
              + telling.error().message(),
          null);
    }
  }

  private void limit(Exchange exchange) {
    limit(exchange, timeout);
  }

  private static void limit(Exchange exchange, Duration limit) {
    if (!limit.isZero()) {
      exchange.deadline(System.nanoTime() + limit.toNanos());
    }
  }

  private void claim() throws ConnectionException {
    if (!transport.isOpen()) {
      throw ConnectionException.closed();
    }
    if (!owner.compareAndSet(null, this)) {
      throw new ConnectionBusyException(
          inCall.get()
              ? "another thread uses this connection"
              : "a result of this connection has not been read to its end; close it first");
    }
    try {
      enter();
    } catch (ConnectionBusyException e) {
      release(this);
      throw e;
    }
    if (startUntold) {
      startUntold = false;
      tell(start.setting(), timeout);
    }
  }

  void release(Object claimant) {
    owner.compareAndSet(claimant, null);
  }

  void enter() {
    if (!inCall.compareAndSet(false, true)) {
      throw new ConnectionBusyException("another thread uses this connection");
    }
  }

  void leave() {
    inCall.setRelease(false);
  }
}
