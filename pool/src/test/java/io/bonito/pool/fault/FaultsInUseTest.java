package io.bonito.pool.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.Settings;
import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.Fault;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.fault.ProxiedConnection;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What happens to connections that somebody has or that rest, over each driver at the same time.
 */
@Tag("server")
@Timeout(240)
class FaultsInUseTest {
  private static final String INSERT = "INSERT INTO crew.written VALUES (1)";

  private static final Map<ServerKind, Server> SERVERS = new EnumMap<>(ServerKind.class);

  static Stream<ServerKind> kinds() {
    return Servers.selectedKinds().stream();
  }

  private static Server server(ServerKind kind) throws IOException {
    Server server = SERVERS.get(kind);
    if (server == null) {
      server = Scene.start(kind, 0);
      SERVERS.put(kind, server);
    }
    return server;
  }

  @AfterAll
  static void end() {
    SERVERS.values().forEach(Server::close);
  }

  /** Counts what a pool takes out, and why. */
  private static final class Counts implements PoolListener<Connection> {
    private final AtomicInteger invalidated = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public void invalidate(Connection connection, @Nullable Throwable reason) {
      invalidated.incrementAndGet();
    }

    @Override
    public void close(Connection connection) {
      closed.incrementAndGet();
    }
  }

  private interface Case {
    void run(Via via, Connector driver) throws Exception;
  }

