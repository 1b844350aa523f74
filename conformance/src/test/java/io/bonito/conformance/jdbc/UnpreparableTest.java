package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the server cannot prepare a statement, or must not, its values go as literals. */
@Tag("server")
class UnpreparableTest {
  /** Error 1461. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selectedKinds")
  void aServerWithoutRoomForStatementsIsSentLiterals(ServerKind kind) throws SQLException {
    ServerOptions full =
        ServerOptions.of(kind).withoutAccounts().argument("--max_prepared_stmt_count=0");
    try (Server server = Servers.start(full);
        Connection connection = Jdbc.connect(server, server.freshSchema(UnpreparableTest.class))) {
      Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(20), b VARBINARY(9))");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
        for (int i = 0; i < 3; i++) {
          insert.setInt(1, i);
          insert.setString(2, "O'Neill \\ " + i);
          insert.setBytes(3, new byte[] {0, '\\', '\'', (byte) i});
          assertThat(insert.executeUpdate()).isEqualTo(1);
        }
      }
      try (PreparedStatement select =
          connection.prepareStatement("SELECT s, b FROM t WHERE id = ?")) {
        select.setInt(1, 2);
        try (ResultSet rows = select.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("O'Neill \\ 2");
          assertThat(rows.getBytes(2)).isEqualTo(new byte[] {0, '\\', '\'', 2});
        }
      }
    }
  }

  /** Error 1295, on MySQL. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aStatementThatCannotBePreparedIsSentWithLiterals(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(UnpreparableTest.class))) {
      Jdbc.run(
          connection,
          "CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(20))",
          "INSERT INTO t VALUES (1, 'one'), (2, 'two')",
          "HANDLER t OPEN");
      try (PreparedStatement read = connection.prepareStatement("HANDLER t READ `PRIMARY` = (?)")) {
        for (int id = 1; id <= 2; id++) {
          read.setInt(1, id);
          try (ResultSet rows = read.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("s")).isEqualTo(id == 1 ? "one" : "two");
          }
        }
      }
    }
  }

  /** As with the other drivers: the option asks for what the server can do. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whereAllIsToBePreparedTheRestIsSentAsText(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "", "useServerPrepStmts=true")) {
      for (String sql : new String[] {"BEGIN", "SAVEPOINT s", "USE mysql", "ROLLBACK"}) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          assertThat(statement.execute()).as(sql).isFalse();
        }
      }
      assertThat(connection.getCatalog()).isEqualTo("mysql");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyCharacterAndByteSurvivesAsALiteralUnderEverySqlMode(Server server) throws SQLException {
    byte[] bytes = new byte[256];
    StringBuilder text = new StringBuilder("'; DROP TABLE t; -- ");
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
      text.append((char) i);
    }
    try (Connection connection =
        Jdbc.connect(
            server, server.freshSchema(UnpreparableTest.class), "useServerPrepStmts=false")) {
      Jdbc.run(connection, "CREATE TABLE t (s TEXT, b BLOB)");
      for (String mode :
          List.of("", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES,ANSI_QUOTES")) {
        Jdbc.run(connection, "SET sql_mode = '" + mode + "'", "DELETE FROM t");
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
          insert.setString(1, text.toString());
          insert.setBytes(2, bytes);
          assertThat(insert.executeUpdate()).as(mode).isEqualTo(1);
        }
        try (PreparedStatement select =
            connection.prepareStatement("SELECT s, b FROM t WHERE s = ? AND b = ?")) {
          select.setString(1, text.toString());
          select.setBytes(2, bytes);
          try (ResultSet rows = select.executeQuery()) {
            assertThat(rows.next()).as(mode).isTrue();
            assertThat(rows.getString(1)).as(mode).isEqualTo(text.toString());
            assertThat(rows.getBytes(2)).as(mode).isEqualTo(bytes);
          }
        }
      }
    }
  }
}
