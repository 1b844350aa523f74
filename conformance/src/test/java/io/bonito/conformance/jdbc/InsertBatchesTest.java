package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.testkit.server.Server;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that may go to the server together come out as if each had gone alone. */
@Tag("server")
class InsertBatchesTest {
  private static final String INSERT = "INSERT INTO t (name, n) VALUES (?, ?)";

  private static Connection withTable(Server server, String engine, String... options)
      throws SQLException {
    Connection connection =
        Jdbc.connect(server, server.freshSchema(InsertBatchesTest.class), options);
    Jdbc.run(connection, table("TABLE t", engine));
    return connection;
  }

  private static String table(String what, String engine) {
    return "CREATE "
        + what
        + " (id INT AUTO_INCREMENT PRIMARY KEY, name MEDIUMTEXT NOT NULL, n INT UNIQUE) ENGINE="
        + engine;
  }

  private static void add(PreparedStatement statement, int from, int to) throws SQLException {
    for (int n = from; n < to; n++) {
      statement.setString(1, "name " + n);
      statement.setInt(2, n);
      statement.addBatch();
    }
  }

  private static int executions(Connection connection) throws SQLException {
    return status(connection, "Com_stmt_execute");
  }

  private static int status(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE '" + name + "'")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(2);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void manyRowsOfAPlainInsertAreOneCommand(Server server) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB");
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      int before = executions(connection);
      add(statement, 0, 500);
      assertThat(statement.executeBatch()).hasSize(500).containsOnly(1);
      assertThat(executions(connection) - before).isLessThanOrEqualTo(1);
      assertThat(Jdbc.value(connection, "SELECT CONCAT(COUNT(*), '/', SUM(n)) FROM t"))
          .isEqualTo("500/124750");
      statement.setString(1, "one more");
      statement.setLong(2, 1000L);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void refusedRowsStandAtTheirPlaces(Server server) throws SQLException {
    refusedRowsStandAtTheirPlaces(server, /* autoCommit= */ true, "useServerPrepStmts=true");
    refusedRowsStandAtTheirPlaces(server, /* autoCommit= */ false, "useServerPrepStmts=true");
    refusedRowsStandAtTheirPlaces(server, /* autoCommit= */ true, "useServerPrepStmts=false");
    refusedRowsStandAtTheirPlaces(server, /* autoCommit= */ false, "useServerPrepStmts=false");
  }

