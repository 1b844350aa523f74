package io.bonito.async.pool;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.bonito.async.AsyncConnection;
import io.bonito.async.AsyncException;
import io.bonito.netty.LoopConnector;
import io.bonito.pool.argument.Argument;
import io.bonito.pool.argument.Arguments;
import io.bonito.pool.argument.PoolArguments;
import io.bonito.pool.jdbc.ErrorJudge;
import io.bonito.pool.jdbc.Farewell;
import io.bonito.pool.jdbc.ResetPolicy;
import io.bonito.pool.jdbc.Rest;
import io.bonito.pool.lending.OpenFailure;
import io.bonito.pool.lending.Source;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Where the pool's connections come from. The engine's own threads open and close, and wait for
 * what the loop does; checks for borrowers wait for nothing.
 */
final class Connections implements Source<Physical> {
  private static final long STATEMENT_SECONDS = 30;
  private static final long SLACK_NANOS = SECONDS.toNanos(5);
  private static final long GOODBYE_NANOS = SECONDS.toNanos(1);
  private static final long CHECK_NANOS = SECONDS.toNanos(5);

  private final ConnectionOptions options;
  private final LoopConnector connector;
  private final ResetPolicy resetPolicy;
  private final boolean pings;
  private final boolean readOnly;
  private final String schema;
  private final List<String> firstStatements;

  Connections(ConnectionOptions options, LoopConnector connector, PoolArguments arguments) {
    this.options = options;
    this.connector = connector;
    resetPolicy =
        ResetPolicy.valueOf(arguments.get(Arguments.RESET_ON_RETURN).toUpperCase(Locale.ROOT));
    pings = arguments.get(Arguments.PRE_PING);
    readOnly = arguments.get(Arguments.READ_ONLY);
    String given = arguments.get(Arguments.SCHEMA);
    schema = given.isEmpty() ? arguments.get(Arguments.CATALOG) : given;
    firstStatements = firstStatements(arguments);
  }

  private static List<String> firstStatements(PoolArguments arguments) {
    List<String> statements = new ArrayList<>();
    if (arguments.has(Arguments.READ_ONLY)) {
      statements.add(
          "SET SESSION TRANSACTION READ "
              + (is(arguments, Arguments.READ_ONLY) ? "ONLY" : "WRITE"));
    }
    String isolation = arguments.get(Arguments.ISOLATION);
    if (!isolation.isEmpty()) {
      statements.add(
          "SET SESSION TRANSACTION ISOLATION LEVEL "
              + isolation.replace('_', ' ').toUpperCase(Locale.ROOT));
    }
    String initial = arguments.get(Arguments.INITIAL_SQL);
    if (!initial.isEmpty()) {
      statements.add(initial);
    }
    if (arguments.has(Arguments.AUTO_COMMIT)) {
      statements.add("SET autocommit=" + (is(arguments, Arguments.AUTO_COMMIT) ? 1 : 0));
    }
    return statements;
  }

  private static boolean is(PoolArguments arguments, Argument<Boolean> argument) {
    return arguments.get(argument);
  }

  // ---- by threads of the engine

  @Override
  public Physical open() throws Exception {
    CompletableFuture<AsyncConnection> connecting = AsyncConnection.connect(options, connector);
    // The loop keeps to connectTimeout, unless it hangs itself.
    AsyncConnection connection =
        awaited(connecting, options.get(Options.CONNECT_TIMEOUT).toNanos() + SLACK_NANOS);
    try {
      for (String sql : firstStatements) {
        awaited(connection.query(sql).run(), SECONDS.toNanos(STATEMENT_SECONDS));
      }
      if (!schema.isEmpty()) {
        awaited(connection.use(schema), SECONDS.toNanos(STATEMENT_SECONDS));
      }
      CompletableFuture<Physical> made =
          CompletableFuture.supplyAsync(
              () -> new Physical(connection, resetPolicy, readOnly),
              connection.transport().eventLoop());
      return awaited(made, SECONDS.toNanos(STATEMENT_SECONDS));
    } catch (Exception e) {
      var unused = connection.closeNow();
      throw e;
    }
  }

  private static <T> T awaited(CompletableFuture<T> future, long nanos) throws Exception {
    try {
      return future.get(nanos, NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof AsyncException failure) {
        throw Physical.asSql(failure);
      }
      throw cause instanceof Exception known ? known : e;
    } catch (InterruptedException | TimeoutException e) {
      future.cancel(false);
      throw e;
    }
  }

  @Override
  public boolean check(Physical physical, long nanos) {
    if (!physical.isThere()) {
      return false;
    }
    try {
      awaited(physical.connection().ping(), Math.min(nanos, CHECK_NANOS));
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  @Override
  public long mayRest(Physical physical) throws Exception {
    try {
      Optional<Long> seconds =
          awaited(
              physical
                  .connection()
                  .query("SELECT @@session.wait_timeout")
                  .first(row -> row.getLong(0)),
              SECONDS.toNanos(STATEMENT_SECONDS));
      return seconds.map(Rest::below).orElse(Rest.UNKNOWN);
    } catch (SQLException e) {
      if (!physical.isThere()) {
        throw e;
      }
      return Rest.UNKNOWN; // a proxy that knows no such variable
    }
  }

  @Override
  public long close(Physical physical) {
    CompletionStage<?> closed =
        physical.isExecuting() ? physical.connection().closeNow() : physical.connection().close();
    try {
      awaited(closed.toCompletableFuture().thenApply(nothing -> true), GOODBYE_NANOS);
    } catch (Exception e) {
      var unused = physical.connection().closeNow();
    }
    return Farewell.USUALLY_COUNTED;
  }

  @Override
  public void abandon(Physical physical) {
    var unused = physical.connection().closeNow();
  }

  @Override
  public OpenFailure judge(Throwable failure) {
    return ErrorJudge.STANDARD.judgeOpening(failure);
  }

  // ---- by any thread, which does not wait

  /**
   * The loop hears when a connection ends; whether the server answers is asked where that is due.
   */
  @Override
  public void check(Physical physical, long nanos, Consumer<Boolean> told) {
    if (!pings || !physical.isThere()) {
      told.accept(physical.isThere());
      return;
    }
    physical
        .connection()
        .ping()
        .orTimeout(nanos, NANOSECONDS)
        .whenComplete((nothing, failure) -> told.accept(failure == null));
  }

  @Override
  public boolean isNear(Physical physical) {
    return physical.isOfThisThread();
  }

  @Override
  public String activity(Physical physical) {
    return physical.activity();
  }

  @Override
  public boolean isExecuting(Physical physical) {
    return physical.isExecuting();
  }
}