  /** All drivers at once: they wait at the same time. */
  private static void overEach(String host, int port, Case body) throws Exception {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (Via via : Via.values()) {
      Connector driver = via.to(host, port, Scene.USER, "secret");
      running.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  body.run(via, driver);
                } catch (Exception | AssertionError e) {
                  throw new IllegalStateException(via + ": " + e, e);
                }
              },
              task -> new Thread(task, via.name()).start()));
    }
    for (CompletableFuture<Void> each : running) {
      each.get(200, TimeUnit.SECONDS);
    }
  }

  private static PooledDataSource pool(
      Connector driver, @Nullable PoolListener<Connection> listener, String... arguments) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      map.put(arguments[i], arguments[i + 1]);
    }
    return PooledDataSource.over(driver, map, listener, new Budget(Settings.UNLIMITED));
  }

  private static List<Connection> borrow(PooledDataSource pool, int count) throws SQLException {
    List<Connection> lent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lent.add(pool.getConnection());
    }
    return lent;
  }

  private static void giveBack(List<Connection> lent) throws SQLException {
    for (Connection connection : lent) {
      connection.close();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String id(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT CONNECTION_ID()")) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** What rested is silent for ever; whoever connects anew is answered, as after a failover. */
  @ParameterizedTest
  @MethodSource("kinds")
  void aHostThatIsGoneCostsOneTimeoutAndNotOneForEachConnection(ServerKind kind) throws Exception {
    Server server = server(kind);
    overEach(
        server.host(),
        server.port(),
        (via, unused) -> {
          try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
            Connector driver = via.to(proxy.host(), proxy.port(), Scene.USER, "secret");
            Counts counts = new Counts();
            try (PooledDataSource pool = pool(driver, counts, "pre_ping", "true")) {
              giveBack(borrow(pool, 5));
              // The first use is not checked.
              giveBack(borrow(pool, 5));
              for (ProxiedConnection connection : proxy.connections()) {
                connection.now(Direction.TO_CLIENT, new Fault.Action.Swallow());
              }
              List<Connection> lent = borrow(pool, 5);
              for (Connection connection : lent) {
                execute(connection, "DO 1");
              }
              giveBack(lent);
              eventually(pool, () -> counts.closed.get() == 5);
              assertThat(counts.invalidated).hasValue(1);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whereTheServerEndsWhatRestsForTwoSecondsNobodyGetsADeadOne(ServerKind kind)
      throws Exception {
    Server server = server(kind);
    try (AdminConnection admin = server.admin()) {
      admin.execute("SET GLOBAL wait_timeout = 2");
      String aborted = abortedClients(admin);
      overEach(
          server.host(),
          server.port(),
          (via, driver) -> {
            try (PooledDataSource pool = pool(driver, null)) {
              for (int round = 0; round < 2; round++) {
                List<Connection> lent = borrow(pool, 5);
                for (Connection connection : lent) {
                  execute(connection, "DO 1");
                }
                giveBack(lent);
                // One after another, at any time of their rest.
                Random random = new Random(round);
                for (int i = 0; i < 5; i++) {
                  rest(pool, random.nextInt(700));
                  try (Connection connection = pool.getConnection()) {
                    execute(connection, "DO 1");
                  }
                }
                eventually(pool, () -> pool.pool().status().total() == 0);
              }
            }
          });
      assertThat(abortedClients(admin)).as("sessions that the server ended").isEqualTo(aborted);
      admin.execute("SET GLOBAL wait_timeout = 28800");
    }
  }

  private static String abortedClients(AdminConnection admin) {
    return String.valueOf(admin.query("SHOW GLOBAL STATUS LIKE 'Aborted_clients'").get(0).get(1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whereTheServerBecomesReadOnlyItsConnectionsGoOnce(ServerKind kind) throws Exception {
    Server server = server(kind);
    for (Via via : Via.values()) {
      Connector driver = via.to(server.host(), server.port(), Scene.USER, "secret");
      Counts counts = new Counts();
      try (PooledDataSource pool = pool(driver, counts);
          AdminConnection admin = server.admin()) {
        List<Connection> lent = borrow(pool, 4);
        admin.execute("SET GLOBAL read_only = 1");
        for (Connection connection : lent) {
          SQLException refusal =
              catchThrowableOfType(SQLException.class, () -> execute(connection, INSERT));
          assertThat(refusal.getErrorCode()).as("%s", via).isEqualTo(1290);
        }
        admin.execute("SET GLOBAL read_only = 0");
        giveBack(lent);
        eventually(pool, () -> counts.closed.get() == 4);
        List<Connection> next = borrow(pool, 4);
        for (Connection connection : next) {
          execute(connection, INSERT);
        }
        giveBack(next);
        assertThat(counts.closed).as("%s", via).hasValue(4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whereTheServerStaysReadOnlyOnlyThoseGoThatWrite(ServerKind kind) throws Exception {
    Server server = server(kind);
    try (AdminConnection admin = server.admin()) {
      admin.execute("SET GLOBAL read_only = 1");
      overEach(
          server.host(),
          server.port(),
          (via, driver) -> {
            Counts counts = new Counts();
            try (PooledDataSource pool = pool(driver, counts)) {
              for (int round = 0; round < 2; round++) {
                List<Connection> lent = borrow(pool, 4);
                assertThatThrownBy(() -> execute(lent.get(0), INSERT)).hasMessageContaining("read");
                giveBack(lent);
                // All of the first round, and one of the second.
                int gone = 4 + round;
                eventually(pool, () -> counts.closed.get() >= gone);
                assertThat(counts.closed).hasValue(gone);
              }
            }
          });
      admin.execute("SET GLOBAL read_only = 0");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatCannotBeResetIsNotLentAgainAndItsBorrowerDoesNotHearOfIt(ServerKind kind)
      throws Exception {
    Server server = server(kind);
    overEach(
        server.host(),
        server.port(),
        (via, driver) -> {
          Counts counts = new Counts();
          try (PooledDataSource pool = pool(driver, counts)) {
            String killed;
            try (Connection connection = pool.getConnection()) {
              connection.setAutoCommit(false);
              execute(connection, INSERT);
              killed = id(connection);
              try (AdminConnection admin = server.admin()) {
                admin.execute("KILL " + killed);
              }
            }
            try (Connection connection = pool.getConnection()) {
              assertThat(id(connection)).isNotEqualTo(killed);
            }
            assertThat(counts.invalidated).hasValue(1);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void interruptedBorrowersLoseNoPlace(ServerKind kind) throws Exception {
    Server server = server(kind);
    overEach(
        server.host(),
        server.port(),
        (via, driver) -> {
          try (PooledDataSource pool =
              pool(driver, null, "pool_size", "2", "max_overflow", "0", "timeout", "60")) {
            giveBack(borrow(pool, 2));
            List<Thread> borrowers = new ArrayList<>();
            AtomicInteger interrupted = new AtomicInteger();
            AtomicInteger served = new AtomicInteger();
            for (int i = 0; i < 6; i++) {
              Thread borrower = new Thread(() -> borrowAgainAndAgain(pool, interrupted, served));
              borrower.setDaemon(true);
              borrowers.add(borrower);
              borrower.start();
            }
            Random random = new Random(7);
            for (Thread each = borrowers.get(0); each != null; each = anyAlive(borrowers, random)) {
              each.interrupt();
              rest(pool, 1);
            }
            assertThat(served).hasPositiveValue();
            assertThat(interrupted).hasPositiveValue();
            List<Connection> all = borrow(pool, 2);
            for (Connection connection : all) {
              execute(connection, "DO 1");
            }
            giveBack(all);
            assertThat(pool.pool().status().waiting()).isZero();
          }
        });
  }

  private static @Nullable Thread anyAlive(List<Thread> threads, Random random) {
    List<Thread> alive = threads.stream().filter(Thread::isAlive).toList();
    return alive.isEmpty() ? null : alive.get(random.nextInt(alive.size()));
  }

  private static void borrowAgainAndAgain(
      PooledDataSource pool, AtomicInteger interrupted, AtomicInteger served) {
    for (int i = 0; i < 100; i++) {
      try (Connection connection = pool.getConnection()) {
        execute(connection, "DO SLEEP(0.002)");
        served.incrementAndGet();
      } catch (SQLException e) {
        // The flag stays set where somebody was interrupted while waiting.
        if (Thread.interrupted()) {
          interrupted.incrementAndGet();
        }
      }
    }
  }

  private static void rest(PooledDataSource pool, int millis) {
    java.util.concurrent.locks.LockSupport.parkNanos(pool, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static void eventually(PooledDataSource pool, Crew.Question question) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!question.isSo()) {
      assertThat(System.nanoTime()).as("%s within a minute", pool).isLessThan(deadline);
      rest(pool, 5);
    }
  }
}
