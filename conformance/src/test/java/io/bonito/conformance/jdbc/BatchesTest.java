package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.testkit.server.Server;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches count exactly, and say which of their commands failed. */
@Tag("server")
class BatchesTest {
  private static final int FAILED = Statement.EXECUTE_FAILED;

  private static Connection withTable(Server server, String... options) throws SQLException {
    Connection connection = Jdbc.connect(server, server.freshSchema(BatchesTest.class), options);
    Jdbc.run(
        connection,
        "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20), n INT UNIQUE)");
    return connection;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void statementsOfAllKindsAreCounted(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO t (name) VALUES ('a'), ('b'), ('c')");
      statement.addBatch("UPDATE t SET name = 'x' WHERE id > 1");
      statement.addBatch("CREATE TABLE u (id INT)");
      statement.addBatch("DELETE FROM t");
      assertThat(statement.executeBatch()).containsExactly(3, 2, 0, 3);
      assertThat(statement.executeBatch()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aFailureStandsAtItsPlaceAndTheRestRuns(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO t (id) VALUES (1)");
      statement.addBatch("INSERT INTO t (id) VALUES (1)");
      statement.addBatch("INSERT INTO t (id) VALUES (2)");
      BatchUpdateException e =
          catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
      assertThat(e.getUpdateCounts()).containsExactly(1, FAILED, 1);
      assertThat(e.getErrorCode()).isEqualTo(1062);
      assertThat(e.getSQLState()).isEqualTo("23000");
      assertThat((Throwable) e.getNextException())
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void preparedBatchesInsertUpdateAndDelete(Server server) throws SQLException {
    try (Connection connection = withTable(server)) {
      assertThat(run(connection, "INSERT INTO t (name, n) VALUES (?, ?)", 1000, true))
          .hasSize(1000)
          .containsOnly(1);
      assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("1000");
      assertThat(run(connection, "UPDATE t SET name = ? WHERE n = ? OR n = 7", 10, true))
          .containsExactly(2, 2, 2, 2, 2, 2, 2, 1, 2, 2);
      assertThat(run(connection, "DELETE FROM t WHERE name = ? AND n = ?", 10, true))
          .containsExactly(1, 1, 1, 1, 1, 1, 1, 0, 1, 1);
    }
  }

  private static int[] run(Connection connection, String sql, int count, boolean named)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < count; i++) {
        statement.setString(1, named && i % 3 == 0 ? "name " + i : i % 3 == 0 ? null : "n");
        statement.setInt(2, i);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aPreparedBatchSaysWhichRowFailed(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        PreparedStatement statement =
            connection.prepareStatement("INSERT INTO t (name, n) VALUES (?, ?)")) {
      for (int n : new int[] {1, 2, 2, 3, 1}) {
        statement.setString(1, "row");
        statement.setInt(2, n);
        statement.addBatch();
      }
      BatchUpdateException e =
          catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
      assertThat(e.getLargeUpdateCounts()).containsExactly(1, 1, FAILED, 1, FAILED);
      assertThat(Jdbc.column(connection, "SELECT n FROM t ORDER BY n"))
          .containsExactly("1", "2", "3");
      statement.setString(1, "after");
      statement.setInt(2, 9);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void upsertsAreCountedOneByOne(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO t (name, n) VALUES (?, ?) ON DUPLICATE KEY UPDATE name = 'twice'")) {
      for (int n : new int[] {1, 2, 1, 3}) {
        statement.setString(1, "row");
        statement.setInt(2, n);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).containsExactly(1, 1, 2, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void ignoredRowsAreCountedOneByOne(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        PreparedStatement statement =
            connection.prepareStatement("INSERT IGNORE INTO t (name, n) VALUES (?, ?)")) {
      for (int n : new int[] {1, 2, 1, 3}) {
        statement.setString(1, "row");
        statement.setInt(2, n);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).containsExactly(1, 1, 0, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aBatchTellsTheKeyOfEachRow(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO t (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
      Jdbc.run(connection, "INSERT INTO t (id) VALUES (40)");
      for (int i = 0; i < 3; i++) {
        statement.setString(1, "row");
        statement.addBatch();
      }
      statement.executeBatch();
      List<Long> keys = new ArrayList<>();
      try (ResultSet rows = statement.getGeneratedKeys()) {
        while (rows.next()) {
          keys.add(rows.getLong(1));
        }
      }
      assertThat(keys).containsExactly(41L, 42L, 43L);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void valuesOfChangingTypesGoInOneBatch(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        PreparedStatement statement =
            connection.prepareStatement("INSERT INTO t (name, n) VALUES (?, ?)")) {
      Object[][] rows = {{"a", 1}, {2, 2L}, {null, 3}, {4.5, null}, {"e", "5"}};
      for (Object[] row : rows) {
        statement.setObject(1, row[0]);
        statement.setObject(2, row[1]);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).containsOnly(1);
      assertThat(Jdbc.column(connection, "SELECT CONCAT_WS('/', name, n) FROM t ORDER BY id"))
          .containsExactly("a/1", "2/2", "3", "4.5", "e/5");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void batchesWorkOneByOneToo(Server server) throws SQLException {
    try (Connection connection = withTable(server, "disablePipeline=true", "useBulkStmts=false")) {
      assertThat(run(connection, "INSERT INTO t (name, n) VALUES (?, ?)", 100, false))
          .hasSize(100)
          .containsOnly(1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aQueryInABatchIsRefused(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Statement statement = connection.createStatement()) {
      statement.addBatch("SELECT 1");
      statement.addBatch("INSERT INTO t (id) VALUES (1)");
      BatchUpdateException e =
          catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
      assertThat(e.getUpdateCounts()).containsExactly(FAILED, 1);
    }
  }
}
