package io.bonito.async;

import static io.bonito.async.Asyncs.SERVERS;
import static io.bonito.async.Asyncs.await;
import static io.bonito.async.Asyncs.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.failure.ErrorKind;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements that say that they depend on none before them, on one connection. */
@Tag("server")
@Timeout(180)
class IndependentTest {
  private static final int LOOKS = 100;
  private static final int RACES = 300;
  private static final int TOGETHER = 4;
  private static final long SEED = 20_261_127;
  private static final String DATABASE = "independent_statements";

  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = Asyncs.loops();
  }

  @AfterAll
  static void end() {
    Asyncs.end(loops);
  }

  private static AsyncConnection connect(Server server) throws Exception {
    return await(AsyncConnection.connect(Asyncs.options(server).build(), loops));
  }

  /** With an empty table of this name in it. */
  private static AsyncConnection connect(Server server, String table) throws Exception {
    try (AdminConnection admin = server.admin()) {
      admin.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE);
      admin.execute("DROP TABLE IF EXISTS " + DATABASE + "." + table);
      admin.execute("CREATE TABLE " + DATABASE + "." + table + " (i INT PRIMARY KEY)");
    }
    return connect(server);
  }

  private static int count(Server server, String table) {
    try (AdminConnection admin = server.admin()) {
      return Integer.parseInt(
          String.valueOf(
              admin.query("SELECT COUNT(*) FROM " + DATABASE + "." + table).get(0).get(0)));
    }
  }

  /** Looks so often that what had been sent would have been executed meanwhile. */
  private static void requireNone(Server server, String table) {
    for (int look = 0; look < LOOKS; look++) {
      assertThat(count(server, table)).isZero();
    }
  }

  private static void awaitCount(Server server, String table, int due) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (count(server, table) != due) {
      assertThat(System.nanoTime()).as("rows in %s", table).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Query select(AsyncConnection connection, int number) {
    return connection.query("SELECT " + number).independent();
  }

  private static Query insert(AsyncConnection connection, String table, int number) {
    return connection.query("INSERT INTO " + DATABASE + "." + table + " VALUES (" + number + ")");
  }

  private static void requireOwnAnswer(AsyncConnection connection, int number) throws Exception {
    assertThat(await(connection.query("SELECT " + number).list(row -> row.getInt(0))))
        .containsExactly(number);
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theyAreExecutedWhileTheFirstIsNotReadAndAnsweredInTheirOrder(Server server)
      throws Exception {
    AsyncConnection connection = connect(server, "ahead");
    Told held = new Told();
    Execution first =
        connection.query("SELECT 1 UNION SELECT 2 UNION SELECT 3").independent().start(held);
    CompletableFuture<List<Integer>> second = select(connection, 2).list(row -> row.getInt(0));
    CompletableFuture<Outcome> third = insert(connection, "ahead", 3).independent().run();
    awaitCount(server, "ahead", 1);
    assertThat(held.soFar()).doesNotContain("row 1", "completed");
    assertThat(second).isNotDone();
    assertThat(third).isNotDone();
    first.request(Long.MAX_VALUE);
    assertThat(held.await())
        .containsExactly("columns", "row 1", "row 2", "row 3", "end", "completed");
    assertThat(await(second)).containsExactly(2);
    assertThat(await(third).affectedRows()).isEqualTo(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void oneThatDoesNotSaySoWaitsForThoseBeforeItAndHoldsThoseBehindIt(Server server)
      throws Exception {
    AsyncConnection connection = connect(server, "behind");
    Told held = new Told();
    Execution first = connection.query("SELECT 1 UNION SELECT 2").independent().start(held);
    CompletableFuture<?> dependent = insert(connection, "behind", 1).run();
    CompletableFuture<?> last = insert(connection, "behind", 2).independent().run();
    held.awaitCount(1);
    requireNone(server, "behind");
    assertThat(dependent).isNotDone();
    first.request(Long.MAX_VALUE);
    await(dependent);
    await(last);
    assertThat(count(server, "behind")).isEqualTo(2);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void anErrorIsToldToItsOwnStatementAlone(Server server) throws Exception {
    AsyncConnection connection = connect(server, "failing");
    String sql = "INSERT INTO " + DATABASE + ".failing VALUES (?)";
    await(connection.query(sql, 100).run());
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(connection.query(sql, i % 3 == 1 ? 100 : i).independent().run());
    }
    for (int i = 0; i < 20; i++) {
      if (i % 3 == 1) {
        assertThat(failure(all.get(i)).vendorCode()).isEqualTo(1062);
      } else {
        assertThat(await(all.get(i)).affectedRows()).isEqualTo(1);
      }
    }
    assertThat(count(server, "failing")).isEqualTo(14);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aCancelOfOneAtAnyMomentHitsNoOther(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    SplittableRandom random = new SplittableRandom(SEED);
    String sql = "SELECT ?, SLEEP(?)";
    for (int race = 0; race < RACES; race++) {
      List<CompletableFuture<List<Integer>>> all = new ArrayList<>();
      int cancelled = random.nextInt(TOGETHER);
      for (int i = 0; i < TOGETHER; i++) {
        // The one that is cancelled may be one that only a kill ends in time, where it is the last.
        double seconds = i == cancelled ? (i == TOGETHER - 1 ? 1000 : 0.03) : 0.001;
        int number = race * TOGETHER + i;
        all.add(
            connection
                .query(sql, number, seconds)
                .independent()
                .list(row -> row.getInt(1) == 0 ? row.getInt(0) : -1));
      }
      LockSupport.parkNanos(random.nextLong(30_000_000) * (race % 3));
      all.get(cancelled).cancel(true);
      for (int i = 0; i < TOGETHER; i++) {
        if (i != cancelled) {
          assertThat(await(all.get(i))).containsExactly(race * TOGETHER + i);
        }
      }
      requireOwnAnswer(connection, race);
    }
    assertThat(connection.isOpen()).isTrue();
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void oneThatWasCancelledBehindAnotherIsKilledOnceThatIsAnswered(Server server) throws Exception {
    AsyncConnection connection = connect(server, "killed");
    Told held = new Told();
    Execution first = connection.query("SELECT 1 UNION SELECT 2").independent().start(held);
    CompletableFuture<?> sleeping = connection.query("DO SLEEP(1000)").independent().run();
    held.awaitCount(1);
    sleeping.cancel(true);
    CompletableFuture<Outcome> behind = insert(connection, "killed", 1).independent().run();
    first.request(Long.MAX_VALUE);
    assertThat(held.await()).endsWith("completed");
    assertThat(await(behind).affectedRows()).isEqualTo(1);
    requireOwnAnswer(connection, 1);
    assertThat(connection.isOpen()).isTrue();
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void oneWithATimeoutIsNotSentBehindAnotherAndEndsInTime(Server server) throws Exception {
    AsyncConnection connection = connect(server, "late");
    Told held = new Told();
    Execution first = connection.query("SELECT 1 UNION SELECT 2").independent().start(held);
    AsyncException late =
        failure(insert(connection, "late", 1).independent().timeout(Duration.ofMillis(50)).run());
    assertThat(late.kind()).isEqualTo(ErrorKind.TIMEOUT);
    first.request(Long.MAX_VALUE);
    assertThat(held.await()).endsWith("completed");
    AsyncException killed =
        failure(
            connection.query("DO SLEEP(1000)").independent().timeout(Duration.ofMillis(50)).run());
    assertThat(killed.kind()).isEqualTo(ErrorKind.TIMEOUT);
    requireOwnAnswer(connection, 1);
    assertThat(count(server, "late")).isZero();
    await(connection.close());
  }
}
