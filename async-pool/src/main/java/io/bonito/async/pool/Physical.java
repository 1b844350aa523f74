package io.bonito.async.pool;

import io.bonito.async.AsyncConnection;
import io.bonito.async.AsyncException;
import io.bonito.async.Loan;
import io.bonito.async.Query;
import io.bonito.pool.jdbc.ErrorJudge;
import io.bonito.pool.jdbc.ResetPolicy;
import io.bonito.pool.kind.Pool;
import io.bonito.pool.lending.Slot;
import io.bonito.protocol.exchange.SessionState;
import io.netty.channel.EventLoop;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection of the pool, and what it has to be like when it is lent. */
final class Physical {
  /** Putting a session in order is a matter of a round trip; a server that takes longer is ill. */
  private static final Duration MOST = Duration.ofSeconds(10);

  private static final int SHOWN = 200;

  private final AsyncConnection connection;
  private final ResetPolicy resetPolicy;
  private final boolean readOnly;
  private final EventLoop loop;
  private final String schema;
  private final boolean autocommit;
  private volatile @Nullable Loan loan;

  /**
   * @param connection in the state in which each borrower is to get it
   */
  Physical(AsyncConnection connection, ResetPolicy resetPolicy, boolean readOnly) {
    this.connection = connection;
    this.resetPolicy = resetPolicy;
    this.readOnly = readOnly;
    loop = connection.transport().eventLoop();
    schema = connection.state().schema();
    autocommit = connection.state().autocommit();
  }

  AsyncConnection connection() {
    return connection;
  }

  /** Whether the connection, and the loop that drives it, are there. */
  boolean isThere() {
    return connection.isOpen() && !loop.isShuttingDown();
  }

  boolean isOfThisThread() {
    return loop.inEventLoop();
  }

  /** False where the host has shut its loop down. */
  boolean onLoop(Runnable action) {
    try {
      loop.execute(action);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  static AsyncException loopGone() {
    return AsyncException.notLent(
        "08003",
        0,
        "the event loop is shut down",
        new RejectedExecutionException("the event loop is shut down"));
  }

  // ---- lent

  AsyncConnection lend(Pool<Physical> pool, Slot<Physical> slot, long ticket) {
    Loan lent = connection.lend(new Borrowed(pool, slot, ticket));
    loan = lent;
    return lent.connection();
  }

  /** One borrower's. */
  private final class Borrowed implements Loan.Lender {
    private final Pool<Physical> pool;
    private final Slot<Physical> slot;
    private final long ticket;

    Borrowed(Pool<Physical> pool, Slot<Physical> slot, long ticket) {
      this.pool = pool;
      this.slot = slot;
      this.ticket = ticket;
    }

    @Override
    public CompletionStage<@Nullable Void> ended() {
      if (!isThere() || pool.isAbandoned(slot)) {
        pool.invalidate(slot, ticket, null);
        return CompletableFuture.completedFuture(null);
      }
      CompletableFuture<@Nullable Void> inOrder = putInOrder();
      return inOrder.handle(
          (nothing, failure) -> {
            if (failure == null && isThere()) {
              pool.giveBack(slot, ticket);
            } else {
              pool.invalidate(slot, ticket, failure);
            }
            return null;
          });
    }

    @Override
    public void refused(AsyncException error) {
      switch (ErrorJudge.STANDARD.judge(asSql(error))) {
        case KEEP -> {}
        case EVICT -> pool.invalidateSoftly(slot, ticket, error);
        case EVICT_ALL -> {
          if (!readOnly && pool.isCurrent(slot)) {
            // The others would report the same.
            pool.dispose();
          }
        }
      }
    }
  }

  /** Ends the transaction, and makes database and autocommit what they were. On the loop. */
  private CompletableFuture<@Nullable Void> putInOrder() {
    SessionState state = connection.state();
    List<Query> due = new ArrayList<>(2);
    if (state.inTransaction() && resetPolicy != ResetPolicy.NONE) {
      due.add(connection.query(resetPolicy == ResetPolicy.COMMIT ? "COMMIT" : "ROLLBACK"));
    }
    if (state.autocommit() != autocommit) {
      due.add(connection.query("SET autocommit=" + (autocommit ? 1 : 0)));
    }
    boolean moved = !state.schema().equals(schema);
    if (due.isEmpty() && !moved) {
      return CompletableFuture.completedFuture(null);
    }
    if (moved && schema.isEmpty()) {
      return CompletableFuture.failedFuture(
          AsyncException.notLent(
              "08003",
              0,
              "a database is in use, and there is no command to use none",
              new IllegalStateException(state.schema())));
    }
    List<CompletableFuture<?>> done = new ArrayList<>(3);
    for (Query query : due) {
      done.add(query.timeout(MOST).run());
    }
    if (moved) {
      done.add(connection.use(schema).orTimeout(MOST.toNanos(), TimeUnit.NANOSECONDS));
    }
    return CompletableFuture.allOf(done.toArray(CompletableFuture[]::new));
  }

  // ---- looked at

  boolean isExecuting() {
    Loan lent = loan;
    return lent != null && lent.isExecuting();
  }

  String activity() {
    Loan lent = loan;
    String sql = lent == null ? null : lent.latestSql();
    if (lent == null || sql == null) {
      return "not used yet";
    }
    String shown = sql.length() > SHOWN ? sql.substring(0, SHOWN) + "…" : sql;
    return (lent.isExecuting() ? "executing " : "idle after ") + shown;
  }

  /** As the pool's rules, which are those of JDBC, can read it. */
  static SQLException asSql(AsyncException failure) {
    return new SQLException(
        failure.getMessage(), failure.sqlState(), failure.vendorCode(), failure);
  }
}
