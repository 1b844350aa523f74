package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the application's own SET NAMES changes, and what it does not. */
@Tag("server")
class SetNamesTest {
  /** A charset, and a text that it can hold; whose bytes may hold a backslash or quote. */
  private record Names(String charset, String text, boolean canHideQuote) {}

  private static final List<Names> ALL =
      List.of(
          new Names("latin1", "größe \\ 'x' \"y\"", false),
          new Names("utf8mb3", "漢字 größe \\ '", false),
          new Names("cp1250", "żółw \\ '", false),
          new Names("gbk", "汉语 誠 \\ '", true),
          new Names("sjis", "ソ表 日本語 \\ '", true),
          new Names("big5", "功許蓋 \\ '", true),
          new Names("cp932", "ソ表 日本語 \\ '", true),
          new Names("gb18030", "汉语 誠 \\ '", true),
          new Names("utf8mb4", "\uD83D\uDC1F 漢字 \\ '", false));

  private static List<Names> of(Server server) {
    return ALL.stream()
        .filter(names -> server.family() == Family.MYSQL || !names.charset().equals("gb18030"))
        .toList();
  }

  private static Connection withTable(Server server, String... options) throws SQLException {
    Connection connection = Jdbc.connect(server, server.freshSchema(SetNamesTest.class), options);
    Jdbc.run(
        connection, "CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(50)) CHARACTER SET utf8mb4");
    return connection;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void parametersAndResultsAreRightInEveryCharset(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Connection witness = Jdbc.connect(server, connection.getCatalog())) {
      for (Names names : of(server)) {
        Jdbc.run(connection, "DELETE FROM t", "SET NAMES " + names.charset());
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
          insert.setInt(1, 1);
          insert.setString(2, names.text());
          insert.executeUpdate();
        }
        assertThat(Jdbc.value(witness, "SELECT s FROM t"))
            .as("written under %s", names.charset())
            .isEqualTo(names.text());
        assertThat(Jdbc.value(connection, "SELECT s FROM t"))
            .as("read as text under %s", names.charset())
            .isEqualTo(names.text());
        try (PreparedStatement select =
            connection.prepareStatement("SELECT s FROM t WHERE s = ?")) {
          select.setString(1, names.text());
          try (ResultSet rows = select.executeQuery()) {
            assertThat(rows.next()).as("found under %s", names.charset()).isTrue();
            assertThat(rows.getString(1)).isEqualTo(names.text());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theTextOfAStatementIsReadInTheCharsetToo(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "")) {
      for (Names names : of(server)) {
        Jdbc.run(connection, "SET NAMES " + names.charset());
        String word = names.text().substring(0, names.text().indexOf(' '));
        assertThat(Jdbc.value(connection, "SELECT '" + word + "'"))
            .as(names.charset())
            .isEqualTo(word);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void literalsAreRefusedWhereAQuoteCouldHideAndTheConnectionIsKept(Server server)
      throws SQLException {
    try (Connection connection = withTable(server, "useServerPrepStmts=false")) {
      for (Names names : of(server)) {
        Jdbc.run(connection, "DELETE FROM t", "SET NAMES " + names.charset());
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
          insert.setInt(1, 1);
          insert.setString(2, names.text());
          if (names.canHideQuote()) {
            assertThatThrownBy(insert::executeUpdate)
                .as(names.charset())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("can hide a quote");
          } else {
            assertThat(insert.executeUpdate()).as(names.charset()).isEqualTo(1);
          }
        }
        assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t"))
            .isEqualTo(names.canHideQuote() ? "0" : "1");
        assertThat(connection.isClosed()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aTextThatTheCharsetLacksIsRefusedAndTheConnectionKept(Server server) throws SQLException {
    try (Connection connection = withTable(server)) {
      Jdbc.run(connection, "SET NAMES latin1");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (1, ?)")) {
        insert.setString(1, "漢");
        assertThatThrownBy(insert::executeUpdate)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("latin1 has not");
        insert.setString(1, "ö");
        assertThat(insert.executeUpdate()).isEqualTo(1);
      }
    }
  }

  /** Else what is sent as data could become commands. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aSwitchThatTheApplicationDidNotMakeClosesTheConnection(Server server) throws SQLException {
    try (Connection connection = withTable(server)) {
      Jdbc.run(connection, "SET @sql = CONCAT('SET NA', 'MES gbk')", "PREPARE sneak FROM @sql");
      assertThatThrownBy(() -> Jdbc.run(connection, "EXECUTE sneak"))
          .isInstanceOf(SQLNonTransientConnectionException.class)
          .hasMessageContaining("character_set_client became gbk");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  /** The servers give a routine's session its own charset back. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aProcedureCannotSwitchForItsCaller(Server server) throws SQLException {
    try (Connection connection = withTable(server)) {
      Jdbc.run(
          connection,
          "CREATE PROCEDURE sneak() SET @@session.character_set_client = gbk",
          "CALL sneak()");
      assertThat(Jdbc.value(connection, "SELECT @@character_set_client")).isEqualTo("utf8mb4");
      assertThat(Jdbc.value(connection, "SELECT '漢'")).isEqualTo("漢");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aRowThatTheCharsetLacksFailsAloneInABatch(Server server) throws SQLException {
    for (String charset : List.of("latin1", "utf8mb4")) {
      try (Connection connection = withTable(server);
          PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        Jdbc.run(connection, "SET NAMES " + charset);
        // Half a surrogate pair is no character of any charset.
        String[] texts = {"a", charset.equals("latin1") ? "漢" : "\uD83D", "c"};
        for (int i = 0; i < texts.length; i++) {
          insert.setInt(1, i);
          insert.setString(2, texts[i]);
          insert.addBatch();
        }
        assertThatThrownBy(insert::executeBatch)
            .asInstanceOf(type(BatchUpdateException.class))
            .extracting(BatchUpdateException::getUpdateCounts)
            .isEqualTo(new int[] {1, Statement.EXECUTE_FAILED, 1});
        assertThat(Jdbc.column(connection, "SELECT s FROM t ORDER BY id"))
            .containsExactly("a", "c");
      }
    }
  }
}
