package io.bonito.pool.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.lending.Budget;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerOptions;
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
    BONITO("jdbc:bonito:mysql:", "", new io.bonito.jdbc.AutoDriver()),
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

  static Stream<Arguments> ways() {
    return Servers.selected()
        .flatMap(server -> Stream.of(Way.values()).map(way -> Arguments.of(server, way)));
  }

  /**
   * The account may have no more connections than the budget. Over Bonito's driver the server never
   * has to refuse one. Other drivers do not tell when it has noticed a close, so it may; nobody
   * hears of that.
   */
  @ParameterizedTest
  @MethodSource("ways")
  void threePoolsInAStormKeepTheirBudgetAsTheServerCounts(Server server, Way way) throws Exception {
    int limit = 6;
    String schema = server.freshSchema(getClass());
    createUser(server, schema, " WITH MAX_USER_CONNECTIONS " + limit);
    Storm storm = new Storm(way.to(server, schema, schema, "storm"), limit);
    storm.blow();
    assertThat(storm.refusals).allMatch(code -> way != Way.BONITO && code == 1226);
  }

  /** The server may have no more than the budget and one to spare. */
  @ParameterizedTest
  @MethodSource("ways")
  void threePoolsGetAlongWithAServerThatHasRoomForTheirBudgetOnly(Server shared, Way way)
      throws Exception {
    int limit = 12;
    ServerOptions options =
        ServerOptions.of(shared.kind()).withoutAccounts().argument("--max_connections=13");
    try (Server server = Servers.start(options)) {
      String schema = server.freshSchema(getClass());
      createUser(server, schema, "");
      Storm storm = new Storm(way.to(server, schema, schema, "storm"), limit);
      storm.blow();
      assertThat(storm.refusals).allMatch(code -> code == 1040);
    }
  }

  private static void createUser(Server server, String user, String limits) {
    try (AdminConnection admin = server.admin()) {
      admin.execute("CREATE USER '%s'@'%%' IDENTIFIED BY 'storm'%s".formatted(user, limits));
      admin.execute("GRANT ALL ON *.* TO '%s'@'%%'".formatted(user));
    }
  }

  /** Three pools of one budget, none of which can have what it wants. */
  private static final class Storm {
    private final Budget budget;
    private final Connector driver;
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();

    Storm(Connector driver, int limit) {
      this.driver = driver;
      budget = new Budget(limit);
    }

    private Connection connect() throws SQLException {
      try {
        return driver.connect();
      } catch (SQLException e) {
        refusals.add(e.getErrorCode());
        throw e;
      }
    }

    void blow() throws Exception {
      List<PooledDataSource> pools = new ArrayList<>();
      List<CompletableFuture<Void>> workers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        PooledDataSource pool =
            PooledDataSource.over(this::connect, Map.of("timeout", "120"), null, budget);
        pools.add(pool);
        for (int j = 0; j < 8; j++) {
          workers.add(
              CompletableFuture.runAsync(() -> use(pool), task -> new Thread(task).start()));
        }
      }
      try {
        CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new))
            .get(300, TimeUnit.SECONDS);
        assertThat(budget.mostUsed()).isEqualTo(budget.limit());
        assertThat(pools).allSatisfy(pool -> assertThat(pool.pool().status().failed()).isZero());
      } finally {
        pools.forEach(PooledDataSource::close);
      }
    }
  }

  private static void use(PooledDataSource pool) {
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
