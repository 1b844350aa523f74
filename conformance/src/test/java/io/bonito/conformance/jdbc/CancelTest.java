package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What takes too long is ended on the server, and its connection goes on. */
@Tag("server")
@Timeout(180)
class CancelTest {
  /** Longer than any test waits; a statement that is not cancelled fails by the class's timeout. */
  private static final String LONG = "SELECT SLEEP(170)";

  /** Ten rows that no server has to look for. */
  private static final String TEN =
      "(SELECT 0 n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
          + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8"
          + " UNION ALL SELECT 9)";

  /** A million rows; more would let some servers join for minutes before the first one comes. */
  private static final String MILLION =
      TEN + " a, " + TEN + " b, " + TEN + " c, " + TEN + " d, " + TEN + " e, " + TEN + " f";

  /** Something that is no SLEEP, whose end by a kill some servers take for a result. */
  private static final String HEAVY =
      "SELECT COUNT(*) FROM "
          + MILLION
          + ", (SELECT n FROM (SELECT a.n FROM "
          + MILLION
          + ") g) h WHERE SHA2(CONCAT(a.n, h.n), 512) = 'x'";

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aTimeoutEndsTheStatementAndKeepsTheConnection(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "");
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT SLEEP(?)")) {
      String id = Jdbc.value(connection, "SELECT CONNECTION_ID()");
      statement.setQueryTimeout(1);
      for (String sql : new String[] {LONG, HEAVY}) {
        assertThatThrownBy(() -> statement.executeQuery(sql))
            .isInstanceOf(SQLTimeoutException.class)
            .hasMessageContaining("1000 ms");
        assertThat(Jdbc.value(connection, "SELECT CONNECTION_ID()")).isEqualTo(id);
      }
      prepared.setQueryTimeout(1);
      prepared.setInt(1, 170);
      assertThatThrownBy(prepared::executeQuery).isInstanceOf(SQLTimeoutException.class);
      prepared.setInt(1, 0);
      try (ResultSet rows = prepared.executeQuery()) {
        assertThat(rows.next()).isTrue();
      }
      assertThat(Jdbc.value(connection, "SELECT CONNECTION_ID()")).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theTimeoutOfTheConnectionHoldsForAllStatements(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "", "statementTimeout=700")) {
      assertThatThrownBy(() -> Jdbc.run(connection, LONG))
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessageContaining("700 ms");
      assertThat(Jdbc.value(connection, "SELECT 7")).isEqualTo("7");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anotherThreadCancels(Server server) throws Exception {
    try (Connection connection = Jdbc.connect(server, "");
        Connection watcher = Jdbc.connect(server, "");
        Statement statement = connection.createStatement()) {
      String id = Jdbc.value(connection, "SELECT CONNECTION_ID()");
      for (String sql : new String[] {LONG, HEAVY}) {
        CompletableFuture<SQLException> failure =
            CompletableFuture.supplyAsync(() -> failureOf(statement, sql));
        awaitRunning(watcher, id);
        statement.cancel();
        assertThat((Throwable) failure.get(60, TimeUnit.SECONDS))
            .isNotInstanceOf(SQLTimeoutException.class)
            .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("70100"));
        assertThat(Jdbc.value(connection, "SELECT CONNECTION_ID()")).isEqualTo(id);
      }
    }
  }

  private static SQLException failureOf(Statement statement, String sql) {
    try {
      statement.execute(sql);
      return new SQLException("it was not cancelled");
    } catch (SQLException e) {
      return e;
    }
  }

  private static void awaitRunning(Connection watcher, String id) throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND = 'Query' AND ID = "
            + id;
    while ("0".equals(Jdbc.value(watcher, sql))) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void nothingIsCancelledWhereNothingRuns(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "");
        Statement statement = connection.createStatement()) {
      statement.cancel();
      statement.execute("SELECT 1");
      statement.cancel();
      assertThat(Jdbc.value(connection, "SELECT 2")).isEqualTo("2");
      statement.setQueryTimeout(60);
      statement.execute("SELECT 3");
      assertThat(statement.getResultSet().next()).isTrue();
    }
  }

  /** However the cancel and the end of its statement fall together, the next one is not hit. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void noLaterStatementIsKilled(Server server) throws Exception {
    try (Connection connection = Jdbc.connect(server, "");
        Statement statement = connection.createStatement()) {
      String id = Jdbc.value(connection, "SELECT CONNECTION_ID()");
      for (int round = 0; round < 30; round++) {
        String sql = "SELECT SLEEP(0.0" + round % 10 + ")";
        CompletableFuture<SQLException> failure =
            CompletableFuture.supplyAsync(() -> failureOf(statement, sql));
        while (!failure.isDone()) {
          statement.cancel();
        }
        for (int i = 0; i < 3; i++) {
          assertThat(Jdbc.value(connection, "SELECT CONNECTION_ID()")).isEqualTo(id);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aStreamIsCancelledToo(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "");
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(1);
      try (ResultSet rows =
          statement.executeQuery("SELECT a.n, REPEAT('x', 1000) FROM " + MILLION)) {
        assertThat(rows.next()).isTrue();
        statement.cancel();
        assertThatThrownBy(
                () -> {
                  while (rows.next()) {
                    assertThat(rows.getString(2)).hasSize(1000);
                  }
                })
            .isInstanceOf(SQLException.class)
            .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("70100"));
      }
      assertThat(Jdbc.value(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  /** One login for all cancels; it goes when the last connection that has cancelled goes. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void cancelsOfOneLoginShareAConnectionThatGoesWithTheLastOne(Server server) throws SQLException {
    try (Connection watcher = Jdbc.connect(server, "")) {
      List<String> before = connections(watcher);
      List<String> own = new ArrayList<>();
      String side;
      try (Connection first = Jdbc.connect(server, "");
          Connection second = Jdbc.connect(server, "")) {
        for (Connection connection : List.of(first, second)) {
          own.add(Jdbc.value(connection, "SELECT CONNECTION_ID()"));
        }
        side = sideAfterTimeout(first, watcher, before, own);
        assertThat(sideAfterTimeout(second, watcher, before, own)).isEqualTo(side);
        first.close();
        assertThat(sideAfterTimeout(second, watcher, before, own)).isEqualTo(side);
      }
      while (connections(watcher).contains(side)) {
        Thread.onSpinWait();
      }
      assertThat(connections(watcher)).doesNotContain(side);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whereTheSharedConnectionIsLostAnotherOneIsOpened(Server server) throws SQLException {
    try (Connection watcher = Jdbc.connect(server, "")) {
      List<String> before = connections(watcher);
      try (Connection connection = Jdbc.connect(server, "")) {
        List<String> own = List.of(Jdbc.value(connection, "SELECT CONNECTION_ID()"));
        String side = sideAfterTimeout(connection, watcher, before, own);
        Jdbc.run(watcher, "KILL " + side);
        while (connections(watcher).contains(side)) {
          Thread.onSpinWait();
        }
        assertThat(sideAfterTimeout(connection, watcher, before, own)).isNotEqualTo(side);
      }
    }
  }

  private static List<String> connections(Connection watcher) throws SQLException {
    return Jdbc.column(watcher, "SELECT ID FROM information_schema.PROCESSLIST");
  }

  /** The connection over which a statement was cancelled, by elimination. */
  private static String sideAfterTimeout(
      Connection connection, Connection watcher, List<String> before, List<String> own)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute(LONG))
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessageNotContaining("closed");
    }
    List<String> others = new ArrayList<>(connections(watcher));
    others.removeAll(before);
    others.removeAll(own);
    assertThat(others).hasSize(1);
    return others.get(0);
  }

  /** Behind what hides our address the server cannot be shown to be the same one. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whereTheServerCannotBeProvenTheConnectionIsClosed(Server server) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
        Connection connection =
            DriverManager.getConnection(
                "jdbc:bonito://127.0.0.1:" + proxy.port() + "/", server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute(LONG))
          .isInstanceOf(SQLTimeoutException.class)
          .hasMessageContaining("connection closed");
      assertThat(connection.isClosed()).isTrue();
    }
  }
}
