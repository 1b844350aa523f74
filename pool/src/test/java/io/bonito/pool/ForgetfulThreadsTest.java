package io.bonito.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.jdbc.BonitoDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a pool by configuration alone was made for: threads that never close what they take, as
 * those of an application do that nobody wants to change.
 */
@Tag("server")
@Timeout(300)
class ForgetfulThreadsTest {
  private static final int THREADS = 200;

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void undecoratedTheyExhaustThePoolAndItNamesThem(Server server) throws Exception {
    Budget budget = new Budget(10);
    try (PooledDataSource pool = pool(server, server.user(), server.password(), "2", budget)) {
      all(() -> query(pool));
      assertThat(failures).hasSize(THREADS - 10);
      assertThat(failures)
          .allSatisfy(
              failure ->
                  assertThat(failure)
                      .isInstanceOf(SQLTransientConnectionException.class)
                      .hasMessageContaining("all 10 are held")
                      .hasMessageMatching("(?s).*forgetful-\\d+ \\(.*, idle after SELECT \\?.*"));
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void decoratedAllFinishWithTenConnectionsOfTheServer(Server server) throws Exception {
    String user = server.freshSchema(ForgetfulThreadsTest.class);
    try (AdminConnection admin = server.admin()) {
      admin.execute(
          "CREATE USER '%s'@'%%' IDENTIFIED BY 'ten' WITH MAX_USER_CONNECTIONS 10".formatted(user));
    }
    try (PooledDataSource pool = pool(server, user, "ten", "300", new Budget(10))) {
      all(AutoCloseDb.wrap(() -> query(pool)));
      assertThat(failures).isEmpty();
      assertThat(pool.pool().status().failed()).isZero();
      assertThat(pool.pool().status().used()).isZero();
    }
  }

  private static PooledDataSource pool(
      Server server, String user, String password, String timeout, Budget budget) {
    BonitoDataSource driver =
        new BonitoDataSource(
            "jdbc:bonito:mysql://%s:%d/?allowPublicKeyRetrieval=true"
                .formatted(server.host(), server.port()));
    return PooledDataSource.over(
        () -> driver.getConnection(user, password),
        Map.of("pool_size", "10", "max_overflow", "0", "timeout", timeout),
        null,
        budget);
  }

  private void all(Runnable job) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(job, "forgetful-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** As such code has it: nothing is closed. */
  private void query(PooledDataSource pool) {
    try {
      Connection connection = pool.getConnection();
      Statement statement = connection.createStatement();
      statement.executeQuery("SELECT 1");
    } catch (SQLException e) {
      failures.add(e);
    }
  }
}
