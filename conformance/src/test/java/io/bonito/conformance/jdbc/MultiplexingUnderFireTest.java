package io.bonito.conformance.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoDataSource;
import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.Fault;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.server.Server;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads over few connections, of which some are lost on the way, and some are busy. */
@Tag("server")
@Timeout(240)
class MultiplexingUnderFireTest {
  private static final int THREADS = 48;
  private static final int ROUNDS = 60;
  private static final int SHARED = 3;

  private static String schema(Server server) throws SQLException {
    String schema = server.freshSchema(MultiplexingUnderFireTest.class);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(
          connection,
          "CREATE TABLE made (id INT PRIMARY KEY)",
          "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))",
          "INSERT INTO t VALUES (1, 'a')");
    }
    return schema;
  }

  /** What many threads do, and what they were told of it. */
  private static final class Fire {
    final BonitoDataSource source;
    final Set<Integer> certain = ConcurrentHashMap.newKeySet();
    final Set<Integer> doubtful = ConcurrentHashMap.newKeySet();
    final AtomicInteger rounds = new AtomicInteger();
    final AtomicInteger lost = new AtomicInteger();

    Fire(BonitoDataSource source) {
      this.source = source;
    }

    List<Future<?>> begin(ExecutorService threads) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        running.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < ROUNDS; round++) {
                    round(number * ROUNDS + round);
                    rounds.incrementAndGet();
                  }
                  return null;
                }));
      }
      return running;
    }

    private void round(int id) throws SQLException {
      boolean sent = false;
      try (Connection connection = source.getConnection();
          PreparedStatement echo = connection.prepareStatement("SELECT ?, REPEAT(?, ?)");
          PreparedStatement insert = connection.prepareStatement("INSERT INTO made VALUES (?)");
          Statement plain = connection.createStatement()) {
        echo.setInt(1, id);
        echo.setString(2, String.valueOf((char) ('a' + id % 26)));
        echo.setInt(3, id % 7 == 0 ? 50_000 : 10);
        try (ResultSet rows = echo.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(id);
          assertThat(rows.getString(2)).startsWith(String.valueOf((char) ('a' + id % 26)));
          assertThat(rows.next()).isFalse();
        }
        insert.setInt(1, id);
        sent = true;
        assertThat(insert.executeUpdate()).isOne();
        sent = false;
        certain.add(id);
        switch (id % 3) {
          case 0 -> refused(plain, "SELECT * FROM no_such_table_" + id, id);
          case 1 -> twice(insert);
          default -> text(plain, id);
        }
      } catch (SQLException e) {
        if (e.getSQLState() == null || !e.getSQLState().startsWith("08")) {
          throw e;
        }
        lost.incrementAndGet();
        if (sent) {
          doubtful.add(id);
        }
      }
    }

    private static void refused(Statement plain, String sql, int id) throws SQLException {
      try (ResultSet none = plain.executeQuery(sql)) {
        throw new AssertionError("a result of a table that is not there: " + none);
      } catch (SQLSyntaxErrorException e) {
        assertThat(e.getMessage()).contains("no_such_table_" + id);
      }
    }

    private static void twice(PreparedStatement insert) throws SQLException {
      try {
        insert.executeUpdate();
        throw new AssertionError("a second row with the same key");
      } catch (SQLIntegrityConstraintViolationException e) {
        assertThat(e.getErrorCode()).isEqualTo(1062);
      }
    }

    private static void text(Statement plain, int id) throws SQLException {
      try (ResultSet rows = plain.executeQuery("SELECT 'who asks is " + id + "'")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("who asks is " + id);
      }
    }

    /** What was told to be there is there, what is there was not told to be certainly not. */
    void judge(Server server, String schema) throws SQLException {
      Set<Integer> there = ConcurrentHashMap.newKeySet();
      try (Connection connection = Jdbc.connect(server, schema)) {
        for (String id : Jdbc.column(connection, "SELECT id FROM made")) {
          there.add(Integer.valueOf(String.valueOf(id)));
        }
      }
      assertThat(there).containsAll(certain);
      there.removeAll(certain);
      assertThat(doubtful).containsAll(there);
    }
  }

  private static void await(List<Future<?>> running) throws Exception {
    for (Future<?> each : running) {
      each.get(200, SECONDS);
    }
  }

  private static List<String> connections(Connection asking, String schema) throws SQLException {
    List<String> ids = new ArrayList<>();
    for (String id :
        Jdbc.column(
            asking,
            "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND db = '"
                + schema
                + "'")) {
      ids.add(String.valueOf(id));
    }
    return ids;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void eachThreadHasItsOwnAnswersThoughConnectionsAreKilled(Server server) throws Exception {
    String schema = schema(server);
    BonitoDataSource source = MultiplexingTest.source(server, schema, SHARED);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Connection admin = Jdbc.connect(server, schema)) {
      Fire fire = new Fire(source);
      List<Future<?>> running = fire.begin(threads);
      for (int kill = 1; kill <= 5; kill++) {
        int due = kill * THREADS * ROUNDS / 8;
        while (fire.rounds.get() < due && !running.stream().allMatch(Future::isDone)) {
          LockSupport.parkNanos(1_000_000);
        }
        List<String> shared = connections(admin, schema);
        assertThat(shared).hasSizeBetween(1, SHARED);
        try {
          Jdbc.run(admin, "KILL " + shared.get(0));
        } catch (SQLException gone) {
          assertThat(gone.getErrorCode()).isEqualTo(1094);
        }
      }
      await(running);
      fire.judge(server, schema);
      assertThat(fire.certain).hasSizeGreaterThan(THREADS * ROUNDS / 2);
    } finally {
      threads.shutdownNow();
      source.close();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void nothingIsLostOrMistakenWhereAnswersBreakOff(Server server) throws Exception {
    String schema = schema(server);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
      BonitoDataSource source =
          new BonitoDataSource(
              "jdbc:bonito://"
                  + proxy.host()
                  + ":"
                  + proxy.port()
                  + "/"
                  + schema
                  + "?multiplexing=2&sslMode=DISABLE&allowPublicKeyRetrieval=true");
      source.setUser(server.user());
      source.setPassword(server.password());
      Fire fire = new Fire(source);
      // In the middle of an answer, and of a command.
      proxy.addToEach(Fault.at(Direction.TO_CLIENT, 500, 3).cut());
      proxy.addToEach(Fault.at(Direction.TO_SERVER, 400, 7).reset());
      List<Future<?>> running = fire.begin(threads);
      await(running);
      proxy.heal();

      fire.judge(server, schema);
      assertThat(fire.lost.get()).isPositive();
      assertThat(fire.certain).hasSizeGreaterThan(THREADS * ROUNDS / 4);
      source.close();
    } finally {
      threads.shutdownNow();
    }
  }

  /** One shared connection, on which a statement waits for a table that somebody has locked. */
  private static final class Blocked implements AutoCloseable {
    final BonitoDataSource source;
    final Connection locking;
    final Connection connection;
    final ExecutorService threads = Executors.newCachedThreadPool();
    final String schema;

    Blocked(Server server) throws SQLException {
      schema = schema(server);
      source = MultiplexingTest.source(server, schema, 1);
      locking = Jdbc.connect(server, schema);
      Jdbc.run(locking, "LOCK TABLES t WRITE");
      connection = source.getConnection();
    }

    void awaitBlocked(Server server) throws SQLException {
      try (Connection admin = Jdbc.connect(server, "")) {
        while (!connectionsThatWait(admin)) {
          LockSupport.parkNanos(2_000_000);
        }
      }
    }

    private boolean connectionsThatWait(Connection admin) throws SQLException {
      return !Jdbc.column(
              admin,
              "SELECT id FROM information_schema.processlist WHERE state LIKE 'Waiting for table%'"
                  + " AND db = '"
                  + schema
                  + "'")
          .isEmpty();
    }

    @Override
    public void close() throws SQLException {
      locking.close();
      connection.close();
      threads.shutdownNow();
      source.close();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whoGivesUpHitsNobodyElse(Server server) throws Exception {
    try (Blocked blocked = new Blocked(server);
        Statement first = blocked.connection.createStatement();
        Connection other = blocked.source.getConnection();
        Statement second = other.createStatement()) {
      Future<String> name =
          blocked.threads.submit(
              () -> {
                try (ResultSet rows = first.executeQuery("SELECT name FROM t WHERE id = 1")) {
                  rows.next();
                  return rows.getString(1);
                }
              });
      blocked.awaitBlocked(server);

      second.setQueryTimeout(1);
      assertThatThrownBy(() -> second.executeQuery("SELECT 2"))
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessageContaining("it had not been sent");
      second.setQueryTimeout(0);
      Future<?> cancelled = blocked.threads.submit(() -> second.executeQuery("SELECT 3"));
      // Whether it waits already or not, it must not come back with rows.
      while (!cancelled.isDone()) {
        second.cancel();
        LockSupport.parkNanos(2_000_000);
      }
      assertThatThrownBy(cancelled::get)
          .hasCauseInstanceOf(SQLNonTransientException.class)
          .hasMessageContaining("the statement was cancelled; it had not been sent");

      Jdbc.run(blocked.locking, "UNLOCK TABLES");
      assertThat(name.get(60, SECONDS)).isEqualTo("a");
      assertThat(Jdbc.value(other, "SELECT 4")).isEqualTo("4");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatWasSentAndGivenUpIsNotKilled(Server server) throws Exception {
    try (Blocked blocked = new Blocked(server);
        PreparedStatement update =
            blocked.connection.prepareStatement("UPDATE t SET name = ? WHERE id = 1")) {
      update.setString(1, "given up");
      update.setQueryTimeout(1);
      assertThatThrownBy(update::executeUpdate)
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessageContaining("it may have run, or may still run");
      update.setString(1, "not that");

      Jdbc.run(blocked.locking, "UNLOCK TABLES");
      assertThat(Jdbc.value(blocked.connection, "SELECT name FROM t WHERE id = 1"))
          .isEqualTo("given up");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void closedHandlesDoNothingAnyMore(Server server) throws SQLException {
    BonitoDataSource source = MultiplexingTest.source(server, schema(server), 1);
    Connection connection = source.getConnection();
    Statement statement = connection.createStatement();
    PreparedStatement prepared = connection.prepareStatement("SELECT ?");
    prepared.setInt(1, 1);
    ResultSet rows = prepared.executeQuery();
    connection.close();
    connection.close();

    assertThat(connection.isClosed()).isTrue();
    assertThat(statement.isClosed()).isTrue();
    assertThat(rows.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    assertThatThrownBy(prepared::executeQuery).hasMessage("the statement is closed");
    assertThatThrownBy(() -> connection.createStatement())
        .isInstanceOf(SQLException.class)
        .hasMessage("this connection has been closed");
    assertThatThrownBy(() -> connection.setAutoCommit(false))
        .hasMessage("this connection has been closed");
    source.close();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aClosedSourceRefusesWhatItHasGivenOutAndBeginsAnew(Server server)
      throws SQLException, IOException {
    BonitoDataSource source = MultiplexingTest.source(server, schema(server), 1);
    try (Connection before = source.getConnection()) {
      assertThat(Jdbc.value(before, "SELECT 1")).isEqualTo("1");
      source.close();
      assertThatThrownBy(() -> Jdbc.value(before, "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("closed");
    }
    try (Connection after = source.getConnection()) {
      assertThat(Jdbc.value(after, "SELECT 2")).isEqualTo("2");
    }
    source.close();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whereNoConnectionCanBeOpenedWhoAsksIsTold(Server server) {
    BonitoDataSource source = MultiplexingTest.source(server, "no_such_schema", 2);
    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("no_such_schema");
    source.close();
  }
}