  private static void refusedRowsStandAtTheirPlaces(
      Server server, boolean autoCommit, String preparation) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB", preparation);
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(autoCommit);
      Jdbc.run(connection, "INSERT INTO t (name, n) VALUES ('before', 1000)");
      add(statement, 0, 80);
      add(statement, 3, 4);
      statement.setString(1, null);
      statement.setInt(2, 500);
      statement.addBatch();
      add(statement, 80, 120);
      BatchUpdateException e =
          catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
      long[] counts = e.getLargeUpdateCounts();
      assertThat(counts).hasSize(122);
      assertThat(IntStream.range(0, 122).filter(i -> counts[i] != 1)).containsExactly(80, 81);
      assertThat(counts[80]).isEqualTo(Statement.EXECUTE_FAILED);
      assertThat(e.getErrorCode()).isEqualTo(1062);
      assertThat(e.getNextException().getNextException().getErrorCode()).isEqualTo(1048);
      assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("121");
      if (!autoCommit) {
        connection.rollback();
        assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("0");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whereAFailureUndoesNothingNoRowIsInsertedTwice(Server server) throws SQLException {
    for (String hidden : new String[] {"", "TEMPORARY "}) {
      try (Connection connection = withTable(server, hidden.isEmpty() ? "MyISAM" : "InnoDB");
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        if (!hidden.isEmpty()) {
          Jdbc.run(connection, table(hidden + "TABLE t", "MyISAM"));
        }
        for (int i = 0; i < 20; i++) {
          statement.setString(1, "row");
          statement.setObject(2, i == 10 || i == 5 ? Integer.valueOf(5) : null);
          statement.addBatch();
        }
        BatchUpdateException e =
            catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
        assertThat(e.getUpdateCounts()[10]).isEqualTo(Statement.EXECUTE_FAILED);
        assertThat(IntStream.of(e.getUpdateCounts()).sum())
            .isEqualTo(19 + Statement.EXECUTE_FAILED);
        assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("19");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatATriggerWritesIsWrittenOnce(Server server) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB");
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      Jdbc.run(
          connection,
          "CREATE TABLE log (n INT) ENGINE=MyISAM",
          "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW INSERT INTO log VALUES (NEW.n)");
      add(statement, 0, 20);
      add(statement, 7, 8);
      BatchUpdateException e =
          catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
      assertThat(e.getUpdateCounts()[20]).isEqualTo(Statement.EXECUTE_FAILED);
      assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM log")).isEqualTo("21");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void eachRowsKeyIsRightWhereItWasAskedFor(Server server) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB");
        PreparedStatement statement =
            connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
      Jdbc.run(connection, "INSERT INTO t (id, name) VALUES (40, 'before')");
      add(statement, 0, 50);
      assertThat(statement.executeBatch()).hasSize(50).containsOnly(1);
      assertThat(keys(statement))
          .containsExactlyElementsOf(LongStream.range(41, 91).boxed().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void keysThatAreNotKnownAreNotGuessed(Server server) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB");
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      add(statement, 0, 10);
      statement.executeBatch();
      assertThatThrownBy(() -> keys(statement))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("RETURN_GENERATED_KEYS");
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
  void rowsAreSharedOutAmongCommandsThatTheServerTakes(Server server) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB", "maxAllowedPacket=65536");
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (int n = 0; n < 20; n++) {
        statement.setString(1, "x".repeat(n == 13 ? 70_000 : 20_000));
        statement.setInt(2, n);
        statement.addBatch();
      }
      BatchUpdateException e =
          catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
      int[] counts = e.getUpdateCounts();
      assertThat(IntStream.range(0, 20).filter(i -> counts[i] != 1)).containsExactly(13);
      assertThat(Jdbc.value(connection, "SELECT CONCAT(COUNT(*), '/', SUM(LENGTH(name))) FROM t"))
          .isEqualTo("19/380000");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aRowThatDependsOnTheOneBeforeSeesIt(Server server) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB");
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO t (name, n) VALUES (?, LAST_INSERT_ID() * 10)")) {
      Jdbc.run(connection, "INSERT INTO t (name) VALUES ('first')");
      for (int i = 0; i < 6; i++) {
        statement.setString(1, "row");
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).containsOnly(1);
      assertThat(Jdbc.column(connection, "SELECT n FROM t WHERE id > 1 ORDER BY id"))
          .containsExactly("10", "20", "30", "40", "50", "60");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aNullIsRefusedAsItIsAloneWhateverTheSqlMode(Server server) throws SQLException {
    for (String mode : new String[] {"", "STRICT_TRANS_TABLES"}) {
      for (String insert :
          new String[] {INSERT, "INSERT INTO t (n, name) VALUES (?, IF(1, ?, NULL))"}) {
        try (Connection connection = withTable(server, "InnoDB");
            PreparedStatement statement = connection.prepareStatement(insert)) {
          Jdbc.run(connection, "SET SESSION sql_mode = '" + mode + "'");
          boolean nameFirst = insert.equals(INSERT);
          for (int n = 0; n < 20; n++) {
            statement.setString(nameFirst ? 1 : 2, n == 11 ? null : "name " + n);
            statement.setInt(nameFirst ? 2 : 1, n);
            statement.addBatch();
          }
          BatchUpdateException e =
              catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
          int[] counts = e.getUpdateCounts();
          assertThat(IntStream.range(0, 20).filter(i -> counts[i] != 1)).containsExactly(11);
          assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("19");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void rowsWrittenIntoTheTextAreOneCommandToo(Server server) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB", "useServerPrepStmts=false");
        PreparedStatement statement =
            connection.prepareStatement("INSERT INTO t (name, n) VALUES (?, -?) -- (?)")) {
      int before = status(connection, "Com_insert");
      for (int n = 0; n < 500; n++) {
        statement.setString(1, n % 2 == 0 ? "it's \\ (" + n + ")" : "é), ('x");
        statement.setInt(2, n);
        statement.addBatch();
      }
      assertThat(statement.executeBatch()).hasSize(500).containsOnly(1);
      assertThat(status(connection, "Com_insert") - before).isEqualTo(1);
      assertThat(
              Jdbc.value(
                  connection,
                  "SELECT CONCAT(COUNT(*), '/', SUM(n), '/', SUM(name = 'é), (''x')) FROM t"))
          .isEqualTo("500/-124750/250");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void batchesOfAnySizeLeaveFewStatementsWithTheServer(Server server) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB");
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      int next = 0;
      for (int size : new int[] {4, 9, 4, 17, 30, 3, 1, 50, 9, 5_000, 8}) {
        add(statement, next, next + size);
        assertThat(statement.executeBatch()).hasSize(size).containsOnly(1);
        next += size;
      }
      assertThat(Jdbc.value(connection, "SELECT CONCAT(COUNT(*), '/', SUM(n)) FROM t"))
          .isEqualTo(next + "/" + (long) next * (next - 1) / 2);
      int prepared = status(connection, "Com_stmt_prepare");
      int closed = status(connection, "Com_stmt_close");
      assertThat(prepared - closed).isLessThanOrEqualTo(6);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aTableThatChangesBetweenBatchesIsMet(Server server) throws SQLException {
    try (Connection connection = withTable(server, "InnoDB");
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      add(statement, 0, 10);
      assertThat(statement.executeBatch()).containsOnly(1);
      Jdbc.run(connection, "ALTER TABLE t ADD COLUMN extra INT DEFAULT 7, MODIFY n BIGINT");
      add(statement, 10, 20);
      assertThat(statement.executeBatch()).containsOnly(1);
      assertThat(Jdbc.value(connection, "SELECT CONCAT(COUNT(*), '/', SUM(extra)) FROM t"))
          .isEqualTo("20/140");
    }
  }
}
