package io.bonito.pool.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The five pools over three drivers and real servers. */
@Tag("server")
class PoolsOverServersTest {
  /** The drivers. */
  enum Way {
    BONITO("jdbc:bonito:mysql:", "", new io.bonito.jdbc.Driver()),
    CONNECTOR_J("jdbc:mysql:", "?allowPublicKeyRetrieval=true&sslMode=DISABLED", connectorJ()),
    MARIADB(
        "jdbc:mariadb:",
        "?allowPublicKeyRetrieval=true&sslMode=disable",
        new org.mariadb.jdbc.Driver());

    private final String scheme;
    private final String options;
    private final Driver driver;

    Way(String scheme, String options, Driver driver) {
      this.scheme = scheme;
      this.options = options;
      this.driver = driver;
    }

    private static Driver connectorJ() {
      try {
        return new com.mysql.cj.jdbc.Driver();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    Connector to(Server server, String schema, String user, String password) {
      String url = scheme + "//" + server.host() + ":" + server.port() + "/" + schema + options;
      Properties properties = new Properties();
      properties.setProperty("user", user);
      properties.setProperty("password", password);
      return () -> driver.connect(url, properties);
    }
  }

  static Stream<Arguments> behaviours() {
    return Servers.selected()
        .flatMap(
            server ->
                Stream.of(Way.values())
                    .flatMap(
                        way ->
                            Stream.of(PoolBehaviour.values())
                                .map(behaviour -> Arguments.of(server, way, behaviour))));
  }

  @ParameterizedTest
  @MethodSource("behaviours")
  void theFivePoolsBehave(Server server, Way way, PoolBehaviour behaviour) throws Exception {
    String schema = server.freshSchema(getClass());
    Connector driver = way.to(server, schema, server.user(), server.password());
    try (Connection connection = driver.connect()) {
      PoolBehaviour.update(connection, "CREATE TABLE pool_behaviour (n INT) ENGINE=InnoDB");
    }
    behaviour.check(driver);
  }

  static Stream<Server> servers() {
    return Servers.selected();
  }

  /**
   * A server counts a connection for some milliseconds after its client has closed it, and then
   * says 1226 to the next one although the budget holds. That it never does so is not reached yet;
   * what holds is that the pools never have more open than the budget, and that borrowers see none
   * of it.
   */
  @ParameterizedTest
  @MethodSource("servers")
  void noBorrowerSeesThatTheServerStillCountsWhatWasClosed(Server server) throws Exception {
    int limit = 6;
    String schema = server.freshSchema(getClass());
    String user = "storm_" + schema.hashCode();
    server
        .admin()
        .execute(
            "CREATE USER '%s'@'%%' IDENTIFIED BY 'storm' WITH MAX_USER_CONNECTIONS %d"
                .formatted(user, limit));
    server.admin().execute("GRANT ALL ON *.* TO '%s'@'%%'".formatted(user));
    Budget budget = new Budget(limit);
    Connector driver = Way.CONNECTOR_J.to(server, schema, user, "storm");
    Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    Connector noting =
        () -> {
          try {
            return driver.connect();
          } catch (SQLException e) {
            refusals.add(e.getErrorCode());
            throw e;
          }
        };
    List<PooledDataSource> pools = new ArrayList<>();
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        pools.add(
            PooledDataSource.over(
                noting,
                Map.of("pool_size", "5", "max_overflow", "5", "timeout", "120"),
                null,
                budget));
      }
      for (PooledDataSource pool : pools) {
        for (int i = 0; i < 8; i++) {
          workers.add(
              CompletableFuture.runAsync(() -> storm(pool), task -> new Thread(task).start()));
        }
      }
      CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new)).get(300, TimeUnit.SECONDS);
      assertThat(budget.mostUsed()).isEqualTo(limit);
      assertThat(refusals).allMatch(code -> code == 1226);
    } finally {
      pools.forEach(PooledDataSource::close);
    }
  }

  private static void storm(PooledDataSource pool) {
    for (int i = 0; i < 40; i++) {
      try (Connection connection = pool.getConnection()) {
        PoolBehaviour.update(connection, "DO 1");
        if (i % 8 == 0) {
          connection.unwrap(Lease.class).invalidateSoftly(null);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
