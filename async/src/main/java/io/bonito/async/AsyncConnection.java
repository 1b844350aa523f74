package io.bonito.async;

import io.bonito.netty.LoopConnection;
import io.bonito.netty.LoopConnector;
import io.bonito.protocol.exchange.AcknowledgedExchange;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.ResetConnectionExchange;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.SessionZone;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose statements are answered on an event loop; nothing here waits.
 *
 * <pre>{@code
 * AsyncConnection.connect(options, group)
 *     .thenCompose(
 *         connection ->
 *             connection
 *                 .query("SELECT id, name FROM people WHERE id < ?", 100)
 *                 .list(row -> row.getLong(0) + " " + row.getString(1))
 *                 .whenComplete((names, failure) -> connection.close()));
 * }</pre>
 *
 * <p>All methods can be called from any thread. Statements are executed one after the other in the
 * order in which they are given, each when the one before is answered; only a {@link Pipeline}
 * sends several at once. Futures complete on the connection's loop, so what is chained to them must
 * not wait either. Failures are {@link AsyncException}s.
 */
public final class AsyncConnection {
  private final Line line;
  private final @Nullable Loan loan;

  private AsyncConnection(Line line) {
    this(line, null);
  }

  /**
   * @param loan of which this is the handle; null where the connection is its user's own
   */
  AsyncConnection(Line line, @Nullable Loan loan) {
    this.line = line;
    this.loan = loan;
  }

  /** Connects over NIO and logs in, within {@code connectTimeout}. */
  public static CompletableFuture<AsyncConnection> connect(
      ConnectionOptions options, EventLoopGroup group) {
    return connect(options, LoopConnector.on(group));
  }

  /**
   * Connects on loops and channels of the host's choice, and logs in, within {@code
   * connectTimeout}.
   *
   * @return where it is cancelled, a connection that comes later is closed; fails with an {@link
   *     OptionException} where the options want what only JDBC has
   */
  public static CompletableFuture<AsyncConnection> connect(
      ConnectionOptions options, LoopConnector connector) {
    if (SessionZone.isServers(options)) {
      return CompletableFuture.failedFuture(SessionZone.serversNotAsked());
    }
    return new Connecting(connector, options);
  }

  private static final class Connecting extends CompletableFuture<AsyncConnection> {
    private final CompletableFuture<LoopConnection> connecting;

    Connecting(LoopConnector connector, ConnectionOptions options) {
      connecting = connector.connect(options).toCompletableFuture();
      connecting.whenComplete(
          (connection, failure) -> {
            if (connection == null) {
              completeExceptionally(AsyncException.of(failure));
            } else {
              begin(new Line(connector, connection));
            }
          });
    }

    private void begin(Line line) {
      SessionTelling.begin(line)
          .whenComplete(
              (told, refused) -> {
                boolean taken =
                    refused == null
                        ? complete(new AsyncConnection(line))
                        : completeExceptionally(refused);
                if (!taken) {
                  line.connection().abort();
                }
              });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      connecting.cancel(false);
      return cancelled;
    }
  }

  // ---- statements

  /** A statement without parameters; it goes as text. */
  public Query query(String sql) {
    return new Query(
        line, sql, null, /* asksForPreparation= */ false, line.statementTimeoutNanos(), null);
  }

  /**
   * A statement with a value for each of its question marks. The server prepares it when it is
   * first executed, unless {@code useServerPrepStmts} says otherwise.
   *
   * @throws AsyncException where SQL has no type for a value
   */
  public Query query(String sql, @Nullable Object... values) {
    return query(sql, parameters(line, values));
  }

  /** The same, with values that are not to be changed before the statement is complete. */
  public Query query(String sql, Parameters values) {
    return new Query(
        line, sql, values, /* asksForPreparation= */ false, line.statementTimeoutNanos(), null);
  }

  /** Slots for so many values of this connection. */
  public Parameters parameters(int count) {
    return line.parameters(count);
  }

  static Parameters parameters(Line line, @Nullable Object... values) {
    Parameters parameters = line.parameters(values.length);
    try {
      for (int index = 0; index < values.length; index++) {
        parameters.setObject(index, values[index]);
      }
    } catch (ConversionException e) {
      throw AsyncException.of(e);
    }
    return parameters;
  }

  /** Has the server prepare a statement, and so say what is wrong with it. */
  public CompletableFuture<PreparedQuery> prepare(String sql) {
    Preparing preparing = new Preparing(line, sql);
    if (!line.onLoop(() -> line.turns().add(preparing))) {
      preparing.refuse(AsyncException.closed());
    }
    return preparing.future();
  }

  /** Statements to be sent together. */
  public Pipeline pipeline() {
    return new Pipeline(line);
  }

