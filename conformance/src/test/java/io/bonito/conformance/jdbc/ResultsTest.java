package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoStatement;
import io.bonito.testkit.server.Server;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results: stored and streamed, one and many, keys, warnings, and what closes what. */
@Tag("server")
class ResultsTest {
  private static final int ROWS = 3000;

  private static Connection withRows(Server server, String... options) throws SQLException {
    Connection connection = Jdbc.connect(server, server.freshSchema(ResultsTest.class), options);
    Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(100))");
    StringBuilder insert = new StringBuilder("INSERT INTO t VALUES (0, 'row 0')");
    for (int i = 1; i < ROWS; i++) {
      insert.append(", (").append(i).append(", 'row ").append(i).append("')");
    }
    Jdbc.run(connection, insert.toString());
    return connection;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void streamedRowsOutliveOtherStatements(Server server) throws SQLException {
    for (int fetchSize : new int[] {1, 100, Integer.MIN_VALUE}) {
      try (Connection connection = withRows(server);
          PreparedStatement streamed =
              connection.prepareStatement("SELECT id, name FROM t WHERE id >= ? ORDER BY id")) {
        streamed.setFetchSize(fetchSize);
        streamed.setInt(1, 0);
        try (ResultSet rows = streamed.executeQuery()) {
          for (int i = 0; i < ROWS; i++) {
            assertThat(rows.next()).isTrue();
            if (i == 10 || i == 20) {
              assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("" + ROWS);
            }
            assertThat(rows.getInt(1)).isEqualTo(i);
            assertThat(rows.getString("name")).isEqualTo("row " + i);
            assertThat(rows.getRow()).isEqualTo(i + 1);
          }
          assertThat(rows.next()).isFalse();
          assertThat(rows.next()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aStreamLeftEarlyLeavesTheConnectionUsable(Server server) throws SQLException {
    try (Connection connection = withRows(server);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(1);
      for (int i = 0; i < 3; i++) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
          assertThat(rows.next()).isTrue();
        }
        ResultSet left = statement.executeQuery("SELECT * FROM t");
        assertThat(left.next()).isTrue();
        assertThat(statement.executeUpdate("UPDATE t SET name = 'x' WHERE id = 1")).isEqualTo(1);
        assertThat(left.isClosed()).isTrue();
        assertThatThrownBy(() -> left.getInt(1)).isInstanceOf(SQLException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void twoStreamsTakeTurns(Server server) throws SQLException {
    try (Connection connection = withRows(server);
        Statement one = connection.createStatement();
        Statement two = connection.createStatement()) {
      one.setFetchSize(10);
      two.setFetchSize(10);
      try (ResultSet first = one.executeQuery("SELECT id FROM t ORDER BY id");
          ResultSet second = two.executeQuery("SELECT id FROM t ORDER BY id DESC")) {
        for (int i = 0; i < ROWS; i++) {
          assertThat(first.next() && second.next()).isTrue();
          assertThat(first.getInt(1) + second.getInt(1)).isEqualTo(ROWS - 1);
        }
        assertThat(first.next() || second.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void maxRowsCutsStoredAndStreamedResults(Server server) throws SQLException {
    try (Connection connection = withRows(server);
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(7);
      for (int fetchSize : new int[] {0, 1}) {
        statement.setFetchSize(fetchSize);
        try (ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
          int count = 0;
          while (rows.next()) {
            count++;
          }
          assertThat(count).isEqualTo(7);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aResultLargerThanAllowedIsRefusedAndTheConnectionKept(Server server) throws SQLException {
    try (Connection connection = withRows(server, "maxResultBytes=10000");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM t"))
          .hasMessageContaining("maxResultBytes");
      assertThat(Jdbc.value(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void scrollableResultsMoveInAllDirections(Server server) throws SQLException {
    try (Connection connection = withRows(server);
        Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        ResultSet rows = statement.executeQuery("SELECT id FROM t ORDER BY id")) {
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.last()).isTrue();
      assertThat(rows.getRow()).isEqualTo(ROWS);
      assertThat(rows.isLast()).isTrue();
      assertThat(rows.absolute(5)).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(4);
      assertThat(rows.previous()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(3);
      assertThat(rows.relative(-3)).isTrue();
      assertThat(rows.isFirst()).isTrue();
      assertThat(rows.previous()).isFalse();
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.next()).isTrue();
      assertThat(rows.absolute(-1)).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(ROWS - 1);
      rows.afterLast();
      assertThat(rows.isAfterLast()).isTrue();
      assertThat(rows.previous()).isTrue();
      assertThat(rows.isLast()).isTrue();
    }
    try (Connection connection = Jdbc.connect(server, "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1")) {
      assertThatThrownBy(rows::last).isInstanceOf(SQLException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void severalResultsComeOneAfterTheOther(Server server) throws SQLException {
    for (int fetchSize : new int[] {0, 1}) {
      try (Connection connection = withRows(server, "allowMultiQueries=true");
          Statement statement = connection.createStatement()) {
        statement.setFetchSize(fetchSize);
        assertThat(
                statement.execute(
                    "SELECT id FROM t WHERE id < 3; UPDATE t SET name = 'u' WHERE id < 5;"
                        + " SELECT 'last'"))
            .isTrue();
        ResultSet first = statement.getResultSet();
        assertThat(first.next()).isTrue();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(first.isClosed()).isTrue();
        assertThat(statement.getUpdateCount()).isEqualTo(5);
        assertThat(statement.getMoreResults()).isTrue();
        ResultSet last = statement.getResultSet();
        assertThat(last.next()).isTrue();
        assertThat(last.getString(1)).isEqualTo("last");
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);

        String failing = "SELECT id FROM t WHERE id < 3; SELECT * FROM missing";
        if (fetchSize == 0) {
          // All is read at once, so who does not ask for more hears of it too.
          assertThatThrownBy(() -> statement.execute(failing)).hasMessageContaining("missing");
        } else {
          statement.execute(failing);
          assertThatThrownBy(statement::getMoreResults).hasMessageContaining("missing");
        }
        assertThat(Jdbc.value(connection, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aProcedureGivesItsResults(Server server) throws SQLException {
    try (Connection connection = withRows(server);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE PROCEDURE p(n INT) BEGIN SELECT id FROM t WHERE id < n; SELECT n; END");
      try (PreparedStatement call = connection.prepareStatement("{call p(?)}")) {
        call.setInt(1, 2);
        assertThat(call.execute()).isTrue();
        assertThat(call.getMoreResults()).isTrue();
        ResultSet rows = call.getResultSet();
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(2);
        assertThat(call.getMoreResults()).isFalse();
        assertThat(call.getLargeUpdateCount()).isZero();
        assertThat(call.getMoreResults()).isFalse();
        assertThat(call.getLargeUpdateCount()).isEqualTo(-1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void oneNewKeyIsKnownAndOfSeveralOnlyTheFirst(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(ResultsTest.class));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE k (id BIGINT AUTO_INCREMENT PRIMARY KEY, n INT UNIQUE)");
      statement.executeUpdate("INSERT INTO k (n) VALUES (1)", Statement.RETURN_GENERATED_KEYS);
      assertThat(keys(statement)).containsExactly(1L);
      statement.executeUpdate("INSERT INTO k (n) VALUES (1) ON DUPLICATE KEY UPDATE n = 2");
      assertThat(keys(statement)).hasSize(1);
      statement.executeUpdate("UPDATE k SET n = 3");
      assertThat(keys(statement)).isEmpty();
      statement.executeUpdate("INSERT INTO k (n) SELECT 10 UNION SELECT 11");
      try (ResultSet rows = statement.getGeneratedKeys()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getObject(1)).isInstanceOf(Long.class);
        assertThat(Jdbc.column(connection, "SELECT id FROM k WHERE n = 10"))
            .containsExactly(rows.getString("GENERATED_KEY"));
        assertThatThrownBy(rows::next).hasMessageContaining("only the first key");
      }
    }
  }

  private static List<Long> keys(Statement statement) throws SQLException {
    List<Long> keys = new ArrayList<>();
    try (ResultSet rows = statement.getGeneratedKeys()) {
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
    }
    return keys;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void warningsHaveTheServersTexts(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(ResultsTest.class));
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS missing");
      SQLWarning warning = statement.getWarnings();
      assertThat(warning.getMessage()).containsIgnoringCase("unknown table");
      assertThat(warning.getErrorCode()).isEqualTo(1051);
      statement.execute("SELECT 1");
      assertThat((Object) statement.getWarnings()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aQueryHasWarningsTooOnceItsRowsAreRead(Server server) throws SQLException {
    String sql = "SELECT CAST('abc' AS SIGNED)";
    try (Connection connection = Jdbc.connect(server, "");
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement(sql + " + ?")) {
      statement.executeQuery(sql);
      assertThat((Throwable) statement.getWarnings()).hasMessageContaining("abc");
      prepared.setInt(1, 1);
      prepared.executeQuery();
      assertThat((Throwable) prepared.getWarnings()).hasMessageContaining("abc");
      statement.setFetchSize(1);
      ResultSet rows = statement.executeQuery(sql);
      assertThat((Throwable) statement.getWarnings()).isNull();
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
      assertThat((Throwable) statement.getWarnings()).hasMessageContaining("abc");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void closingGoesDownwardsAndOnCompletionUpwards(Server server) throws SQLException {
    Connection connection = Jdbc.connect(server, "");
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("SELECT 1");
    statement.close();
    assertThat(rows.isClosed()).isTrue();
    assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
        .hasMessageContaining("statement is closed");
    Statement completing = connection.createStatement();
    completing.closeOnCompletion();
    completing.executeQuery("SELECT 1").close();
    assertThat(completing.isClosed()).isTrue();
    Statement orphan = connection.createStatement();
    connection.close();
    connection.close();
    assertThat(connection.isClosed()).isTrue();
    assertThat(orphan.isClosed()).isTrue();
    orphan.close();
    assertThatThrownBy(connection::createStatement)
        .isInstanceOf(java.sql.SQLNonTransientConnectionException.class)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08003"));
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void loadDataTakesOnlyTheStreamGivenToTheStatement(Server server) throws SQLException {
    try (Connection connection =
            Jdbc.connect(
                server, server.freshSchema(ResultsTest.class), "allowLoadLocalInfile=true");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE l (a INT, b VARCHAR(20))");
      String load = "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE l FIELDS TERMINATED BY ','";
      statement
          .unwrap(BonitoStatement.class)
          .setLocalInfileInputStream(
              new ByteArrayInputStream("1,one\n2,two\n".getBytes(StandardCharsets.UTF_8)));
      assertThat(statement.executeUpdate(load)).isEqualTo(2);
      assertThat(Jdbc.column(connection, "SELECT b FROM l")).containsExactly("one", "two");
      assertThatThrownBy(() -> statement.executeUpdate(load)).hasMessageContaining("no stream");
      assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM l")).isEqualTo("2");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatTheServerCannotPrepareGoesAsText(Server server) throws SQLException {
    try (Connection connection =
        Jdbc.connect(server, server.freshSchema(ResultsTest.class), "allowMultiQueries=true")) {
      Jdbc.run(connection, "CREATE TABLE t (id INT, name VARCHAR(50))");
      try (PreparedStatement two =
          connection.prepareStatement("INSERT INTO t VALUES (?, ?); SELECT ?, name FROM t")) {
        two.setInt(1, -5);
        two.setString(2, "O'Neill \\ 🐟");
        two.setString(3, "x");
        assertThat(two.execute()).isFalse();
        assertThat(two.getMoreResults()).isTrue();
        ResultSet rows = two.getResultSet();
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(2)).isEqualTo("O'Neill \\ 🐟");
      }
      try (PreparedStatement sum =
          connection.prepareStatement("SELECT 1 IN (" + "?,".repeat(65_999) + "?)")) {
        for (int i = 1; i <= 66_000; i++) {
          sum.setInt(i, i);
        }
        try (ResultSet rows = sum.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(1);
        }
      }
    }
  }
}
