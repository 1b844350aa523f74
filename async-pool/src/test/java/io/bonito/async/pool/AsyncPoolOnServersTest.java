package io.bonito.async.pool;

import static io.bonito.async.pool.AsyncPools.SERVERS;
import static io.bonito.async.pool.AsyncPools.await;
import static io.bonito.async.pool.AsyncPools.failure;
import static io.bonito.async.pool.AsyncPools.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.async.AsyncConnection;
import io.bonito.async.AsyncException;
import io.bonito.async.Outcome;
import io.bonito.async.Pipeline;
import io.bonito.async.PreparedQuery;
import io.bonito.async.Query;
import io.bonito.netty.LoopConnector;
import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
@Timeout(300)
class AsyncPoolOnServersTest {
  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = new NioEventLoopGroup(2);
  }

  @AfterAll
  static void end() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static AsyncPool pool(Server server, Map<String, String> arguments) {
    return AsyncPool.over(AsyncPools.options(server).build(), loops, arguments);
  }

  private static AsyncPool poolOfOne(Server server) {
    return pool(server, Map.of("pool_size", "1", "max_overflow", "0"));
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void noMoreConnectionsThanAllowedEvenAsTheServerCountsThem(Server server) throws Exception {
    Map<String, String> arguments =
        Map.of("pool_size", "2", "max_overflow", "2", "linger", "0", "timeout", "-1");
    try (AsyncPool pool =
        AsyncPool.over(AsyncPools.account(server, "capped", 4), loops, arguments)) {
      List<CompletableFuture<Long>> all = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        all.add(pool.with(AsyncPools::id));
      }
      for (CompletableFuture<Long> each : all) {
        assertThat(await(each)).isPositive();
      }
      assertThat(pool.status().failed()).isZero();
      assertThat(pool.status().used()).isZero();
      assertThat(await(pool.drain(Duration.ofMinutes(1)))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  @SuppressWarnings("NullAway") // what Java's callers may do all the same
  void workThatGivesNoStageGivesItsConnectionBack(Server server) throws Exception {
    try (AsyncPool pool = poolOfOne(server)) {
      assertThatThrownBy(() -> await(pool.with(connection -> null)))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("gave null for a stage");
      assertThatThrownBy(() -> await(pool.inTransaction(connection -> null)))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("gave null for a stage");
      assertThat(await(pool.with(AsyncConnection::ping))).isNull();
      assertThat(pool.status().used()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whoAsksFirstIsServedFirst(Server server) throws Exception {
    try (AsyncPool pool = poolOfOne(server)) {
      AsyncConnection held = await(pool.acquire());
      List<Integer> served = Collections.synchronizedList(new ArrayList<>());
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int number = i;
        all.add(
            pool.with(
                connection -> {
                  served.add(number);
                  return connection.ping();
                }));
      }
      held.close();
      for (CompletableFuture<?> each : all) {
        await(each);
      }
      assertThat(served).isSorted().hasSize(20);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatIsReturnedTouchesTheConnectionNoMore(Server server) throws Exception {
    try (AsyncPool pool = poolOfOne(server)) {
      AsyncConnection first = await(pool.acquire());
      Query query = first.query("SELECT 1");
      PreparedQuery prepared = await(first.prepare("SELECT ?"));
      await(first.close());
      assertThat(first.isOpen()).isFalse();
      AsyncConnection second = await(pool.acquire());
      Pipeline pipeline = first.pipeline();
      CompletableFuture<Outcome> piped = pipeline.add(query);
      await(pipeline.run());
      for (AsyncException refused :
          List.of(
              failure(query.run()),
              failure(prepared.with(1).run()),
              failure(first.prepare("SELECT 2")),
              failure(first.rollback()),
              failure(piped))) {
        assertThat(refused.sqlState()).isEqualTo("08003");
      }
      assertThatThrownBy(first::transport).isInstanceOf(AsyncException.class);
      await(first.closeNow());
      await(first.close());
      assertThat(await(id(second))).isPositive();
      await(second.close());
      assertThat(pool.status().opened()).isOne();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theNextOneFindsNeitherTransactionNorOtherDatabase(Server server) throws Exception {
    try (AsyncPool pool =
        AsyncPool.over(
            AsyncPools.options(server).set("database", "mysql").build(),
            loops,
            Map.of("pool_size", "1", "max_overflow", "0"))) {
      await(
          pool.with(
              connection ->
                  connection
                      .use("information_schema")
                      .thenCompose(used -> connection.query("SET autocommit=0").run())
                      .thenCompose(set -> connection.begin())));
      AsyncConnection next = await(pool.acquire());
      assertThat(next.inTransaction()).isFalse();
      assertThat(next.state().autocommit()).isTrue();
      assertThat(await(next.query("SELECT DATABASE()").list(row -> row.getString(0))))
          .containsExactly("mysql");
      await(next.close());
      assertThat(pool.status().opened()).isOne();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatWasGivenBeforeTheReturnIsAnsweredAndRowsNobodyTakesAreGivenUp(Server server)
      throws Exception {
    try (AsyncPool pool = poolOfOne(server)) {
      AsyncConnection first = await(pool.acquire());
      CompletableFuture<?> given = first.query("SELECT SLEEP(0.05)").run();
      first
          .query("SELECT SLEEP(0.001) FROM information_schema.COLUMNS")
          .publish(row -> row.getInt(0))
          .subscribe(new Idle());
      await(first.close());
      assertThat(given).isCompleted();
      assertThat(await(pool.with(AsyncPools::id))).isPositive();
      assertThat(pool.status().used()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aCancelEndsWhatIsUnderWayAndGivesTheConnectionBack(Server server) throws Exception {
    try (AsyncPool pool = poolOfOne(server)) {
      long before = await(pool.with(AsyncPools::id));
      CompletableFuture<Void> begun = new CompletableFuture<>();
      CompletableFuture<?> work =
          pool.with(
              connection -> {
                CompletableFuture<?> asleep = connection.query("SELECT SLEEP(1000)").run();
                begun.complete(null);
                return asleep;
              });
      await(begun);
      work.cancel(true);
      assertThat(await(pool.with(AsyncPools::id))).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aConnectionThatIsLostIsReplaced(Server server) throws Exception {
    try (AsyncPool pool = poolOfOne(server);
        AdminConnection admin = server.admin()) {
      AsyncConnection first = await(pool.acquire());
      long killed = await(id(first));
      admin.execute("KILL " + killed);
      await(first.transport().closed());
      await(first.close());
      assertThat(await(pool.with(AsyncPools::id))).isNotEqualTo(killed);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void oneThatDiedAtRestIsFoundByThePing(Server server) throws Exception {
    try (AsyncPool pool =
            pool(server, Map.of("pool_size", "1", "max_overflow", "0", "pre_ping", "true"));
        AdminConnection admin = server.admin()) {
      long killed = await(pool.with(AsyncPools::id));
      admin.execute("KILL " + killed);
      assertThat(await(pool.with(AsyncPools::id))).isNotEqualTo(killed);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whoWaitsInVainIsToldWhatIsHeld(Server server) throws Exception {
    try (AsyncPool pool = poolOfOne(server)) {
      AsyncConnection held = await(pool.acquire());
      CompletableFuture<?> asleep = held.query("SELECT SLEEP(1000)").run();
      AsyncException failure = failure(pool.acquire(Duration.ofMillis(300)));
      assertThat(failure.sqlState()).isEqualTo("08001");
      assertThat(failure).hasMessageContaining("1 of 1 used").hasMessageContaining("SLEEP(1000)");
      await(held.closeCancelling());
      assertThat(asleep).isCompletedExceptionally();
      assertThat(await(pool.with(AsyncPools::id))).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theBudgetIsSharedWithPoolsOfJdbc(Server server) throws Exception {
    Budget budget = new Budget(2);
    String url =
        "jdbc:bonito:mysql://%s:%d/?user=%s".formatted(server.host(), server.port(), server.user());
    try (PooledDataSource threads =
            PooledDataSource.over(() -> DriverManager.getConnection(url), Map.of(), null, budget);
        AsyncPool pool =
            AsyncPool.over(
                AsyncPools.options(server).build(), LoopConnector.on(loops), Map.of(), budget)) {
      Connection one = threads.getConnection();
      Connection other = threads.getConnection();
      AsyncException failure = failure(pool.acquire(Duration.ofMillis(300)));
      assertThat(failure).hasMessageContaining("all pools together may have 2");
      CompletableFuture<Long> waiting = pool.with(AsyncPools::id);
      one.close();
      assertThat(await(waiting)).isPositive();
      other.close();
      assertThat(budget.mostUsed()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aClosedPoolLendsNoMoreAndEndsWhenTheLastOneIsBack(Server server) throws Exception {
    try (AsyncPool pool = poolOfOne(server)) {
      AsyncConnection held = await(pool.acquire());
      CompletableFuture<AsyncConnection> waiting = pool.acquire();
      CompletableFuture<?> drained = pool.drain(Duration.ofMinutes(1));
      assertThat(failure(waiting).sqlState()).isEqualTo("08003");
      assertThat(failure(pool.acquire()).sqlState()).isEqualTo("08003");
      assertThat(await(id(held))).isPositive();
      held.close();
      assertThat(await(drained)).isEqualTo(List.of());
      assertThat(pool.status().total()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aNullPoolLendsANewOneEachTime(Server server) throws Exception {
    try (AsyncPool pool = pool(server, Map.of("pool_class", "NullPool"))) {
      Set<Long> ids = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        ids.add(await(pool.with(AsyncPools::id)));
      }
      assertThat(ids).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aWrongPasswordIsToldAtOnce(Server server) throws Exception {
    try (AsyncPool pool =
        AsyncPool.over(
            AsyncPools.options(server).set("password", "wrong").build(), loops, Map.of())) {
      AsyncException failure = failure(pool.acquire());
      assertThat(failure.sqlState()).isEqualTo("28000");
      assertThat(failure.vendorCode()).isEqualTo(1045);
    }
  }
}
