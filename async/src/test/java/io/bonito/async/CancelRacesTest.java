package io.bonito.async;

import static io.bonito.async.Asyncs.SERVERS;
import static io.bonito.async.Asyncs.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cancel and the end of its statement at about the same time, many times; {@code -Dbonito.races}
 * tells how many. Some statements are so long that they are over just when the kill that follows
 * the cancel is on its way.
 */
@Tag("server")
class CancelRacesTest {
  private static final int RACES = Integer.getInteger("bonito.races", 1000);
  private static final int LANES = 8;
  private static final String USER = "racer";
  private static final long SEED = 20_260_901;

  private static final String[] STATEMENTS = {
    "SELECT 1",
    "SELECT SLEEP(0.001)",
    "DO SLEEP(0.02)",
    "SELECT SLEEP(0.021)",
    "DO SLEEP(0.023)",
    "SELECT SLEEP(0.026)",
    "SELECT SLEEP(100)",
    Asyncs.MANY
  };

  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = Asyncs.loops();
  }

  @AfterAll
  static void end() {
    Asyncs.end(loops);
  }

  /** One connection with its races, one after the other. */
  private static final class Lane {
    private final AsyncConnection connection;
    private final AtomicInteger left;
    private final SplittableRandom random;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    Lane(AsyncConnection connection, AtomicInteger left, SplittableRandom random) {
      this.connection = connection;
      this.left = left;
      this.random = random;
    }

    void race() {
      int number = left.getAndDecrement();
      if (number <= 0) {
        over.complete(null);
        return;
      }
      CompletableFuture<?> racing =
          connection
              .query(STATEMENTS[random.nextInt(STATEMENTS.length)])
              .list(row -> row.getString(0));
      // From another loop, so that it comes at any moment of this one's.
      loops
          .next()
          .schedule(
              () -> racing.cancel(true),
              random.nextInt(4) * random.nextLong(1000),
              TimeUnit.MICROSECONDS);
      // It takes a while, for a kill that was meant for the one before to hit it.
      connection
          .query("SELECT " + number + ", SLEEP(0.001)")
          .list(row -> row.getInt(0) + " " + row.getInt(1))
          .whenComplete(
              (rows, failure) -> {
                if (failure != null) {
                  over.completeExceptionally(failure);
                } else if (!rows.equals(List.of(number + " 0"))) {
                  over.completeExceptionally(new AssertionError(rows + " for " + number));
                } else {
                  race();
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theNextStatementHasItsOwnAnswerAndNothingIsLeftOver(Server server) throws Exception {
    try (AdminConnection admin = server.admin()) {
      admin.execute("CREATE USER IF NOT EXISTS '" + USER + "'@'%'");
    }
    AtomicInteger left = new AtomicInteger(RACES);
    SplittableRandom random = new SplittableRandom(SEED);
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      AsyncConnection connection =
          await(
              AsyncConnection.connect(
                  Asyncs.options(server).set("user", USER).set("sslMode", "disable").build(),
                  loops));
      lanes.add(new Lane(connection, left, random.split()));
    }
    for (Lane lane : lanes) {
      lane.race();
    }
    for (Lane lane : lanes) {
      lane.over.get(60 + RACES / 10, TimeUnit.SECONDS);
      assertThat(lane.connection.isOpen()).isTrue();
      assertThat(await(lane.connection.query("SELECT 1").list(row -> row.getInt(0))))
          .containsExactly(1);
      await(lane.connection.close());
    }
    requireNoneLeft(server);
  }

  /** Neither the lanes' connections nor those that the kills went over. */
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
