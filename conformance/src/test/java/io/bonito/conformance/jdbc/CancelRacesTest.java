package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cancel by another thread, or a timeout, and the end of its statement at about the same time,
 * many times; {@code -Dbonito.races} tells how many.
 */
@Tag("server")
class CancelRacesTest {
  private static final int RACES = Integer.getInteger("bonito.races", 1000);
  private static final int LANES = 8;
  private static final String USER = "blocking_racer";
  private static final long SEED = 20_261_126;

  /** One race of so many is one with a timeout, as these count whole seconds. */
  private static final int CANCELS_TO_A_TIMEOUT = 100;

  private static final String[] STATEMENTS = {
    "SELECT 1",
    "SELECT SLEEP(0.001)",
    "DO SLEEP(0.001)",
    "SELECT SLEEP(0.002)",
    "DO SLEEP(0.003)",
    "SELECT SLEEP(0.004)",
    "SELECT SLEEP(0.5)"
  };

  private static final String[] OF_A_SECOND = {
    "SELECT SLEEP(0.998)", "DO SLEEP(1)", "SELECT SLEEP(1.001)", "SELECT SLEEP(1.003)"
  };

  /** One connection with its races, one after the other. */
  private record Lane(
      Connection connection,
      AtomicInteger left,
      SplittableRandom random,
      ScheduledExecutorService cancels) {

    /** How many statements were ended before their time. */
    int race() throws Exception {
      int ended = 0;
      for (int number = left.getAndDecrement(); number > 0; number = left.getAndDecrement()) {
        try (Statement racing = connection.createStatement();
            Statement next = connection.createStatement()) {
          boolean timed = number % CANCELS_TO_A_TIMEOUT == 0;
          CompletableFuture<Void> cancelled =
              timed ? CompletableFuture.completedFuture(null) : cancel(racing);
          ended += isEnded(racing, timed) ? 1 : 0;
          requireOwnAnswer(next, number);
          cancelled.get(60, TimeUnit.SECONDS);
          requireOwnAnswer(next, -number);
        }
      }
      return ended;
    }

    private CompletableFuture<Void> cancel(Statement racing) {
      CompletableFuture<Void> cancelled = new CompletableFuture<>();
      cancels.schedule(
          () -> {
            try {
              racing.cancel();
              cancelled.complete(null);
            } catch (SQLException | RuntimeException e) {
              cancelled.completeExceptionally(e);
            }
          },
          random.nextInt(5) * random.nextLong(1000),
          TimeUnit.MICROSECONDS);
      return cancelled;
    }

    private boolean isEnded(Statement racing, boolean timed) throws SQLException {
      String[] statements = timed ? OF_A_SECOND : STATEMENTS;
      racing.setQueryTimeout(timed ? 1 : 0);
      try {
        racing.execute(statements[random.nextInt(statements.length)]);
        return false;
      } catch (SQLTimeoutException e) {
        assertThat(timed).isTrue();
        return true;
      } catch (SQLException e) {
        assertThat(e.getSQLState()).isEqualTo("70100");
        return true;
      }
    }

    /** It takes a while, for a kill that was meant for the one before to hit it. */
    private static void requireOwnAnswer(Statement statement, int number) throws SQLException {
      try (ResultSet answer = statement.executeQuery("SELECT " + number + ", SLEEP(0.001)")) {
        assertThat(answer.next()).isTrue();
        assertThat(answer.getInt(1)).isEqualTo(number);
        assertThat(answer.getInt(2)).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theNextStatementHasItsOwnAnswerAndNothingIsLeftOver(Server server) throws Exception {
    try (AdminConnection admin = server.admin()) {
      admin.execute("CREATE USER IF NOT EXISTS '" + USER + "'@'%'");
    }
    AtomicInteger left = new AtomicInteger(RACES);
    SplittableRandom random = new SplittableRandom(SEED);
    ScheduledExecutorService cancels = Executors.newScheduledThreadPool(LANES);
    ExecutorService threads = Executors.newFixedThreadPool(LANES);
    List<Connection> connections = new ArrayList<>();
    try {
      List<Future<Integer>> lanes = new ArrayList<>();
      for (int i = 0; i < LANES; i++) {
        Connection connection =
            DriverManager.getConnection(Jdbc.url(server, "", "sslMode=disable"), USER, "");
        connections.add(connection);
        Lane lane = new Lane(connection, left, random.split(), cancels);
        lanes.add(threads.submit(lane::race));
      }
      int ended = 0;
      for (Future<Integer> lane : lanes) {
        ended += lane.get(120 + RACES / 10, TimeUnit.SECONDS);
      }
      assertThat(ended).isBetween(1, RACES - 1);
      for (Connection connection : connections) {
        assertThat(Jdbc.value(connection, "SELECT 7")).isEqualTo("7");
      }
    } finally {
      threads.shutdownNow();
      cancels.shutdownNow();
      for (Connection connection : connections) {
        connection.close();
      }
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
