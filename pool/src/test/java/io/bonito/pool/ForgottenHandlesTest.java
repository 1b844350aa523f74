package io.bonito.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thread that lives on, and has forgotten to close what was bound to it. */
class ForgottenHandlesTest {
  private static PooledDataSource pool(String url, String user, String password, String kind) {
    return PooledDataSource.over(
        () -> DriverManager.getConnection(url, user, password),
        Map.of(
            "pool_class",
            kind,
            "use_threadlocal",
            "true",
            "pool_size",
            "1",
            "max_overflow",
            "0",
            "timeout",
            "60"));
  }

  @Test
  void whatNobodyCanReachAnyMoreGoesBack() throws Exception {
    try (PooledDataSource pool = pool("jdbc:h2:mem:forgotten", "sa", "", "QueuePool")) {
      anotherThreadGetsWhatThisOneForgot(pool, "CREATE TABLE t (n INT)");
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void soDoesAHandleOfBonitosOwnDriver(Server server) throws Exception {
    String url =
        "jdbc:bonito://%s:%d/%s"
            .formatted(server.host(), server.port(), server.freshSchema(getClass()));
    try (PooledDataSource pool = pool(url, server.user(), server.password(), "QueuePool")) {
      anotherThreadGetsWhatThisOneForgot(pool, "CREATE TABLE t (n INT) ENGINE=InnoDB");
    }
  }

  private static void anotherThreadGetsWhatThisOneForgot(PooledDataSource pool, String table)
      throws Exception {
    execute(pool.getConnection(), table, true);
    forget(pool);
    CompletableFuture<Integer> counted = CompletableFuture.supplyAsync(() -> count(pool));
    while (!isDoneSoon(counted)) {
      System.gc();
    }
    // What was left open is rolled back.
    assertThat(counted.get()).isZero();
    assertThat(pool.pool().status().opened()).isEqualTo(1);
  }

  private static boolean isDoneSoon(CompletableFuture<?> future) throws Exception {
    try {
      future.get(100, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static void forget(PooledDataSource pool) throws SQLException {
    Connection connection = pool.getConnection();
    connection.setAutoCommit(false);
    execute(connection, "INSERT INTO t VALUES (1)", false);
  }

  @Test
  void whatIsClosedTwiceByOneThreadIsNotTakenFromIt() throws Exception {
    try (PooledDataSource pool = pool("jdbc:h2:mem:twice", "sa", "", "QueuePool")) {
      Connection kept = pool.getConnection();
      for (int i = 0; i < 50; i++) {
        pool.getConnection().close();
      }
      for (int i = 0; i < 5; i++) {
        System.gc();
      }
      execute(kept, "CREATE TABLE t (n INT)", false);
      assertThat(pool.pool().status().used()).isEqualTo(1);
      kept.close();
      assertThat(pool.pool().status().used()).isZero();
    }
  }

  private static void execute(Connection connection, String sql, boolean thenClose)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    if (thenClose) {
      connection.close();
    }
  }

  private static int count(PooledDataSource pool) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
