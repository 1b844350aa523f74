package io.bonito.r2dbc;

import io.bonito.async.AsyncConnection;
import io.bonito.async.Query;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.sql.Identifiers;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.value.Parameters;
import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Lifecycle;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * An R2DBC connection. Whatever is given while a result is being read waits for its end; what is
 * given up holds nothing up for long, and its answer is never another one's.
 */
public final class BonitoConnection implements Connection, Lifecycle, Wrapped<AsyncConnection> {
  private final AsyncConnection async;
  private final SqlRules rules;
  private final MarkersCache markers = new MarkersCache();
  private final boolean tinyIsTruth;
  private final boolean pipelining;
  private final ConnectionMetadata metadata;
  private volatile Duration statementTimeout = Duration.ZERO;
  private volatile IsolationLevel sessionIsolation;
  private volatile @Nullable IsolationLevel transactionIsolation;

  /** Of the loop: what was made of columns, which prepared statements have again and again. */
  private final @Nullable BonitoRowMetadata[] metadatas = new @Nullable BonitoRowMetadata[16];

  /** Of the loop: the subscription whose statements are under way. */
  private @Nullable Run latest;

  /**
   * @param pipelining whether statements that are subscribed to together are independent
   */
  BonitoConnection(AsyncConnection async, IsolationLevel isolation, boolean pipelining) {
    this.async = async;
    this.pipelining = pipelining;
    this.rules = async.sqlRules();
    this.tinyIsTruth = async.options().get(Options.TINY_INT1_IS_BIT);
    this.sessionIsolation = isolation;
    boolean mariaDb = async.state().server().mariaDb();
    this.metadata = new Metadata(mariaDb ? "MariaDB" : "MySQL", async.state().server().text());
  }

  private record Metadata(String getDatabaseProductName, String getDatabaseVersion)
      implements ConnectionMetadata {}

  // ---- for statements

  AsyncConnection async() {
    return async;
  }

  SqlRules rules() {
    return rules;
  }

  Markers markers(String sql) {
    return markers.get(sql, rules);
  }

  /** Whether a statement may be sent before those are answered that were subscribed to before. */
  boolean isPipelining() {
    return pipelining;
  }

  boolean tinyIsTruth() {
    return tinyIsTruth;
  }

  Query query(String sql, Parameters values) {
    Query query = async.query(sql, values);
    return statementTimeout.isZero() ? query : query.timeout(statementTimeout);
  }

  /** On the loop. */
  BonitoRowMetadata metadata(Columns columns) {
    int at = System.identityHashCode(columns) & (metadatas.length - 1);
    BonitoRowMetadata known = metadatas[at];
    if (known == null || known.columns() != columns) {
      known = new BonitoRowMetadata(columns, tinyIsTruth);
      metadatas[at] = known;
    }
    return known;
  }

  /** There an action needs no object to be taken there. */
  boolean isOnLoop() {
    return async.transport().eventLoop().inEventLoop();
  }

  void onLoop(Runnable action) {
    if (isOnLoop()) {
      action.run();
    } else {
      soon(action);
    }
  }

  /** On the loop, and not before the call that is under way there has returned. */
  void soon(Runnable action) {
    try {
      async.transport().eventLoop().execute(action);
    } catch (RejectedExecutionException e) {
      action.run(); // nothing else runs where the loop was; it is told that all has ended
    }
  }

  /** On the loop: something is about to be given to the connection. */
  void begins(@Nullable Run run) {
    Run before = latest;
    latest = run;
    if (before != null) {
      before.superseded();
    }
  }

  void ends(Run run) {
    if (latest == run) {
      latest = null;
    }
  }

  // ---- statements

  @Override
  public Statement createStatement(String sql) {
    if (sql == null) {
      throw new IllegalArgumentException("there is no SQL");
    }
    return new BonitoStatement(this, sql);
  }

  @Override
  public Batch createBatch() {
    return new BonitoBatch(this);
  }

  @Override
  public ConnectionMetadata getMetadata() {
    return metadata;
  }

  // ---- transactions

  @Override
  public Publisher<Void> beginTransaction() {
    return done(() -> isInTransaction() ? List.of() : List.of("START TRANSACTION"));
  }

  @Override
  public Publisher<Void> beginTransaction(TransactionDefinition definition) {
    IsolationLevel isolation = definition.getAttribute(TransactionDefinition.ISOLATION_LEVEL);
    Boolean readOnly = definition.getAttribute(TransactionDefinition.READ_ONLY);
    Duration lockWait = definition.getAttribute(TransactionDefinition.LOCK_WAIT_TIMEOUT);
    return done(
        () -> {
          if (isInTransaction()) {
            return List.of();
          }
          List<String> statements = new ArrayList<>(3);
          if (lockWait != null) {
            statements.add(lockWait(lockWait));
          }
          if (isolation != null) {
            statements.add("SET TRANSACTION ISOLATION LEVEL " + Isolation.sql(isolation));
            transactionIsolation = isolation;
          }
          statements.add(
              readOnly == null
                  ? "START TRANSACTION"
                  : "START TRANSACTION READ " + (readOnly ? "ONLY" : "WRITE"));
          return statements;
        });
  }

  @Override
  public Publisher<Void> commitTransaction() {
    return done(() -> ending("COMMIT"));
  }

  @Override
  public Publisher<Void> rollbackTransaction() {
    return done(() -> ending("ROLLBACK"));
  }

