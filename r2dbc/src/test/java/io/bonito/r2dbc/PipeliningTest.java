package io.bonito.r2dbc;

import static io.bonito.r2dbc.Connections.await;
import static io.bonito.r2dbc.Connections.column;
import static io.bonito.r2dbc.Connections.execute;
import static io.bonito.r2dbc.Connections.integers;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Statements that are subscribed to together, with the option {@code pipelining} and without. */
@Tag("server")
@Timeout(240)
class PipeliningTest {
  private static final int LOOKS = 100;
  private static final int RACES = 200;
  private static final long SEED = 20_261_127;
  private static final String DATABASE = "r2dbc_pipelining";

  private static Connection open(Server server, boolean pipelining) {
    try (AdminConnection admin = server.admin()) {
      admin.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE);
      admin.execute("DROP TABLE IF EXISTS " + DATABASE + ".t");
      admin.execute("CREATE TABLE " + DATABASE + ".t (i INT PRIMARY KEY)");
    }
    return await(
        ConnectionFactories.get(
                Connections.url(server, DATABASE)
                    + "?connectTimeout=60000&pipelining="
                    + pipelining)
            .create());
  }

  private static int count(Server server) {
    try (AdminConnection admin = server.admin()) {
      return Integer.parseInt(
          String.valueOf(admin.query("SELECT COUNT(*) FROM " + DATABASE + ".t").get(0).get(0)));
    }
  }

  /** Looks so often that what had been sent would have been executed meanwhile. */
  private static void requireNone(Server server) {
    for (int look = 0; look < LOOKS; look++) {
      assertThat(count(server)).isZero();
    }
  }

  /** Has taken one row, and takes the others when it is told to. */
  private static final class Slow extends BaseSubscriber<Integer> {
    private final CountDownLatch begun = new CountDownLatch(1);

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      request(1);
    }

    @Override
    protected void hookOnNext(Integer value) {
      begun.countDown();
    }

    void awaitFirst() throws InterruptedException {
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static CompletableFuture<Long> insert(Connection connection, int number) {
    return Flux.from(execute(connection, "INSERT INTO t VALUES (" + number + ")"))
        .concatMap(Result::getRowsUpdated)
        .single()
        .toFuture();
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void withoutItNoneIsExecutedBeforeTheOneBeforeHasBeenRead(Server server) throws Exception {
    Connection connection = open(server, false);
    Slow slow = new Slow();
    column(execute(connection, "SELECT 1 UNION SELECT 2 UNION SELECT 3"), Integer.class)
        .subscribe(slow);
    slow.awaitFirst();
    CompletableFuture<Long> inserted = insert(connection, 1);
    requireNone(server);
    slow.requestUnbounded();
    assertThat(inserted.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(count(server)).isEqualTo(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void withItOneIsExecutedWhileTheOneBeforeIsReadSlowlyAndToldBehindIt(Server server)
      throws Exception {
    Connection connection = open(server, true);
    Slow slow = new Slow();
    column(execute(connection, "SELECT 1 UNION SELECT 2 UNION SELECT 3"), Integer.class)
        .subscribe(slow);
    slow.awaitFirst();
    CompletableFuture<Long> inserted = insert(connection, 1);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (count(server) == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(inserted).isNotDone();
    slow.requestUnbounded();
    assertThat(inserted.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void eachHasItsOwnAnswerOrError(Server server) {
    Connection connection = open(server, true);
    List<String> answers =
        Flux.range(0, 60)
            .flatMapSequential(
                i ->
                    column(
                            i % 4 == 3
                                ? execute(connection, "SELECT none" + i)
                                : connection.createStatement("SELECT ?").bind(0, i).execute(),
                            Integer.class)
                        .map(String::valueOf)
                        .onErrorResume(
                            R2dbcException.class, e -> Flux.just(i + " " + e.getErrorCode())),
                60)
            .collectList()
            .block(Connections.PATIENCE);
    assertThat(answers)
        .isEqualTo(
            Flux.range(0, 60).map(i -> i % 4 == 3 ? i + " 1054" : "" + i).collectList().block());
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void whatIsSubscribedToAfterAnErrorIsNeverSentAheadOfIt(Server server) {
    Connection connection = open(server, true);
    assertThat(
            Flux.just(
                    "INSERT INTO t VALUES (1)",
                    "INSERT INTO none VALUES (2)",
                    "INSERT INTO t VALUES (3)")
                .concatMap(
                    sql -> Flux.from(execute(connection, sql)).concatMap(Result::getRowsUpdated))
                .onErrorReturn(-1L)
                .collectList()
                .block(Connections.PATIENCE))
        .containsExactly(1L, -1L);
    assertThat(integers(connection, "SELECT i FROM t")).containsExactly(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aCancelOfOneAtAnyMomentHitsNoOther(Server server) throws Exception {
    Connection connection = open(server, true);
    SplittableRandom random = new SplittableRandom(SEED);
    String[] statements = {"SELECT 1", "DO SLEEP(0.01)", "SELECT SLEEP(0.02)", Connections.MANY};
    for (int race = 0; race < RACES; race++) {
      CompletableFuture<List<Integer>> before = own(connection, race);
      Disposable racing =
          column(execute(connection, statements[race % statements.length]), Object.class)
              .subscribe();
      CompletableFuture<List<Integer>> behind = own(connection, race + RACES);
      LockSupport.parkNanos(random.nextLong(30_000_000) * (race % 3));
      racing.dispose();
      assertThat(before.get(60, TimeUnit.SECONDS)).containsExactly(race);
      assertThat(behind.get(60, TimeUnit.SECONDS)).containsExactly(race + RACES);
    }
    assertThat(integers(connection, "SELECT 1")).containsExactly(1);
    await(connection.close());
  }

  /** It takes a while, for a kill that was meant for another to hit it. */
  private static CompletableFuture<List<Integer>> own(Connection connection, int number) {
    return Flux.from(
            connection
                .createStatement("SELECT ? + SLEEP(0.001) * 1000000")
                .bind(0, number)
                .execute())
        .concatMap(result -> result.map(row -> row.get(0, Integer.class)))
        .collectList()
        .toFuture();
  }
}
