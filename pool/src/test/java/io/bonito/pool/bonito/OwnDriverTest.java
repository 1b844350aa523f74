package io.bonito.pool.bonito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoConnection;
import io.bonito.jdbc.BonitoDataSource;
import io.bonito.pool.PooledDataSource;
import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.jdbc.Lease;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.Settings;
import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.Fault;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.fault.ProxiedConnection;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is better over Bonito's own driver: nothing stands between, and little is sent. */
@Tag("server")
@Timeout(300)
class OwnDriverTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";
  private static final Duration LONG = Duration.ofSeconds(20);

  private static Connector to(String host, int port, String schema) {
    BonitoDataSource source =
        new BonitoDataSource(
            "jdbc:bonito:mysql://%s:%d/%s?user=root&sslMode=DISABLED"
                .formatted(host, port, schema));
    return source::getConnection;
  }

  private static PooledDataSource pool(
      Connector driver, @Nullable PoolListener<Connection> listener, String... more) {
    Map<String, String> map = new HashMap<>();
    map.put("pool_size", "1");
    map.put("max_overflow", "0");
    for (int i = 0; i < more.length; i += 2) {
      map.put(more[i], more[i + 1]);
    }
    return PooledDataSource.over(driver, map, listener, new Budget(Settings.UNLIMITED));
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long sent(FaultProxy proxy) {
    return proxy.connections().stream()
        .mapToLong(connection -> connection.packets(Direction.TO_SERVER))
        .sum();
  }

  private static long sentOnce(FaultProxy proxy, long before) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (sent(proxy) < before && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return sent(proxy);
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatIsLentIsTheDriversOwn(Server server) throws Exception {
    try (PooledDataSource pool = pool(to(server.host(), server.port(), ""), null);
        Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      statement.setInt(1, 1);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(connection).isInstanceOf(BonitoConnection.class);
        assertThat(statement.getClass().getPackageName()).isEqualTo("io.bonito.jdbc");
        assertThat(rows.getClass().getPackageName()).isEqualTo("io.bonito.jdbc");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aLoanThatChangesNothingSendsItsStatementAlone(Server server) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
        PooledDataSource pool =
            pool(to(proxy.host(), proxy.port(), ""), null, "check_after", "0")) {
      pool.getConnection().close();
      long before = sent(proxy);
      for (int i = 1; i <= 20; i++) {
        try (Connection connection = pool.getConnection()) {
          connection.setAutoCommit(true);
          assertThat(ask(connection, "SELECT 1")).isEqualTo("1");
        }
        assertThat(sentOnce(proxy, before + i)).isEqualTo(before + i);
      }
      // Autocommit is left as it is until somebody needs it otherwise.
      before = sent(proxy);
      for (int i = 0; i < 20; i++) {
        try (Connection connection = pool.getConnection()) {
          assertThat(connection.getAutoCommit()).isTrue();
          connection.setAutoCommit(false);
          ask(connection, "SELECT 1");
          connection.commit();
          connection.setAutoCommit(true);
        }
      }
      assertThat(sentOnce(proxy, before + 41)).isEqualTo(before + 41);
      try (Connection connection = pool.getConnection()) {
        assertThat(ask(connection, "SELECT @@session.autocommit")).isEqualTo("1");
      }
      assertThat(sentOnce(proxy, before + 43)).isEqualTo(before + 43);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aReturnSendsWhatUndoesAndWaitsForNoAnswer(Server server) throws Exception {
    String schema = server.freshSchema(getClass());
    try (AdminConnection admin = server.admin()) {
      admin.execute("CREATE TABLE " + schema + ".t (n INT) ENGINE=InnoDB");
    }
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
        PooledDataSource pool = pool(to(proxy.host(), proxy.port(), schema), null)) {
      Connection connection = pool.getConnection();
      connection.setAutoCommit(false);
      execute(connection, "INSERT INTO t VALUES (1)");
      long before = sent(proxy);
      proxy.mark();
      proxy.add(Fault.before(Direction.TO_CLIENT, 0).stall());
      connection.close();
      assertThat(sentOnce(proxy, before + 2)).isEqualTo(before + 2);
      // The locks are gone, whoever has heard of it.
      try (AdminConnection admin = server.admin()) {
        admin.execute("LOCK TABLES " + schema + ".t WRITE");
      }
      CompletableFuture<String> next =
          CompletableFuture.supplyAsync(
              () -> {
                try (Connection again = pool.getConnection()) {
                  return again.getAutoCommit() + " " + ask(again, "SELECT COUNT(*) FROM t");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      proxy.heal();
      assertThat(next.get(60, TimeUnit.SECONDS)).isEqualTo("true 0");
      assertThat(pool.pool().status().opened()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aResetThatIsNotAnsweredIsNoBorrowersError(Server server) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
        PooledDataSource pool = pool(to(proxy.host(), proxy.port(), ""), null)) {
      Connection connection = pool.getConnection();
      String id = ask(connection, "SELECT CONNECTION_ID()");
      connection.setReadOnly(true);
      ask(
          connection,
          "SELECT 1"); // which takes read-only along, so that there is something to undo
      proxy.mark();
      proxy.add(Fault.before(Direction.TO_CLIENT, 0).reset());
      connection.close();
      try (Connection next = pool.getConnection()) {
        assertThat(ask(next, "SELECT CONNECTION_ID()")).isNotEqualTo(id);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatWasChangedIsUndoneHoweverItWasChanged(Server server) throws Exception {
    String schema = server.freshSchema(getClass());
    String other = server.freshSchema(getClass());
    List<String> questions =
        List.of(
            "SELECT @@session.time_zone",
            "SELECT @@session.sql_mode",
            "SELECT @@session.group_concat_max_len",
            "SELECT @@session.character_set_client",
            "SELECT @@session.collation_connection",
            "SELECT @@session.autocommit",
            "SELECT DATABASE()");
    List<String> changes =
        List.of(
            "SET time_zone = '+07:00'",
            "SET SESSION sql_mode = 'ANSI_QUOTES', group_concat_max_len = 4321",
            "SET NAMES latin1",
            "SET autocommit = 0",
            "USE " + other,
            "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
            "SET SESSION TRANSACTION READ ONLY",
            "BEGIN");
    Connector driver = to(server.host(), server.port(), schema);
    try (PooledDataSource pool = pool(driver, null)) {
      List<String> usual;
      int isolation;
      try (Connection connection = pool.getConnection()) {
        usual = answers(connection, questions);
        isolation = connection.getTransactionIsolation();
      }
      for (int round = 0; round < 2; round++) {
        try (Connection connection = pool.getConnection()) {
          for (String change : changes) {
            execute(connection, change);
          }
        }
        try (Connection connection = pool.getConnection()) {
          assertThat(answers(connection, questions)).isEqualTo(usual);
          assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
          assertThat(connection.getMetaData().getConnection().getAutoCommit()).isTrue();
          execute(connection, "CREATE TABLE IF NOT EXISTS written (n INT)");
          connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
          connection.setReadOnly(true);
          connection.setNetworkTimeout(Runnable::run, 77_000);
        }
        try (Connection connection = pool.getConnection()) {
          assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
          assertThat(connection.isReadOnly()).isFalse();
          assertThat(connection.getNetworkTimeout()).isNotEqualTo(77_000);
          execute(connection, "INSERT INTO written VALUES (1)");
        }
      }
      assertThat(pool.pool().status().opened()).isEqualTo(1);
    }
  }

  private static List<String> answers(Connection connection, List<String> questions)
      throws SQLException {
    List<String> answers = new ArrayList<>();
    for (String question : questions) {
      answers.add(ask(connection, question));
    }
    return answers;
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void eachLoanBeginsAsTheArgumentsSay(Server server) throws Exception {
    String schema = server.freshSchema(getClass());
    try (PooledDataSource pool =
        pool(
            to(server.host(), server.port(), ""),
            null,
            "catalog",
            schema,
            "isolation",
            "read_committed",
            "read_only",
            "true",
            "auto_commit",
            "false",
            "initial_sql",
            "SET @greeting = 'hello'",
            "keep_alive",
            "0.25")) {
      pool.pool().warmUp(1, TimeUnit.MINUTES.toNanos(1));
      for (int i = 0; i < 3; i++) {
        try (Connection connection = pool.getConnection()) {
          assertThat(ask(connection, "SELECT DATABASE()")).isEqualTo(schema);
          assertThat(ask(connection, "SELECT @greeting")).isEqualTo("hello");
          assertThat(connection.getTransactionIsolation())
              .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
          assertThat(connection.isReadOnly()).isTrue();
          assertThat(connection.getAutoCommit()).isFalse();
          connection.setReadOnly(false);
          connection.setAutoCommit(true);
          connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
          connection.setCatalog("information_schema");
        }
      }
      assertThat(pool.pool().status().opened()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatAListenerHasSetStays(Server server) throws Exception {
    PoolListener<Connection> listener =
        new PoolListener<>() {
          @Override
          public void connect(Connection connection) throws Exception {
            execute(connection, "SET time_zone = '+03:00'");
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
          }
        };
    try (PooledDataSource pool = pool(to(server.host(), server.port(), ""), listener)) {
      for (int i = 0; i < 3; i++) {
        try (Connection connection = pool.getConnection()) {
          assertThat(ask(connection, "SELECT @@session.time_zone")).isEqualTo("+03:00");
          assertThat(connection.getTransactionIsolation())
              .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
          connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aDeadSocketIsNoticedWithoutAWordOnTheWire(Server server) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
        PooledDataSource pool =
            pool(to(proxy.host(), proxy.port(), ""), null, "check_after", "0")) {
      String id;
      try (Connection connection = pool.getConnection()) {
        id = ask(connection, "SELECT CONNECTION_ID()");
      }
      ProxiedConnection first = proxy.connections().get(0);
      long before = first.packets(Direction.TO_SERVER);
      first.now(Direction.TO_CLIENT, new Fault.Action.Cut());
      try (Connection connection = pool.getConnection()) {
        assertThat(ask(connection, "SELECT CONNECTION_ID()")).isNotEqualTo(id);
      }
      assertThat(first.packets(Direction.TO_SERVER)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aCheckIsOverWhenItsBorrowersTimeIs(Server server) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
        PooledDataSource pool = impatient(to(proxy.host(), proxy.port(), ""))) {
      assertThat(pool.pool().warmUp(1, TimeUnit.SECONDS.toNanos(60))).isEqualTo(1);
      // What is new is not checked.
      pool.getConnection().close();
      proxy.mark();
      proxy.add(Fault.before(Direction.TO_CLIENT, 0).delay(Duration.ofMillis(800)));
      assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
    }
  }

  private static PooledDataSource impatient(Connector driver) {
    return PooledDataSource.over(
        driver,
        Map.of("pool_size", "1", "connectionTimeout", "250", "pre_ping", "true"),
        null,
        new Budget(Settings.UNLIMITED));
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void closedWhileAnotherThreadIsWithinACallItIsNotLentAgain(Server server) throws Exception {
    try (PooledDataSource pool = pool(to(server.host(), server.port(), ""), null)) {
      Connection connection = pool.getConnection();
      String id = ask(connection, "SELECT CONNECTION_ID()");
      CompletableFuture<String> busy =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ask(connection, "SELECT SLEEP(600)");
                } catch (SQLException e) {
                  return e.getSQLState();
                }
              });
      try (AdminConnection admin = server.admin()) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!admin
            .query(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP(600)'")
            .get(0)
            .get(0)
            .equals("1")) {
          assertThat(System.nanoTime()).isLessThan(deadline);
        }
        connection.close();
        assertThat(busy.get(60, TimeUnit.SECONDS)).startsWith("08");
        try (Connection next = pool.getConnection()) {
          assertThat(ask(next, "SELECT CONNECTION_ID()")).isNotEqualTo(id);
        }
        admin.execute("KILL " + id);
      }
    }
  }

  /** As after a failover: what was the writer refuses to write. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void aServerThatHasBecomeReadOnlyLosesAllItsConnectionsOnce(Server server) throws Exception {
    String schema = server.freshSchema(getClass());
    Connector driver = to(server.host(), server.port(), schema);
    try (PooledDataSource pool = pool(driver, null, "pool_size", "3")) {
      Connection one = pool.getConnection();
      Connection two = pool.getConnection();
      List<String> old =
          List.of(ask(one, "SELECT CONNECTION_ID()"), ask(two, "SELECT CONNECTION_ID()"));
      execute(one, "CREATE TABLE t (n INT) ENGINE=InnoDB");
      // Whoever asks for a connection that only reads is told so, and nothing has happened.
      one.setReadOnly(true);
      assertThatThrownBy(() -> execute(one, "INSERT INTO t VALUES (1)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1792));
      one.setReadOnly(false);
      assertThat(one.unwrap(Lease.class).driverConnection().isClosed()).isFalse();
      execute(one, "SET SESSION TRANSACTION READ ONLY");
      assertThatThrownBy(() -> execute(one, "INSERT INTO t VALUES (1)"))
          .isInstanceOf(SQLException.class);
      execute(two, "SET SESSION TRANSACTION READ ONLY");
      assertThatThrownBy(() -> execute(two, "INSERT INTO t VALUES (1)"))
          .isInstanceOf(SQLException.class);
      one.close();
      two.close();
      try (Connection next = pool.getConnection();
          Connection after = pool.getConnection()) {
        assertThat(old)
            .doesNotContain(
                ask(next, "SELECT CONNECTION_ID()"), ask(after, "SELECT CONNECTION_ID()"));
        next.close();
        try (Connection again = pool.getConnection()) {
          execute(again, "INSERT INTO t VALUES (1)");
        }
      }
      assertThat(pool.pool().status().opened()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aLeaseSaysWhatItIsDoing(Server server) throws Exception {
    try (PooledDataSource pool = pool(to(server.host(), server.port(), ""), null)) {
      try (Connection connection = pool.getConnection()) {
        Lease lease = connection.unwrap(Lease.class);
        assertThat(lease.description()).endsWith("not used yet");
        ask(connection, "SELECT 'secret', 42");
        assertThat(lease.description()).endsWith("idle after SELECT ?, ?");
        execute(connection, "BEGIN");
        assertThat(lease.isInTransaction()).isTrue();
      }
      Connection closed = pool.getConnection();
      closed.close();
      assertThatThrownBy(() -> closed.unwrap(Lease.class).epoch()).isInstanceOf(SQLException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aDetachedOneIsClosedWithItsHandle(Server server) throws IOException, SQLException {
    try (PooledDataSource pool = pool(to(server.host(), server.port(), ""), null)) {
      Connection detached = pool.getConnection();
      Connection driver = detached.unwrap(Lease.class).driverConnection();
      detached.unwrap(Lease.class).detach();
      detached.setAutoCommit(false);
      ask(detached, "SELECT 1");
      detached.close();
      assertThat(driver.isClosed()).isTrue();
      assertThat(detached.isClosed()).isTrue();
    }
  }
}
