package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is quoted here reads on the server as what it was. */
@Tag("server")
class EnquotingTest {
  private static final List<String> TEXTS =
      List.of(
          "", "plain", "it's", "a \\ b", "\\'", "'", "\\", "ä\u20ac\ud83d\ude00", "\n\t\0", "\"");

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void textsComeBackAsTheyWere(Server server) throws SQLException {
    for (String mode : new String[] {"", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES"}) {
      try (Connection connection = Jdbc.connect(server, "");
          Statement statement = connection.createStatement()) {
        Jdbc.run(connection, "SET sql_mode = '" + mode + "'");
        for (String text : TEXTS) {
          assertThat(Jdbc.value(connection, "SELECT " + statement.enquoteLiteral(text)))
              .isEqualTo(text);
          assertThat(Jdbc.value(connection, "SELECT " + statement.enquoteNCharLiteral(text)))
              .isEqualTo(text);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aCharsetThatHidesQuotesIsRefused(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "");
        Statement statement = connection.createStatement()) {
      Jdbc.run(connection, "SET NAMES gbk");
      assertThatThrownBy(() -> statement.enquoteLiteral("x")).hasMessageContaining("gbk");
      Jdbc.run(connection, "SET NAMES utf8mb4");
      assertThat(statement.enquoteLiteral("x")).isEqualTo("'x'");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void namesAreQuotedWhereTheyNeedIt(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "");
        Statement statement = connection.createStatement()) {
      assertThat(statement.enquoteIdentifier("plain_1", false)).isEqualTo("plain_1");
      assertThat(statement.enquoteIdentifier("plain_1", true)).isEqualTo("`plain_1`");
      assertThat(statement.enquoteIdentifier("with space", false)).isEqualTo("`with space`");
      assertThat(statement.enquoteIdentifier("a`b", false)).isEqualTo("`a``b`");
      assertThat(statement.enquoteIdentifier("`a``b`", true)).isEqualTo("`a``b`");
      assertThat(statement.enquoteIdentifier("\"a b\"", false)).isEqualTo("`a b`");
      assertThat(statement.enquoteIdentifier("select", false)).isEqualTo("`select`");
      assertThat(statement.isSimpleIdentifier("1e5")).isFalse();
      assertThat(statement.isSimpleIdentifier("")).isFalse();
      assertThatThrownBy(() -> statement.enquoteIdentifier("", true))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.enquoteIdentifier("x".repeat(65), true))
          .hasMessageContaining("65");
      assertThatThrownBy(() -> statement.enquoteIdentifier("a\0", true))
          .isInstanceOf(SQLException.class);
    }
  }

  /** The server itself says which of its words are no names. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyWordThatCountsAsSimpleIsAName(Server server) throws SQLException {
    // MySQL 8.0.12 makes this view only for a session that has chosen a database.
    String schema = server.freshSchema(EnquotingTest.class);
    try (Connection connection = Jdbc.connect(server, schema);
        Statement statement = connection.createStatement()) {
      List<String> refused = new ArrayList<>();
      for (String word : Jdbc.column(connection, "SELECT WORD FROM information_schema.KEYWORDS")) {
        if (statement.isSimpleIdentifier(word) && !isName(connection, word)) {
          refused.add(word);
        }
      }
      assertThat(refused).isEmpty();
    }
  }

  private static boolean isName(Connection connection, String word) {
    try {
      Jdbc.run(
          connection, "SELECT t." + word + ", " + word + " FROM (SELECT 1 AS `" + word + "`) t");
      Jdbc.run(connection, "SELECT 1 FROM (SELECT 1 AS " + word + ") AS " + word);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
