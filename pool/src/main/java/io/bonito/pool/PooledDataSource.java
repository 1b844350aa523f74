package io.bonito.pool;

import io.bonito.pool.argument.Argument;
import io.bonito.pool.argument.Arguments;
import io.bonito.pool.argument.PoolArguments;
import io.bonito.pool.bonito.OwnDriver;
import io.bonito.pool.echo.Echo;
import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.jdbc.ErrorJudge;
import io.bonito.pool.jdbc.Lender;
import io.bonito.pool.jdbc.Login;
import io.bonito.pool.jdbc.PoolIdentity;
import io.bonito.pool.jdbc.Preparation;
import io.bonito.pool.jdbc.ResetPolicy;
import io.bonito.pool.jdbc.Sharing;
import io.bonito.pool.kind.Pool;
import io.bonito.pool.kind.PoolKind;
import io.bonito.pool.kind.PoolKinds;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Holder;
import io.bonito.pool.lending.LendingException;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.PoolObserver;
import io.bonito.pool.lending.ProcessBudget;
import io.bonito.pool.lending.Settings;
import io.bonito.pool.lending.Source;
import io.bonito.pool.lending.SystemWorld;
import io.bonito.pool.management.Management;
import io.bonito.pool.recording.Recording;
import io.bonito.pool.scope.Scope;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lends connections of any driver.
 *
 * <pre>
 *   DataSource shop =
 *       PooledDataSource.over(
 *           () -&gt; DriverManager.getConnection("jdbc:mysql://db/shop", "app", secret),
 *           Map.of("pool_class", "QueuePool", "pool_size", "10"));
 * </pre>
 *
 * <p>The arguments are those of {@link Arguments}; {@code docs/pools.md} lists them.
 */
