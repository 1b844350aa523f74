package io.bonito.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.jdbc.BonitoDataSource;
import io.bonito.pool.crac.Checkpoints;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.Settings;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of connections whose process is copied, or that rest for too long. */
@Tag("server")
@Timeout(120)
class EpochTest {
  private static PooledDataSource pool(
      Server server, @Nullable PoolListener<Connection> listener, String... more) {
    BonitoDataSource driver =
        new BonitoDataSource(
            "jdbc:bonito:mysql://%s:%d/?user=root".formatted(server.host(), server.port()));
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < more.length; i += 2) {
      map.put(more[i], more[i + 1]);
    }
    return PooledDataSource.over(
        driver::getConnection, map, listener, new Budget(Settings.UNLIMITED));
  }

  private static String id(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT CONNECTION_ID()")) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** A goodbye would end the session in order; without one the server counts an aborted client. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void afterACopyWhatWasOpenIsAbandonedWithoutAGoodbye(Server server) throws Exception {
    try (PooledDataSource pool = pool(server, null)) {
      String idle;
      Connection lent = pool.getConnection();
      String lentId = id(lent);
      try (Connection connection = pool.getConnection()) {
        idle = id(connection);
      }
      long aborted = abortedClients(server);
      Epoch.advance();
      eventually(() -> abortedClients(server) >= aborted + 1);
      // Its transaction is not this process's to end.
      lent.setAutoCommit(false);
      id(lent);
      lent.close();
      eventually(() -> abortedClients(server) >= aborted + 2);
      try (Connection next = pool.getConnection()) {
        assertThat(id(next)).isNotIn(idle, lentId);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void cracTellsThePools(Server server) throws Exception {
    try (PooledDataSource pool = pool(server, null)) {
      String before;
      try (Connection connection = pool.getConnection()) {
        before = id(connection);
      }
      Resource crac = (Resource) Checkpoints.listen(Epoch::beforeCopy, Epoch::afterCopy);
      crac.beforeCheckpoint(Core.getGlobalContext());
      eventually(() -> pool.pool().status().total() == 0);
      CompletableFuture<String> after =
          CompletableFuture.supplyAsync(
              () -> {
                try (Connection connection = pool.getConnection()) {
                  return id(connection);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      eventually(() -> pool.pool().status().waiting() == 1);
      crac.afterRestore(Core.getGlobalContext());
      assertThat(after.get(60, TimeUnit.SECONDS)).isNotEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatRestsIsClosedBeforeTheServerEndsIt(Server server) throws Exception {
    CompletableFuture<Boolean> alive = new CompletableFuture<>();
    PoolListener<Connection> listener =
        new PoolListener<>() {
          @Override
          public void close(Connection connection) {
            try {
              alive.complete(connection.isValid(60));
            } catch (SQLException e) {
              alive.completeExceptionally(e);
            }
          }
        };
    try (PooledDataSource pool =
        pool(server, listener, "initial_sql", "SET SESSION wait_timeout = 8", "idle", "-1")) {
      pool.getConnection().close();
      assertThat(alive.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static long abortedClients(Server server) {
    try (AdminConnection admin = server.admin()) {
      return Long.parseLong(
          String.valueOf(admin.query("SHOW GLOBAL STATUS LIKE 'Aborted_clients'").get(0).get(1)));
    }
  }

  private interface Question {
    boolean isSo() throws Exception;
  }

  private static void eventually(Question question) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!question.isSo()) {
      assertThat(System.nanoTime()).as("not within a minute").isLessThan(deadline);
      Thread.yield();
    }
  }
}