  // ---- transactions

  public CompletableFuture<@Nullable Void> begin() {
    return done(query("START TRANSACTION"));
  }

  public CompletableFuture<@Nullable Void> commit() {
    return done(query("COMMIT"));
  }

  public CompletableFuture<@Nullable Void> rollback() {
    return done(query("ROLLBACK"));
  }

  /**
   * Does some work within a transaction, which is committed if that ends well, and rolled back
   * else.
   *
   * @param work its own failure, or that of its stage, is how this fails; a rollback that fails too
   *     is told as suppressed
   */
  public <T extends @Nullable Object> CompletableFuture<T> inTransaction(
      Function<AsyncConnection, ? extends CompletionStage<T>> work) {
    return new Transaction<>(this, work).begin();
  }

  /** Whether a transaction is open, as the latest answer has it. */
  public boolean inTransaction() {
    return state().inTransaction();
  }

  // ---- the connection

  /** Asks the server for a sign of life. */
  public CompletableFuture<@Nullable Void> ping() {
    return done(exchange("COM_PING", AcknowledgedExchange.ping()));
  }

  /** Makes another database the one in use. */
  public CompletableFuture<@Nullable Void> use(String database) {
    return done(exchange("COM_INIT_DB", AcknowledgedExchange.initDatabase(database)));
  }

  /** Begins the session anew: variables, locks, temporary tables, prepared statements are gone. */
  public CompletableFuture<@Nullable Void> reset() {
    CompletableFuture<Outcome> begunAnew =
        exchange("COM_RESET_CONNECTION", new ResetConnectionExchange()).run();
    // Given now, so that no other statement comes before them.
    List<CompletableFuture<?>> told = new ArrayList<>();
    for (String sql : line.start().statements()) {
      told.add(done(query(sql)));
    }
    return begunAnew.thenCompose(
        outcome -> {
          line.onLoop(line::forgetStatements);
          return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
        });
  }

  private Query exchange(String name, Exchange exchange) {
    return new Query(
        line, name, null, /* asksForPreparation= */ false, line.statementTimeoutNanos(), exchange);
  }

  private static CompletableFuture<@Nullable Void> done(Query query) {
    return query.run().thenApply(outcome -> null);
  }

  /**
   * What the server has told of the session. Best read where an answer has just come; elsewhere it
   * may be about to change.
   */
  public SessionState state() {
    return line.connection().state();
  }

  /** How the server reads quotes now; to be read on the loop, as where an answer has just come. */
  public SqlRules sqlRules() {
    return line.rules();
  }

  public ConnectionOptions options() {
    return line.connection().options();
  }

  /**
   * The connection below, for its loop and for what is not here.
   *
   * @throws AsyncException where it has gone back to its pool
   */
  public LoopConnection transport() {
    if (loan != null && !loan.isLent()) {
      throw AsyncException.returned();
    }
    return line.connection();
  }

  /** Makes a handle of it for somebody else, as pools do; see {@link Loan}. */
  public Loan lend(Loan.Lender lender) {
    return new Loan(line, lender);
  }

  /** False once the connection has ended, by whomever, or has gone back to its pool. */
  public boolean isOpen() {
    return (loan == null || loan.isLent()) && line.connection().isOpen();
  }

  /**
   * Takes no more statements, and leaves when those given are answered; which waits for receivers
   * and subscribers that want no rows. A pool's connection goes back to it, as {@link Loan#close}
   * says.
   *
   * @return completes when the connection is closed, or is back
   */
  public CompletionStage<@Nullable Void> close() {
    if (loan != null) {
      return loan.close();
    }
    line.turns().close();
    return closed();
  }

  /** As {@link #close}, but statements that are not answered are cancelled first. */
  public CompletionStage<@Nullable Void> closeCancelling() {
    if (loan != null) {
      return loan.giveUp();
    }
    line.onLoop(() -> line.turns().end(/* all= */ true, () -> line.connection().close()));
    return closed();
  }

  /** Closes at once. Statements that are not answered fail. A pool opens another one instead. */
  public CompletionStage<@Nullable Void> closeNow() {
    if (loan == null) {
      line.connection().abort();
      return closed();
    }
    // Not what somebody else has by now.
    if (loan.isLent()) {
      line.connection().abort();
    }
    return loan.close();
  }

  /** Completes when the connection is closed, by whomever, or is back in its pool. */
  public CompletionStage<@Nullable Void> closed() {
    return loan == null ? line.connection().closed() : loan.over();
  }

  /** All values of futures, when all have come; for the outcomes of a pipeline. */
  public static <T extends @Nullable Object> CompletableFuture<List<T>> all(
      List<CompletableFuture<T>> parts) {
    return Pipeline.all(CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0])), parts);
  }
}
