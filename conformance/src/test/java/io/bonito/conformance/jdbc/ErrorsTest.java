package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.testkit.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DataTruncation;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each error has the class, state and code that libraries go by; the connection stays usable. */
@Tag("server")
class ErrorsTest {
  private record Refusal(String sql, Class<? extends SQLException> type, String state, int code) {}

  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal("SELEKT 1", SQLSyntaxErrorException.class, "42000", 1064),
          new Refusal("SELECT * FROM missing", SQLSyntaxErrorException.class, "42S02", 1146),
          new Refusal("SELECT missing FROM t", SQLSyntaxErrorException.class, "42S22", 1054),
          new Refusal(
              "INSERT INTO t VALUES (1, 'a', 1)",
              SQLIntegrityConstraintViolationException.class,
              "23000",
              1062),
          new Refusal(
              "INSERT INTO t VALUES (NULL, 'a', 1)",
              SQLIntegrityConstraintViolationException.class,
              "23000",
              1048),
          new Refusal(
              "INSERT INTO child VALUES (1, 99)",
              SQLIntegrityConstraintViolationException.class,
              "23000",
              1452),
          new Refusal(
              "DELETE FROM t", SQLIntegrityConstraintViolationException.class, "23000", 1451),
          new Refusal(
              "INSERT INTO t VALUES (2, 'far too long', 1)", DataTruncation.class, "22001", 1406),
          new Refusal("INSERT INTO t VALUES (2, 'a', 999)", DataTruncation.class, "22003", 1264),
          new Refusal(
              "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'mine'",
              SQLException.class,
              "45000",
              1644),
          new Refusal("SELECT ~0 + 1", SQLDataException.class, "22003", 1690));

  private static Connection withTables(Server server) throws SQLException {
    Connection connection = Jdbc.connect(server, server.freshSchema(ErrorsTest.class));
    Jdbc.run(
        connection,
        "SET sql_mode = 'STRICT_ALL_TABLES'",
        "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(5), n TINYINT) ENGINE=InnoDB",
        "CREATE TABLE child (id INT PRIMARY KEY, t INT, FOREIGN KEY (t) REFERENCES t (id))"
            + " ENGINE=InnoDB",
        "INSERT INTO t VALUES (1, 'one', 1)",
        "INSERT INTO child VALUES (0, 1)");
    return connection;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void errorsHaveTheirClassesAndLeaveTheConnectionUsable(Server server) throws SQLException {
    try (Connection connection = withTables(server);
        Statement statement = connection.createStatement()) {
      for (Refusal refusal : REFUSALS) {
        SQLException e =
            catchThrowableOfType(SQLException.class, () -> statement.execute(refusal.sql()));
        require(refusal, e);
        try (PreparedStatement prepared =
            connection.prepareStatement(refusal.sql() + " /* by name */")) {
          require(refusal, catchThrowableOfType(SQLException.class, prepared::execute));
        }
        assertThat(Jdbc.value(connection, "SELECT 'usable'")).isEqualTo("usable");
      }
    }
  }

  private static void require(Refusal refusal, SQLException e) {
    assertThat((Throwable) e).as(refusal.sql()).isInstanceOf(refusal.type());
    assertThat(e.getSQLState()).as(refusal.sql()).isEqualTo(refusal.state());
    assertThat(e.getErrorCode()).as(refusal.sql()).isEqualTo(refusal.code());
    if (refusal.type() == SQLException.class) {
      assertThat((Throwable) e).isExactlyInstanceOf(SQLException.class).hasMessage("mine");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void errorsOfPreparedStatementsAreTheSame(Server server) throws SQLException {
    try (Connection connection = withTables(server);
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
      insert.setInt(1, 1);
      insert.setString(2, "a");
      insert.setInt(3, 1);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(insert::executeUpdate)
            .isInstanceOf(SQLIntegrityConstraintViolationException.class)
            .hasMessageContaining("for key '");
      }
      insert.setInt(1, 2);
      assertThat(insert.executeUpdate()).isEqualTo(1);
      try (PreparedStatement wrong =
          connection.prepareStatement("SELECT * FROM missing WHERE a=?")) {
        wrong.setInt(1, 1);
        assertThatThrownBy(wrong::executeQuery).isInstanceOf(SQLSyntaxErrorException.class);
        assertThatThrownBy(wrong::executeQuery).isInstanceOf(SQLSyntaxErrorException.class);
      }
      assertThat(Jdbc.value(connection, "SELECT 'usable'")).isEqualTo("usable");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aLockWaitThatTimesOutIsARollbackToBeRepeated(Server server) throws SQLException {
    try (Connection connection = withTables(server);
        Connection other = Jdbc.connect(server, connection.getCatalog())) {
      Jdbc.run(other, "SET innodb_lock_wait_timeout = 1");
      connection.setAutoCommit(false);
      Jdbc.run(connection, "UPDATE t SET n = 2");
      assertThatThrownBy(() -> Jdbc.run(other, "UPDATE t SET n = 3"))
          .isInstanceOf(SQLTransactionRollbackException.class)
          .satisfies(
              e -> {
                assertThat(((SQLException) e).getSQLState()).isEqualTo("40001");
                assertThat(((SQLException) e).getErrorCode()).isEqualTo(1205);
              });
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void refusedLoginsAndDatabasesSayWhatIsWrong(Server server) {
    String url = Jdbc.url(server, "");
    assertThatThrownBy(() -> DriverManager.getConnection(url, "nobody", "wrong"))
        .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
        .satisfies(
            e -> {
              assertThat(((SQLException) e).getErrorCode()).isEqualTo(1045);
              assertThat(((SQLException) e).getSQLState()).isEqualTo("28000");
            })
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(() -> Jdbc.connect(server, "no_such_database"))
        .isInstanceOf(SQLSyntaxErrorException.class)
        .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(1049));
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anAnswerThatPausesForTooLongClosesTheConnection(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "")) {
      connection.setNetworkTimeout(Runnable::run, 500);
      assertThat(connection.getNetworkTimeout()).isEqualTo(500);
      assertThatThrownBy(() -> Jdbc.run(connection, "SELECT SLEEP(30)"))
          .isInstanceOf(SQLTimeoutException.class);
      assertThat(connection.isClosed()).isTrue();
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aKilledConnectionSaysSoOnceAndIsClosed(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "");
        Connection killer = Jdbc.connect(server, "")) {
      assertThat(connection.isValid(5)).isTrue();
      Jdbc.run(killer, "KILL " + Jdbc.value(connection, "SELECT CONNECTION_ID()"));
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) { // until the server has got round to it
                  Jdbc.value(connection, "SELECT 1");
                }
              })
          .isInstanceOf(SQLNonTransientConnectionException.class)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08S01"));
      assertThat(connection.isClosed()).isTrue();
      assertThat(connection.isValid(5)).isFalse();
      assertThatThrownBy(connection::createStatement)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).startsWith("08"));
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void abortEndsACallOfAnotherThread(Server server) throws Exception {
    try (Connection connection = Jdbc.connect(server, "");
        Connection watcher = Jdbc.connect(server, "")) {
      String id = Jdbc.value(connection, "SELECT CONNECTION_ID()");
      Thread aborter =
          new Thread(
              () -> {
                try {
                  String state;
                  do {
                    state =
                        Jdbc.value(
                            watcher,
                            "SELECT COUNT(*) FROM information_schema.processlist WHERE id = "
                                + id
                                + " AND info LIKE '%SLEEP%'");
                  } while ("0".equals(state));
                  connection.abort(Runnable::run);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      aborter.start();
      assertThatThrownBy(() -> Jdbc.run(connection, "SELECT SLEEP(60)"))
          .isInstanceOf(SQLNonTransientConnectionException.class);
      aborter.join();
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void nobodyThereAndNoSuchNameAreDifferentErrors() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:bonito://127.0.0.1:" + free + "/"))
        .isInstanceOf(SQLNonTransientConnectionException.class)
        .hasMessageContaining("nobody listens")
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08001"));
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:bonito://no.such.host.invalid/"))
        .hasMessageContaining("has no address");
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aValueThatDoesNotFitLeavesTheRowReadable(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "");
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT 300 AS n, 'x' AS s, NULL")) {
      assertThatThrownBy(() -> rows.getInt(1)).hasMessageContaining("no row is current");
      rows.next();
      assertThatThrownBy(() -> rows.getByte("n")).isInstanceOf(SQLDataException.class);
      assertThatThrownBy(() -> rows.getInt("s")).isInstanceOf(SQLDataException.class);
      assertThatThrownBy(() -> rows.getInt(0)).hasMessageContaining("column 0 of 3");
      assertThatThrownBy(() -> rows.getInt(4)).hasMessageContaining("column 4 of 3");
      assertThatThrownBy(() -> rows.getInt("no")).hasMessageContaining("'no'");
      assertThat(rows.getInt("n")).isEqualTo(300);
      assertThat(rows.wasNull()).isFalse();
      assertThat(rows.getInt(3)).isZero();
      assertThat(rows.wasNull()).isTrue();
    }
  }
}
