package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a statement was told to do is done, and told again when asked. */
@Tag("server")
class StatementSettingsTest {
  private static Connection withTable(Server server, String... options) throws SQLException {
    Connection connection =
        Jdbc.connect(server, server.freshSchema(StatementSettingsTest.class), options);
    Jdbc.run(
        connection,
        "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20), data VARBINARY(20))",
        "INSERT INTO t VALUES (1, 'first', 'bytes'), (2, 'second', 'more'), (3, NULL, NULL)");
    return connection;
  }

  private static String three() {
    return "SELECT id FROM t ORDER BY id; SELECT name FROM t WHERE id = 2; SELECT 'last'";
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void currentResultsAreClosedOrKeptAsAsked(Server server) throws SQLException {
    for (int fetchSize : new int[] {0, 1}) {
      try (Connection connection = withTable(server, "allowMultiQueries=true");
          Statement statement = connection.createStatement()) {
        statement.setFetchSize(fetchSize);
        assertThat(statement.execute(three())).isTrue();
        ResultSet first = statement.getResultSet();
        assertThat(first.next()).isTrue();
        assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isTrue();
        ResultSet second = statement.getResultSet();
        assertThat(second.next()).isTrue();
        assertThat(second.getString(1)).isEqualTo("second");
        assertThat(first.getInt(1)).isEqualTo(1);
        assertThat(first.next()).isTrue();
        assertThat(first.getInt(1)).isEqualTo(2);
        assertThat(statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT)).isTrue();
        assertThat(second.isClosed()).isTrue();
        assertThat(first.isClosed()).isFalse();
        assertThat(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        assertThat(first.isClosed()).isTrue();
        assertThatThrownBy(() -> statement.getMoreResults(7)).hasMessageContaining("7");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void keptResultsAreClosedByTheNextExecution(Server server) throws SQLException {
    try (Connection connection = withTable(server, "allowMultiQueries=true");
        Statement statement = connection.createStatement()) {
      statement.execute(three());
      ResultSet first = statement.getResultSet();
      statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
      statement.executeUpdate("UPDATE t SET name = 'x' WHERE id = 1");
      assertThat(first.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aStatementClosesWithTheLastOfItsResults(Server server) throws SQLException {
    try (Connection connection = withTable(server, "allowMultiQueries=true")) {
      Statement statement = connection.createStatement();
      statement.closeOnCompletion();
      statement.execute(three());
      statement.getResultSet().close();
      assertThat(statement.isClosed()).isFalse();
      statement.getMoreResults();
      ResultSet second = statement.getResultSet();
      statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
      statement.getResultSet().close();
      assertThat(statement.isClosed()).isFalse();
      second.close();
      assertThat(statement.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aCommitClosesResultsThatWereToCloseThen(Server server) throws SQLException {
    try (Connection connection = withTable(server)) {
      assertThat(connection.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
      connection.setAutoCommit(false);
      try (Statement holding = connection.createStatement()) {
        connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
        try (Statement closing = connection.createStatement()) {
          assertThat(closing.getResultSetHoldability())
              .isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
          ResultSet held = holding.executeQuery("SELECT id FROM t");
          ResultSet closed = closing.executeQuery("SELECT id FROM t");
          assertThat(closed.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
          connection.commit();
          assertThat(held.isClosed()).isFalse();
          assertThat(closed.isClosed()).isTrue();
          assertThat(closing.isClosed()).isFalse();
        }
      }
      assertThatThrownBy(() -> connection.setHoldability(3)).hasMessageContaining("3");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatAResultCannotBeIsSaidInAWarning(Server server) throws SQLException {
    try (Connection connection = withTable(server)) {
      assertThat((Throwable) connection.getWarnings()).isNull();
      try (Statement statement =
          connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
        assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
        assertThat((Throwable) connection.getWarnings()).hasMessageContaining("INSENSITIVE");
        connection.clearWarnings();
        assertThat((Throwable) connection.getWarnings()).isNull();
      }
      assertThatThrownBy(() -> connection.createStatement(1, ResultSet.CONCUR_READ_ONLY))
          .hasMessageContaining("type 1");
      assertThatThrownBy(() -> connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, 1))
          .hasMessageContaining("concurrency 1");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void valuesAreCutAtTheFieldSize(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Statement statement = connection.createStatement()) {
      statement.setMaxFieldSize(3);
      assertThat(statement.getMaxFieldSize()).isEqualTo(3);
      try (ResultSet rows =
          statement.executeQuery("SELECT name, data, 123456 FROM t ORDER BY id")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("fir");
        assertThat(rows.getObject(1)).isEqualTo("fir");
        assertThat(rows.getBytes(2)).asString().isEqualTo("byt");
        assertThat((byte[]) rows.getObject("data")).hasSize(3);
        assertThat(rows.getString(3)).isEqualTo("123456");
        rows.next();
        rows.next();
        assertThat(rows.getString(1)).isNull();
      }
      assertThatThrownBy(() -> statement.setMaxFieldSize(-1)).isInstanceOf(SQLException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void hintsAreKeptAndCheckedAndChangeNothing(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        PreparedStatement prepared = connection.prepareStatement("SELECT id FROM t")) {
      statement.setFetchDirection(ResultSet.FETCH_REVERSE);
      assertThat(statement.getFetchDirection()).isEqualTo(ResultSet.FETCH_REVERSE);
      assertThatThrownBy(() -> statement.setFetchDirection(1)).isInstanceOf(SQLException.class);
      statement.setCursorName("ignored");
      assertThat(statement.isPoolable()).isFalse();
      assertThat(prepared.isPoolable()).isTrue();
      try (ResultSet rows = statement.executeQuery("SELECT id FROM t ORDER BY id")) {
        rows.setFetchDirection(ResultSet.FETCH_UNKNOWN);
        rows.setFetchSize(5);
        assertThat(rows.getFetchSize()).isEqualTo(5);
        assertThat(rows.next()).isTrue();
        assertThat(rows.rowUpdated() || rows.rowInserted() || rows.rowDeleted()).isFalse();
        assertThatThrownBy(() -> rows.getRowId(1))
            .isInstanceOf(SQLFeatureNotSupportedException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aPreparedStatementTakesNoOtherSql(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        PreparedStatement prepared = connection.prepareStatement("SELECT id FROM t")) {
      assertThatThrownBy(() -> prepared.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> prepared.executeUpdate("DELETE FROM t"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> prepared.execute("SELECT 1", Statement.NO_GENERATED_KEYS))
          .isInstanceOf(SQLException.class);
      assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("3");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void warningsAreReadOnceAndCleared(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS absent");
      assertThat((Throwable) statement.getWarnings()).isNotNull();
      Jdbc.run(connection, "DROP TABLE IF EXISTS other");
      assertThat((Throwable) statement.getWarnings()).hasMessageContaining("absent");
      statement.clearWarnings();
      assertThat((Throwable) statement.getWarnings()).isNull();
      statement.execute("DROP TABLE IF EXISTS absent");
      assertThat((Throwable) statement.getWarnings()).hasMessageContaining("absent");
    }
  }

  /** What does not fit in memory stays a stream, and says so to whoever wants the connection. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aStreamTooLargeToKeepGoesOnAndTheNextCommandIsRefused(Server server) throws SQLException {
    try (Connection connection =
            Jdbc.connect(
                server, server.freshSchema(StatementSettingsTest.class), "maxResultBytes=20000");
        Statement statement = connection.createStatement()) {
      Jdbc.run(connection, "CREATE TABLE n (id INT PRIMARY KEY, text VARCHAR(100))");
      StringBuilder insert = new StringBuilder("INSERT INTO n VALUES (0, 'x')");
      for (int i = 1; i < 1000; i++) {
        insert.append(",(").append(i).append(",REPEAT('x', 90))");
      }
      Jdbc.run(connection, insert.toString());
      statement.setFetchSize(1);
      List<Integer> ids = new ArrayList<>();
      List<String> refused = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SELECT * FROM n ORDER BY id")) {
        while (rows.next()) {
          if (rows.getInt(1) % 100 == 50) {
            try {
              Jdbc.value(connection, "SELECT 1");
            } catch (SQLException e) {
              refused.add(e.getMessage());
            }
            assertThat(connection.isValid(1)).isTrue();
          }
          assertThat(rows.getString(2)).startsWith("x");
          assertThat(rows.getRow()).isEqualTo(ids.size() + 1);
          ids.add(rows.getInt(1));
        }
      }
      assertThat(ids).hasSize(1000).isSorted();
      assertThat(refused).hasSize(8).allMatch(text -> text.contains("maxResultBytes"));
      assertThat(Jdbc.value(connection, "SELECT 1")).isEqualTo("1");
      ResultSet left = statement.executeQuery("SELECT * FROM n ORDER BY id");
      assertThat(left.next()).isTrue();
      assertThatThrownBy(() -> Jdbc.value(connection, "SELECT 1"))
          .hasMessageContaining("row by row");
      left.close();
      assertThat(Jdbc.value(connection, "SELECT 2")).isEqualTo("2");
    }
  }
}
