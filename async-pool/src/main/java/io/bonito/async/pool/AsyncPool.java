package io.bonito.async.pool;

import io.bonito.async.AsyncConnection;
import io.bonito.async.AsyncException;
import io.bonito.netty.LoopConnector;
import io.bonito.pool.Pools;
import io.bonito.pool.argument.Arguments;
import io.bonito.pool.argument.PoolArguments;
import io.bonito.pool.kind.Pool;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Holder;
import io.bonito.pool.lending.PoolStatus;
import io.bonito.pool.lending.ProcessBudget;
import io.bonito.pool.lending.SystemWorld;
import io.bonito.protocol.option.ConnectionOptions;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lends connections that live on event loops; nobody waits on a thread.
 *
 * <pre>{@code
 * AsyncPool shop = AsyncPool.over(options, loops, Map.of("pool_size", "10"));
 * shop.with(connection -> connection.query("SELECT name FROM people WHERE id = ?", 7).first(name))
 *     .thenAccept(System.out::println);
 * }</pre>
 *
 * <p>Arguments, rules and numbers are those of the pool module, and so is the budget of the
 * process; {@code docs/pools.md} lists the arguments. Borrowers are served in the order in which
 * they ask. A connection is one of the loop on which its borrower asks, where one of those is idle.
 */
public final class AsyncPool implements AutoCloseable {
  private static final List<String> KINDS = List.of("QueuePool", "AssertionPool", "NullPool");

  private final Pool<Physical> pool;
  private final AtomicLong timeoutNanos;

  private AsyncPool(
      ConnectionOptions options, LoopConnector connector, PoolArguments arguments, Budget budget) {
    requireKind(arguments);
    timeoutNanos = new AtomicLong(arguments.get(Arguments.TIMEOUT));
    pool =
        Pools.of(arguments, budget, new Connections(options, connector, arguments), timeoutNanos);
    pool.start();
  }

  private static void requireKind(PoolArguments arguments) {
    String kind = arguments.get(Arguments.POOL_CLASS).trim();
    if (KINDS.stream().noneMatch(kind::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "pool_class is \"%s\"; on event loops it may be: %s".formatted(kind, KINDS));
    }
    if (arguments.get(Arguments.USE_THREADLOCAL)) {
      throw new IllegalArgumentException(
          "use_threadlocal is \"true\"; on event loops many borrowers share a thread");
    }
  }

  /**
   * A pool on these loops, over NIO, within the budget of the process.
   *
   * @throws IllegalArgumentException where an argument is none, cannot be, or means threads
   */
  public static AsyncPool over(
      ConnectionOptions options, EventLoopGroup loops, Map<String, String> arguments) {
    return over(options, LoopConnector.on(loops), arguments, ProcessBudget.SHARED);
  }

  /**
   * A pool on loops and channels of the host's choice, or with a budget of its own.
   *
   * @throws IllegalArgumentException where an argument is none, cannot be, or means threads
   */
  public static AsyncPool over(
      ConnectionOptions options,
      LoopConnector connector,
      Map<String, String> arguments,
      Budget budget) {
    return new AsyncPool(options, connector, PoolArguments.of(arguments), budget);
  }

  /**
   * Lends one, within the pool's {@code timeout}. {@link AsyncConnection#close} gives it back, and
   * whoever forgets that keeps it; {@link #with} cannot. What is chained to the future must not
   * wait: it is called on the connection's loop, or, where nothing is lent, by a thread of the
   * pool's.
   *
   * @return fails with an {@link AsyncException} that says who has what; however it is ended from
   *     outside, as by {@code cancel} or {@code orTimeout}, no connection is lost. That is so for
   *     this future, and not for those that are derived from it
   */
  public CompletableFuture<AsyncConnection> acquire() {
    return new Acquisition(pool).begin(timeoutNanos.get());
  }

  /**
   * Lends one.
   *
   * @param timeout how long to wait for it at most; zero for not at all
   */
  public CompletableFuture<AsyncConnection> acquire(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout of " + timeout);
    }
    return new Acquisition(pool).begin(timeout.toNanos());
  }

  /**
   * Lends one for some work, and takes it back however that ends.
   *
   * @param work its own failure, or that of its stage, is how this fails
   * @return completes when the connection is back; where it is ended from outside, as by {@code
   *     cancel}, statements that are under way are cancelled, and the connection goes back too
   */
  public <T extends @Nullable Object> CompletableFuture<T> with(
      Function<AsyncConnection, ? extends CompletionStage<T>> work) {
    return new Work<T>(acquire(), work).begin();
  }

  /** The same in a transaction, as {@link AsyncConnection#inTransaction(Function)} has it. */
  public <T extends @Nullable Object> CompletableFuture<T> inTransaction(
      Function<AsyncConnection, ? extends CompletionStage<T>> work) {
    return with(connection -> connection.inTransaction(work));
  }

  // ---- the whole

  /** The pool: its numbers, and what can be done to it as a whole. */
  public Pool<?> pool() {
    return pool;
  }

  public PoolStatus status() {
    return pool.status();
  }

  /** Lends no more. Idle connections are closed, lent ones when they come back. */
  @Override
  public void close() {
    pool.close();
  }

  /**
   * Closes, and tells when the last connection is closed, or who still has one when the time is
   * over.
   */
  public CompletableFuture<List<Holder>> drain(Duration timeout) {
    CompletableFuture<List<Holder>> left = new CompletableFuture<>();
    SystemWorld.INSTANCE.run(() -> left.complete(pool.drained(timeout.toNanos())));
    return left;
  }
}