  private List<String> ending(String sql) {
    transactionIsolation = null;
    return isAutoCommit() ? List.of() : List.of(sql);
  }

  @Override
  public Publisher<Void> createSavepoint(String name) {
    String quoted = quoted(name);
    return done(
        () ->
            isInTransaction()
                ? List.of("SAVEPOINT " + quoted)
                : List.of("START TRANSACTION", "SAVEPOINT " + quoted));
  }

  @Override
  public Publisher<Void> releaseSavepoint(String name) {
    String quoted = quoted(name);
    return done(() -> List.of("RELEASE SAVEPOINT " + quoted));
  }

  @Override
  public Publisher<Void> rollbackTransactionToSavepoint(String name) {
    String quoted = quoted(name);
    return done(() -> List.of("ROLLBACK TO SAVEPOINT " + quoted));
  }

  private static String quoted(String name) {
    if (name == null) {
      throw new IllegalArgumentException("there is no name");
    }
    return Identifiers.quote(name);
  }

  private boolean isInTransaction() {
    return async.state().inTransaction();
  }

  @Override
  public boolean isAutoCommit() {
    return async.state().autocommit() && !isInTransaction();
  }

  /** Commits a transaction that is open where this changes something. */
  @Override
  public Publisher<Void> setAutoCommit(boolean autoCommit) {
    return done(
        () -> {
          if (autoCommit == isAutoCommit()) {
            return List.of();
          }
          List<String> statements = new ArrayList<>(2);
          if (autoCommit && isInTransaction()) {
            statements.add("COMMIT");
            transactionIsolation = null;
          }
          if (autoCommit != async.state().autocommit()) {
            statements.add("SET autocommit=" + (autoCommit ? 1 : 0));
          }
          return statements;
        });
  }

  @Override
  public IsolationLevel getTransactionIsolationLevel() {
    IsolationLevel current = transactionIsolation;
    return current != null ? current : sessionIsolation;
  }

  @Override
  public Publisher<Void> setTransactionIsolationLevel(IsolationLevel level) {
    String sql = "SET SESSION TRANSACTION ISOLATION LEVEL " + Isolation.sql(level);
    return new FutureMono<>(
        () ->
            execute(List.of(sql))
                .thenApply(
                    nothing -> {
                      sessionIsolation = level;
                      return null;
                    }));
  }

  // ---- limits on time

  @Override
  public Publisher<Void> setLockWaitTimeout(Duration timeout) {
    String sql = lockWait(timeout);
    return done(() -> List.of(sql));
  }

  /** The servers count whole seconds, from 1 on. */
  static String lockWait(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout of " + timeout);
    }
    long seconds = Math.max(1, timeout.plusMillis(999).toSeconds());
    return "SET innodb_lock_wait_timeout=" + seconds;
  }

  /** For statements created or executed from now on; zero for none. */
  @Override
  public Publisher<Void> setStatementTimeout(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout of " + timeout);
    }
    return new FutureMono<>(
        () -> {
          statementTimeout = timeout;
          return CompletableFuture.completedFuture(null);
        });
  }

  // ---- the connection

  @Override
  public Publisher<Boolean> validate(ValidationDepth depth) {
    return new FutureMono<>(
        () -> {
          if (depth == ValidationDepth.LOCAL || !async.isOpen()) {
            return CompletableFuture.completedFuture(async.isOpen());
          }
          onLoop(() -> begins(null));
          return async.ping().handle((nothing, failure) -> failure == null);
        });
  }

  @Override
  public Publisher<Void> postAllocate() {
    return new FutureMono<>(() -> CompletableFuture.completedFuture(null));
  }

  /** Rolls back what was left open. */
  @Override
  public Publisher<Void> preRelease() {
    return done(
        () -> {
          List<String> statements = new ArrayList<>(2);
          if (isInTransaction()) {
            statements.add("ROLLBACK");
            transactionIsolation = null;
          }
          if (!async.state().autocommit()) {
            statements.add("SET autocommit=1");
          }
          return statements;
        });
  }

  /** Closes, at once where a result has not been read to its end. */
  @Override
  public Publisher<Void> close() {
    return new FutureMono<>(
        () -> {
          CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
          onLoop(
              () -> {
                begins(latest);
                (latest == null ? async.close() : async.closeNow())
                    .whenComplete((nothing, failure) -> closed.complete(null));
              });
          return closed;
        });
  }

  /** The connection below, which never waits either. */
  @Override
  public AsyncConnection unwrap() {
    return async;
  }

  /** Executes statements of the driver's own, which are chosen when somebody subscribes. */
  private Publisher<Void> done(Supplier<List<String>> statements) {
    return new FutureMono<>(
        () -> {
          CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
          onLoop(
              () -> {
                CompletableFuture<@Nullable Void> executing;
                try {
                  executing = execute(statements.get());
                } catch (RuntimeException e) {
                  done.completeExceptionally(e);
                  return;
                }
                executing.whenComplete(
                    (nothing, failure) -> {
                      if (failure == null) {
                        done.complete(null);
                      } else {
                        done.completeExceptionally(failure);
                      }
                    });
              });
          return done;
        });
  }

  private CompletableFuture<@Nullable Void> execute(List<String> statements) {
    onLoop(() -> begins(null));
    CompletableFuture<@Nullable Void> all = CompletableFuture.completedFuture(null);
    for (String sql : statements) {
      all = all.thenCompose(nothing -> async.query(sql).run().thenApply(outcome -> null));
    }
    return all;
  }
}
