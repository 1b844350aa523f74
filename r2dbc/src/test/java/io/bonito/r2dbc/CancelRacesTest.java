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
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A subscription's cancel and the end of its statement at about the same time, many times; {@code
 * -Dbonito.races} tells how many.
 */
@Tag("server")
class CancelRacesTest {
  private static final int RACES = Integer.getInteger("bonito.races", 1000);
  private static final int LANES = 8;
  private static final String USER = "reactive_racer";
  private static final long SEED = 20_260_902;

  private static final String[] STATEMENTS = {
    "SELECT 1",
    "SELECT SLEEP(0.001)",
    "DO SLEEP(0.02)",
    "SELECT SLEEP(0.021)",
    "DO SLEEP(0.023)",
    "SELECT SLEEP(0.026)",
    "SELECT SLEEP(100)",
    Connections.MANY
  };

  /** Races until there are none left; each gives the answer of the statement behind it. */
  private static Flux<String> races(
      Connection connection, AtomicInteger left, SplittableRandom random) {
    return Mono.fromSupplier(left::getAndDecrement)
        .repeat()
        .takeWhile(number -> number > 0)
        .concatMap(number -> race(connection, number, random), 0);
  }

  private static Mono<String> race(Connection connection, int number, SplittableRandom random) {
    String sql = STATEMENTS[random.nextInt(STATEMENTS.length)];
    Disposable racing = column(execute(connection, sql), Object.class).subscribe();
    // From another thread, so that it comes at any moment of the loop's.
    Schedulers.parallel()
        .schedule(
            racing::dispose, random.nextInt(4) * random.nextLong(1000), TimeUnit.MICROSECONDS);
    // It takes a while, for a kill that was meant for the one before to hit it.
    return Flux.from(execute(connection, "SELECT " + number + ", SLEEP(0.001)"))
        .concatMap(
            result ->
                result.map(row -> row.get(0, Integer.class) + " " + row.get(1, Integer.class)))
        .single()
        .doOnNext(answer -> assertThat(answer).isEqualTo(number + " 0"));
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void theNextStatementHasItsOwnAnswerAndNothingIsLeftOver(Server server) {
    try (AdminConnection admin = server.admin()) {
      admin.execute("CREATE USER IF NOT EXISTS '" + USER + "'@'%'");
    }
    String url =
        Connections.url(server, "").replace(server.user() + "@", USER + "@")
            + "?sslMode=disable&connectTimeout=60000";
    AtomicInteger left = new AtomicInteger(RACES);
    SplittableRandom random = new SplittableRandom(SEED);
    List<Connection> connections =
        Flux.range(0, LANES)
            .concatMap(i -> ConnectionFactories.get(url).create())
            .<Connection>cast(Connection.class)
            .collectList()
            .block(Duration.ofMinutes(1));
    long answers =
        Flux.fromIterable(connections)
            .flatMap(connection -> races(connection, left, random.split()), LANES)
            .count()
            .block(Duration.ofSeconds(60 + RACES / 10));
    assertThat(answers).isEqualTo(RACES);
    for (Connection connection : connections) {
      assertThat(integers(connection, "SELECT 1")).containsExactly(1);
      await(connection.close());
    }
    requireNoneLeft(server);
  }

  /** Neither these connections nor those that the kills went over. */
  private static void requireNoneLeft(Server server) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try (AdminConnection admin = server.admin()) {
      while (!admin
          .query("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '" + USER + "'")
          .isEmpty()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }
}