public final class PooledDataSource implements DataSource, AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Connector connector;
  private final PoolArguments arguments;
  private final @Nullable PoolListener<Connection> listener;
  private final Budget budget;
  private final OthersPools<PooledDataSource> others = new OthersPools<>(this::isUnused);
  private final Lender lender;
  private final AtomicLong timeoutNanos;

  /** Null where each borrower has a connection of its own at once. */
  private final @Nullable Sharing sharing;

  private PooledDataSource(
      Connector connector,
      PoolArguments arguments,
      @Nullable PoolListener<Connection> listener,
      Budget budget,
      @Nullable String givenName) {
    this.arguments = arguments;
    this.listener = listener;
    this.budget = budget;
    PoolKind kind = PoolKinds.named(arguments.get(Arguments.POOL_CLASS));
    Settings settings = PoolKinds.settings(name(givenName, kind, arguments), arguments);
    this.connector =
        connector.introducing(
            PoolIdentity.of(arguments.get(Arguments.PROGRAM_NAME), settings.name(), kind.name()));
    timeoutNanos = new AtomicLong(arguments.get(Arguments.TIMEOUT));
    String echo = arguments.get(Arguments.ECHO);
    Management management = Management.place(arguments.get(Arguments.REGISTER_MBEANS));
    PoolObserver observer =
        PoolObserver.both(
            Recording.observer(), PoolObserver.both(Echo.observer(echo), management.observer()));
    Preparation preparation = preparation(arguments);
    int shared = arguments.get(Arguments.MULTIPLEXING);
    sharing =
        shared == 0 ? null : OwnDriver.sharing(shared, this.connector, preparation, this::lendOwn);
    lender =
        new Lender(
            OwnDriver.counted(this.connector),
            preparation,
            ResetPolicy.valueOf(arguments.get(Arguments.RESET_ON_RETURN).toUpperCase(Locale.ROOT)),
            ErrorJudge.STANDARD,
            OwnDriver.footing(/* pings= */ arguments.get(Arguments.PRE_PING)),
            OwnDriver.farewell(),
            Echo.listener(echo, settings.name(), listener),
            new Lender.Maker() {
              @Override
              public <T> Pool<T> make(Source<T> source, @Nullable PoolListener<T> listener) {
                return kind.create(
                    new Pool.Parts<>(
                        settings,
                        source,
                        listener,
                        SystemWorld.INSTANCE,
                        budget,
                        arguments.get(Arguments.BUDGET_MINIMUM),
                        observer),
                    arguments);
              }
            });
    Epoch.include(lender.pool());
    management.register().accept(lender.pool(), timeoutNanos);
    lender.pool().start();
  }

  private static String name(@Nullable String given, PoolKind kind, PoolArguments arguments) {
    if (given != null) {
      return given;
    }
    String name = arguments.get(Arguments.LOGGING_NAME);
    return name.isEmpty() ? kind.name() + "-" + NUMBER.incrementAndGet() : name;
  }

  /**
   * A pool of what the connector opens.
   *
   * @throws IllegalArgumentException where an argument is none or cannot be
   */
  public static PooledDataSource over(Connector connector, Map<String, String> arguments) {
    return over(connector, arguments, null, ProcessBudget.SHARED);
  }

  /**
   * A pool that somebody listens to, or with a budget of its own.
   *
   * @param listener hears of the driver's connections; null for nobody
   */
  public static PooledDataSource over(
      Connector connector,
      Map<String, String> arguments,
      @Nullable PoolListener<Connection> listener,
      Budget budget) {
    return new PooledDataSource(
        connector, PoolArguments.of(arguments), listener, budget, /* givenName= */ null);
  }

  private static Preparation preparation(PoolArguments arguments) {
    return new Preparation(
        arguments.has(Arguments.AUTO_COMMIT) ? arguments.get(Arguments.AUTO_COMMIT) : null,
        arguments.has(Arguments.READ_ONLY) ? arguments.get(Arguments.READ_ONLY) : null,
        isolation(arguments.get(Arguments.ISOLATION)),
        given(arguments, Arguments.CATALOG),
        given(arguments, Arguments.SCHEMA),
        given(arguments, Arguments.INITIAL_SQL));
  }

  private static @Nullable String given(PoolArguments arguments, Argument<String> argument) {
    String value = arguments.get(argument);
    return value.isEmpty() ? null : value;
  }

  private static @Nullable Integer isolation(String name) {
    return switch (name) {
      case "read_uncommitted" -> Connection.TRANSACTION_READ_UNCOMMITTED;
      case "read_committed" -> Connection.TRANSACTION_READ_COMMITTED;
      case "repeatable_read" -> Connection.TRANSACTION_REPEATABLE_READ;
      case "serializable" -> Connection.TRANSACTION_SERIALIZABLE;
      default -> null;
    };
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = sharing == null ? lendOwn() : sharing.connection();
    if (Scope.isAnyEntered()) {
      Scope.taken(connection);
    }
    return connection;
  }

  private Connection lendOwn() throws SQLException {
    try {
      return lender.lend(timeoutNanos.get());
    } catch (LendingException e) {
      throw refusal(e);
    }
  }

  /** What the application sees: java.sql's own exceptions, with the cause's SQLState and number. */
  private static SQLException refusal(LendingException e) {
    SQLException cause = sqlCause(e);
    String message = String.valueOf(e.getMessage());
    int code = cause == null ? 0 : cause.getErrorCode();
    return switch (e.reason()) {
      case TIMED_OUT, TOO_MANY_WAITERS, INTERRUPTED, DEADLOCK, ALREADY_LENT ->
          new SQLTransientConnectionException(message, "08001", code, e);
      case CLOSED -> new SQLNonTransientConnectionException(message, "08003", code, e);
      case REFUSED -> {
        String state = cause == null ? null : cause.getSQLState();
        yield new SQLNonTransientConnectionException(
            message, state == null ? "08001" : state, code, e);
      }
    };
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  /** The pool: its numbers, and what can be done to it as a whole. */
  public Pool<?> pool() {
    return lender.pool();
  }

  /** One line of numbers, in the words of SQLAlchemy. */
  public String status() {
    return pool().statusLine();
  }

  /** Lends no more; idle connections are closed, lent ones when they come back. */
  @Override
  public void close() {
    if (sharing != null) {
      sharing.close();
    }
    pool().close();
    others.all().forEach(PooledDataSource::close);
  }

  /**
   * Lends no more, and waits until the last lent connection has come back and is closed.
   *
   * @param most how long to wait
   * @return who still has one then, and what it is doing; empty where all are closed
   */
  public List<Holder> drain(Duration most) {
    long until = System.nanoTime() + most.toNanos();
    close();
    List<Holder> left = new ArrayList<>(pool().drained(most.toNanos()));
    for (PooledDataSource theirs : others.all()) {
      left.addAll(theirs.pool().drained(Math.max(0, until - System.nanoTime())));
    }
    return left;
  }

  // --- what a DataSource must say ---

  /**
   * Lends a connection of this user, from a pool of its own with the same arguments. It counts
   * against the same budget, and is closed with this one.
   */
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Login login = new Login(user == null ? "" : user, password == null ? "" : password);
    while (true) {
      if (pool().isClosed()) {
        return getConnection();
      }
      PooledDataSource theirs = others.of(login, () -> poolOf(login));
      try {
        return theirs.getConnection();
      } catch (SQLException e) {
        if (!theirs.pool().isClosed()) {
          throw e;
        }
        // Put away as unused, at the moment at which it was to be used.
      }
    }
  }

  private PooledDataSource poolOf(Login login) {
    return new PooledDataSource(
        () -> connector.connect(login),
        arguments,
        listener,
        budget,
        pool().settings().name() + " of " + login.user());
  }

  private boolean isUnused(PooledDataSource theirs) {
    if (theirs.sharing != null
        || theirs.pool().status().total() + theirs.pool().status().waiting() > 0) {
      return false;
    }
    theirs.close();
    return true;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("this is no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  @SuppressWarnings("NullAway") // Null means that nothing is written, as java.sql says.
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("events are logged by System.Logger");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("the argument timeout says how long to wait");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public String toString() {
    return pool().settings().name() + ": " + status();
  }
}
