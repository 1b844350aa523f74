package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.Driver;
import io.bonito.jdbc.Leasable;
import io.bonito.protocol.option.Scheme;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DataTruncation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options that programs written for a rival rely on do what they do there. */
@Tag("server")
class RivalHabitsTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  // ---- what a session begins with

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aSessionBeginsWithTheVariablesOfItsUrl(Server server) throws SQLException {
    String schema = server.freshSchema(RivalHabitsTest.class);
    try (Connection connection =
        Jdbc.connect(
            server,
            schema,
            "sessionVariables=sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES',"
                + "@@session.net_write_timeout=77;@tenant=(3%2B4)",
            "connectionCollation=utf8_unicode_ci",
            "netTimeoutForStreamingResults=0")) {
      assertThat(Jdbc.value(connection, "SELECT @@sql_mode"))
          .contains("ANSI_QUOTES", "NO_BACKSLASH_ESCAPES");
      assertThat(Jdbc.value(connection, "SELECT @@net_write_timeout")).isEqualTo("77");
      assertThat(Jdbc.value(connection, "SELECT @tenant")).isEqualTo("7");
      assertThat(Jdbc.value(connection, "SELECT @@collation_connection"))
          .isEqualTo("utf8mb4_unicode_ci");
      assertThat(Jdbc.value(connection, "SELECT @@time_zone")).isEqualTo("+00:00");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatABorrowerChangesIsPutBackToTheUrlsVariables(Server server) throws SQLException {
    try (Connection connection =
        Jdbc.connect(
            server,
            "",
            "sessionVariables=group_concat_max_len=2048",
            "connectionCollation=utf8mb4_unicode_ci",
            "transactionIsolation=READ-COMMITTED")) {
      Leasable leasable = connection.unwrap(Leasable.class);
      leasable.haveChangesTold();
      leasable.rememberState();

      Jdbc.run(
          connection,
          "SET group_concat_max_len = 9",
          "SET NAMES utf8mb4 COLLATE utf8mb4_bin",
          "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      assertThat(leasable.restore(Leasable.TransactionEnd.ROLLBACK)).isTrue();
      assertThat(leasable.isReady(10_000_000_000L)).isTrue();

      assertThat(Jdbc.value(connection, "SELECT @@group_concat_max_len")).isEqualTo("2048");
      assertThat(Jdbc.value(connection, "SELECT @@collation_connection"))
          .isEqualTo("utf8mb4_unicode_ci");
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aVariableThatTheServerDoesNotHaveEndsTheLogin(Server server) {
    assertThatThrownBy(() -> Jdbc.connect(server, "", "sessionVariables=no_such_variable=1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("no_such_variable");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void statementsOfTheUrlAreExecutedFirst(Server server) throws SQLException {
    try (Connection connection =
        Jdbc.connect(
            server,
            server.freshSchema(RivalHabitsTest.class),
            "initSql=CREATE TEMPORARY TABLE t (a VARCHAR(9));INSERT INTO t VALUES (';')",
            "autocommit=false")) {
      assertThat(Jdbc.column(connection, "SELECT a FROM t")).containsExactly(";");
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(Jdbc.value(connection, "SELECT @@autocommit")).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aDatabaseThatIsNotThereIsMadeWhereThatIsAskedFor(Server server) throws SQLException {
    String absent = "habits made `on` demand";
    try (Connection connection = Jdbc.connect(server, "")) {
      Jdbc.run(connection, "DROP DATABASE IF EXISTS `habits made ``on`` demand`");
    }
    String path = "habits%20made%20%60on%60%20demand";
    assertThatThrownBy(() -> Jdbc.connect(server, path))
        .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(1049));
    for (int i = 0; i < 2; i++) {
      try (Connection connection = Jdbc.connect(server, path, "createDatabaseIfNotExist=true")) {
        assertThat(connection.getCatalog()).isEqualTo(absent);
        assertThat(Jdbc.value(connection, "SELECT DATABASE()")).isEqualTo(absent);
      }
    }
    try (Connection connection = Jdbc.connect(server, "")) {
      Jdbc.run(connection, "DROP DATABASE `habits made ``on`` demand`");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void readOnlyIsKeptFromTheServerWhereThatIsAskedFor(Server server) throws SQLException {
    String schema = server.freshSchema(RivalHabitsTest.class);
    try (Connection connection = Jdbc.connect(server, schema, "readOnlyPropagatesToServer=false")) {
      connection.setReadOnly(true);
      Jdbc.run(connection, "CREATE TABLE t (a INT)", "INSERT INTO t VALUES (1)");
      assertThat(connection.isReadOnly()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selectedKinds")
  void aServerThatCutsValuesRefusesThem(ServerKind kind) throws SQLException {
    try (Server lax = Servers.start(ServerOptions.of(kind).argument("--sql-mode=NO_ZERO_DATE"))) {
      for (Scheme scheme : Scheme.values()) {
        String schema = lax.freshSchema(RivalHabitsTest.class);
        String url = scheme.prefix() + "//" + lax.host() + ":" + lax.port() + "/" + schema;
        try (Connection connection = new Driver().connect(url, login(lax))) {
          Jdbc.run(connection, "CREATE TABLE t (a TINYINT)");
          assertThatThrownBy(() -> Jdbc.run(connection, "INSERT INTO t VALUES (1000)"))
              .isInstanceOf(DataTruncation.class);
          Leasable leasable = connection.unwrap(Leasable.class);
          leasable.haveChangesTold();
          leasable.rememberState();
          Jdbc.run(connection, "SET sql_mode = ''", "INSERT INTO t VALUES (1000)");
          assertThat(leasable.restore(Leasable.TransactionEnd.ROLLBACK)).isTrue();
          assertThat(leasable.isReady(10_000_000_000L)).isTrue();
          assertThat(Jdbc.value(connection, "SELECT @@sql_mode"))
              .contains("STRICT_TRANS_TABLES", "NO_ZERO_DATE");
        }
        Properties without = login(lax);
        without.setProperty("jdbcCompliantTruncation", "false");
        try (Connection connection = new Driver().connect(url, without)) {
          assertThat(Jdbc.value(connection, "SELECT @@sql_mode")).isEqualTo("NO_ZERO_DATE");
        }
        Properties written = login(lax);
        written.setProperty("sessionVariables", "sql_mode='ANSI_QUOTES'");
        try (Connection connection = new Driver().connect(url, written)) {
          assertThat(Jdbc.value(connection, "SELECT @@sql_mode")).isEqualTo("ANSI_QUOTES");
        }
      }
    }
  }

  private static Properties login(Server server) {
    Properties login = new Properties();
    login.setProperty("user", server.user());
    login.setProperty("password", server.password());
    return login;
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theServerWaitsForReadersOfStreamsAlsoInLaterLoans(Server server) throws SQLException {
    String asked = "SELECT @@net_write_timeout";
    try (Connection connection = Jdbc.connect(server, "");
        Statement streaming = connection.createStatement()) {
      Leasable leasable = connection.unwrap(Leasable.class);
      leasable.haveChangesTold();
      leasable.rememberState();
      String before = Jdbc.value(connection, asked);
      assertThat(before).isNotEqualTo("600");
      streaming.setFetchSize(1);
      for (int loan = 0; loan < 3; loan++) {
        try (ResultSet rows = streaming.executeQuery(asked)) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("600");
        }
        Jdbc.run(connection, "SET net_write_timeout = " + loan);
        assertThat(leasable.restore(Leasable.TransactionEnd.ROLLBACK)).isTrue();
        assertThat(leasable.isReady(10_000_000_000L)).isTrue();
      }
    }
    try (Connection connection = Jdbc.connect(server, "", "netTimeoutForStreamingResults=0");
        Statement streaming = connection.createStatement()) {
      streaming.setFetchSize(1);
      try (ResultSet rows = streaming.executeQuery(asked)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isNotEqualTo("600");
      }
    }
  }

  // ---- statements

  @ParameterizedTest
  @MethodSource(SERVERS)
  void rowsOfACursorComeInPortionsAndTheConnectionIsFreeMeanwhile(Server server)
      throws SQLException {
    String schema = server.freshSchema(RivalHabitsTest.class);
    try (Connection connection = Jdbc.connect(server, schema, "useCursorFetch=true")) {
      Jdbc.run(connection, "CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(20))");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        for (int i = 0; i < 100; i++) {
          insert.setInt(1, i);
          insert.setString(2, "row " + i);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      String sql = "SELECT a, b FROM t WHERE a >= ? ORDER BY a";
      try (PreparedStatement select = connection.prepareStatement(sql);
          PreparedStatement same = connection.prepareStatement(sql);
          Statement text = connection.createStatement();
          Statement other = connection.createStatement()) {
        select.setFetchSize(7);
        same.setFetchSize(50);
        text.setFetchSize(100);
        select.setInt(1, 0);
        same.setInt(1, 95);
        List<Integer> seen = new ArrayList<>();
        try (ResultSet rows = select.executeQuery();
            ResultSet texts = text.executeQuery("SELECT a FROM t ORDER BY a")) {
          while (rows.next()) {
            seen.add(rows.getInt(1));
            assertThat(rows.getString(2)).isEqualTo("row " + rows.getInt(1));
            assertThat(texts.next()).isTrue();
            assertThat(texts.getInt(1)).isEqualTo(rows.getInt(1));
            if (seen.size() % 30 == 0) {
              try (ResultSet between = other.executeQuery("SELECT COUNT(*) FROM t");
                  ResultSet cursor = same.executeQuery()) {
                assertThat(between.next()).isTrue();
                assertThat(between.getInt(1)).isEqualTo(100);
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.getInt(1)).isEqualTo(95);
              }
            }
          }
          assertThat(texts.next()).isFalse();
        }
        assertThat(seen).hasSize(100).isSorted();
        assertThat(Jdbc.value(connection, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void cursorsThatAreLeftOrEmptyOrNoneAtAllLeaveTheConnectionUsable(Server server)
      throws SQLException {
    String schema = server.freshSchema(RivalHabitsTest.class);
    try (Connection connection =
            Jdbc.connect(server, schema, "useCursorFetch=true", "defaultFetchSize=2");
        Statement statement = connection.createStatement()) {
      Jdbc.run(connection, "CREATE TABLE t (a INT)", "INSERT INTO t VALUES (1), (2), (3), (4)");
      for (int i = 0; i < 3; i++) {
        try (ResultSet rows = statement.executeQuery("SELECT a FROM t ORDER BY a")) {
          assertThat(rows.next()).isTrue();
        }
      }
      statement.setMaxRows(3);
      assertThat(count(statement, "SELECT a FROM t")).isEqualTo(3);
      statement.setMaxRows(0);
      assertThat(count(statement, "SELECT a FROM t WHERE a > 9")).isZero();
      assertThat(count(statement, "SHOW DATABASES")).isGreaterThan(2);
      assertThat(statement.executeUpdate("DELETE FROM t WHERE a = 4")).isEqualTo(1);
      assertThatThrownBy(() -> statement.executeQuery("SELECT nothing FROM t"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("nothing");
      assertThat(count(statement, "SELECT a FROM t")).isEqualTo(3);
    }
  }

  private static int count(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aBatchEndsAtAFailureWhereThatIsAskedFor(Server server) throws SQLException {
    String schema = server.freshSchema(RivalHabitsTest.class);
    try (Connection connection = Jdbc.connect(server, schema, "continueBatchOnError=false");
        Statement statement = connection.createStatement();
        PreparedStatement insert = prepared(connection)) {
      statement.addBatch("INSERT INTO t VALUES (1)");
      statement.addBatch("INSERT INTO t VALUES (1)");
      statement.addBatch("INSERT INTO t VALUES (2)");
      assertThatThrownBy(statement::executeBatch)
          .isInstanceOf(BatchUpdateException.class)
          .satisfies(
              e -> assertThat(((BatchUpdateException) e).getUpdateCounts()).containsExactly(1));

      for (int i : new int[] {3, 4, 5, 6, 1, 7, 8}) {
        insert.setInt(1, i);
        insert.addBatch();
      }
      assertThatThrownBy(insert::executeBatch)
          .isInstanceOf(BatchUpdateException.class)
          .satisfies(
              e ->
                  assertThat(((BatchUpdateException) e).getUpdateCounts())
                      .containsExactly(1, 1, 1, 1));
      assertThat(Jdbc.column(connection, "SELECT a FROM t ORDER BY a"))
          .containsExactly("1", "3", "4", "5", "6");
    }
  }

  private static PreparedStatement prepared(Connection connection) throws SQLException {
    Jdbc.run(connection, "CREATE TABLE t (a INT PRIMARY KEY)");
    return connection.prepareStatement("INSERT INTO t VALUES (?)");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void statementsBeginWithTheLimitsOfTheUrl(Server server) throws SQLException {
    try (Connection connection =
            Jdbc.connect(
                server,
                "",
                "maxRows=2",
                "enableEscapeProcessing=false",
                "processEscapeCodesForPrepStmts=false",
                "dumpQueriesOnException=true");
        Statement statement = connection.createStatement()) {
      assertThat(count(statement, "SELECT 1 UNION SELECT 2 UNION SELECT 3")).isEqualTo(2);
      assertThatThrownBy(() -> statement.executeQuery("SELECT 1 {limit 1}"))
          .isInstanceOf(SQLException.class)
          .hasMessageEndingWith("; the statement is: SELECT 1 {limit 1}");
      assertThatThrownBy(
              () -> {
                try (PreparedStatement select = connection.prepareStatement("SELECT ? {limit 1}")) {
                  select.setInt(1, -1);
                  select.executeQuery();
                }
              })
          .isInstanceOf(SQLException.class);
      statement.setEscapeProcessing(true);
      assertThat(count(statement, "SELECT 1 {limit 1}")).isEqualTo(1);
    }
  }

  // ---- values and metadata

  @ParameterizedTest
  @MethodSource(SERVERS)
  void fractionsOfSecondsAreCutWhereThatIsAskedFor(Server server) throws SQLException {
    Timestamp at = Timestamp.valueOf("2026-01-02 03:04:05.678");
    Time time = new Time(Time.valueOf("03:04:05").getTime() + 678);
    try (Connection connection = Jdbc.connect(server, "", "sendFractionalSeconds=false")) {
      assertThat(sent(connection, at)).endsWith(":05");
    }
    try (Connection connection = Jdbc.connect(server, "", "sendFractionalSecondsForTime=false")) {
      assertThat(sent(connection, at)).contains(".678");
      assertThat(sent(connection, time)).isEqualTo("03:04:05");
    }
    try (Connection connection = Jdbc.connect(server, "")) {
      assertThat(sent(connection, time)).contains(".678");
    }
  }

  private static String sent(Connection connection, Object value) throws SQLException {
    // Without a fraction there is no point; the server's own form has six zeros.
    try (PreparedStatement select = connection.prepareStatement("SELECT CONCAT(?, '')")) {
      select.setObject(1, value);
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1).replaceFirst("\\.0+$", "");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void metadataTellsAliasesAndNoTablesWhereThatIsAskedFor(Server server) throws SQLException {
    String schema = server.freshSchema(RivalHabitsTest.class);
    String sql = "SELECT x.a AS b FROM t AS x";
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "CREATE TABLE t (a INT)");
      assertThat(names(connection, sql)).containsExactly("b", "a", "t");
    }
    try (Connection connection = Jdbc.connect(server, schema, "useOldAliasMetadataBehavior=true")) {
      assertThat(names(connection, sql)).containsExactly("b", "b", "x");
    }
    try (Connection connection =
        Jdbc.connect(server, schema, "blankTableNameMeta=true", "useMysqlMetadata=true")) {
      assertThat(names(connection, sql)).containsExactly("b", "a", "");
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("MySQL");
    }
  }

  private static List<String> names(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var metaData = rows.getMetaData();
      return List.of(
          metaData.getColumnLabel(1), metaData.getColumnName(1), metaData.getTableName(1));
    }
  }
}
