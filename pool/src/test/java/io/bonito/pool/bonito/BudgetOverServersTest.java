package io.bonito.pool.bonito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoDataSource;
import io.bonito.pool.PooledDataSource;
import io.bonito.pool.ServerCount;
import io.bonito.pool.lending.Budget;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The budget counts every socket of Bonito's driver, as the server does. */
@Tag("server")
@Timeout(300)
class BudgetOverServersTest {
  private static final int LIMIT = 6;

  private final Budget budget = new Budget(LIMIT);
  private final Budget before = BudgetAdmission.countAgainst(budget);
  private final Queue<SQLException> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger cancelled = new AtomicInteger();

  @AfterEach
  void countAsBefore() {
    BudgetAdmission.countAgainst(before);
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void poolsCancelsAndConnectionsWithoutAPoolKeepItTogether(Server shared) throws Exception {
    ServerOptions options = ServerOptions.of(shared.kind()).withoutAccounts();
    try (Server server = Servers.start(options);
        AdminConnection admin = server.admin()) {
      admin.execute(
          "CREATE USER 'storm'@'%' IDENTIFIED BY 'storm' WITH MAX_USER_CONNECTIONS " + LIMIT);
      String url =
          "jdbc:bonito:mysql://%s:%d/?user=storm&password=storm&allowPublicKeyRetrieval=true"
              .formatted(server.host(), server.port());
      ServerCount.begin(admin);
      blow(url);
      assertThat(failures).isEmpty();
      assertThat(cancelled.get()).isPositive();
      // One is set aside for cancels, which need not come while all others are in use.
      assertThat(budget.mostUsed()).isBetween(LIMIT - 1, LIMIT);
      // The observer is one more.
      assertThat(ServerCount.most(admin)).isBetween(2L, LIMIT + 1L);
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (budget.used() != 0) {
        assertThat(System.nanoTime()).as("%s", budget.use()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  private void blow(String url) throws Exception {
    BonitoDataSource source = new BonitoDataSource(url);
    List<PooledDataSource> pools = new ArrayList<>();
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      PooledDataSource pool =
          PooledDataSource.over(source::getConnection, Map.of("timeout", "120"), null, budget);
      pools.add(pool);
      for (int j = 0; j < 5; j++) {
        workers.add(running(() -> usePool(pool)));
      }
      workers.add(running(() -> cancelInPool(pool)));
    }
    for (int i = 0; i < 3; i++) {
      workers.add(running(() -> useWithoutPool(url)));
    }
    try {
      CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).get(250, TimeUnit.SECONDS);
    } finally {
      pools.forEach(PooledDataSource::close);
    }
  }

  private static CompletableFuture<Void> running(Runnable work) {
    return CompletableFuture.runAsync(work, task -> new Thread(task).start());
  }

  private void usePool(PooledDataSource pool) {
    for (int i = 0; i < 40; i++) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("DO 1");
      } catch (SQLException e) {
        failures.add(e);
      }
    }
  }

  private void cancelInPool(PooledDataSource pool) {
    for (int i = 0; i < 3; i++) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(1);
        statement.execute("SELECT SLEEP(100)");
        failures.add(new SQLException("a sleep of 100 s has ended"));
      } catch (SQLTimeoutException e) {
        cancelled.incrementAndGet();
      } catch (SQLException e) {
        failures.add(e);
      }
    }
  }

  private void useWithoutPool(String url) {
    for (int i = 0; i < 15; i++) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("DO 1");
      } catch (SQLException e) {
        failures.add(e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void oneMoreThanTheBudgetIsToldWhoHasTheOthers(Server server) throws Exception {
    BonitoDataSource source =
        new BonitoDataSource(
            "jdbc:bonito:mysql://%s:%d/?user=root&connectTimeout=300"
                .formatted(server.host(), server.port()));
    List<Connection> open = new ArrayList<>();
    // One permit is kept for cancels.
    for (int i = 1; i < LIMIT; i++) {
      open.add(source.getConnection());
    }
    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("budget of 6 connections")
        .hasMessageContaining("connections without a pool=5");
    for (Connection connection : open) {
      connection.close();
    }
    source.getConnection().close();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aPoolsMinimumIsThereForItAndIdleOnesGoToWhoNeedsThem(Server server) throws Exception {
    BonitoDataSource source =
        new BonitoDataSource(
            "jdbc:bonito:mysql://%s:%d/?user=root".formatted(server.host(), server.port()));
    Budget four = new Budget(4);
    try (PooledDataSource greedy = pool(source, four, "0");
        PooledDataSource modest = pool(source, four, "2")) {
      List<Connection> lent = new ArrayList<>();
      lent.add(greedy.getConnection());
      lent.add(greedy.getConnection());
      CompletableFuture<Connection> third = lendingLater(greedy);
      // Though one waits already, two are there for the other.
      Connection first = modest.getConnection();
      Connection second = modest.getConnection();
      assertThat(third).isNotDone();
      assertThat(four.used()).isEqualTo(4);
      first.close();
      second.close();
      assertThat(third).isNotDone();
      lent.get(0).close();
      lent.add(third.get(60, TimeUnit.SECONDS));
      for (Connection connection : lent) {
        connection.close();
      }
      // What rests above nothing set aside is given to a pool that needs it.
      List<Connection> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(lendingLater(modest).get(60, TimeUnit.SECONDS));
      }
      assertThat(greedy.pool().status().total()).isZero();
      for (Connection connection : all) {
        connection.close();
      }
    }
  }

  private static CompletableFuture<Connection> lendingLater(PooledDataSource pool) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return pool.getConnection();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }

  private static PooledDataSource pool(BonitoDataSource source, Budget budget, String minimum) {
    return PooledDataSource.over(
        source::getConnection, Map.of("timeout", "60", "budget_minimum", minimum), null, budget);
  }
}
