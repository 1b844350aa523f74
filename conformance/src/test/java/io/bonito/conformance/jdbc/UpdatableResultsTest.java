package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows are changed where they are read, in both formats, and shown as the server has them then. */
@Tag("server")
class UpdatableResultsTest {
  private static final int SCROLLS = ResultSet.TYPE_SCROLL_INSENSITIVE;
  private static final int UPDATES = ResultSet.CONCUR_UPDATABLE;

  interface Body {
    void with(Connection connection, ResultSet rows) throws SQLException;
  }

  private static Connection withTable(Server server) throws SQLException {
    Connection connection = Jdbc.connect(server, server.freshSchema(UpdatableResultsTest.class));
    Jdbc.run(
        connection,
        "CREATE TABLE `a``t` (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) DEFAULT 'none',"
            + " n BIGINT UNSIGNED, price DECIMAL(10,2), data BLOB, day DATE, at DATETIME(6),"
            + " time TIME)",
        "INSERT INTO `a``t` (name, n) VALUES ('one', 1), ('two', 2), ('three', 3)");
    return connection;
  }

  private static void inBothFormats(Server server, String where, Body body) throws SQLException {
    try (Connection connection = withTable(server);
        Statement text = connection.createStatement(SCROLLS, UPDATES)) {
      String sql = "SELECT * FROM `a``t` WHERE " + where + " ORDER BY id";
      try (ResultSet rows = text.executeQuery(sql.replace("?", "0"))) {
        assertThat(rows.getConcurrency()).isEqualTo(UPDATES);
        assertThat((Throwable) rows.getWarnings()).isNull();
        body.with(connection, rows);
      }
      Jdbc.run(
          connection,
          "TRUNCATE `a``t`",
          "INSERT INTO `a``t` (name, n) VALUES ('one', 1), ('two', 2), ('three', 3)");
      try (PreparedStatement binary = connection.prepareStatement(sql, SCROLLS, UPDATES)) {
        binary.setInt(1, 0);
        try (ResultSet rows = binary.executeQuery()) {
          body.with(connection, rows);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void updatedRowsAreChangedHereAndThere(Server server) throws SQLException {
    inBothFormats(
        server,
        "id > ?",
        (connection, rows) -> {
          rows.absolute(2);
          rows.updateString("name", "it's \\ changed");
          rows.updateLong("n", 7);
          assertThat(rows.getString("name")).isEqualTo("two");
          rows.updateRow();
          assertThat(rows.getString("name")).isEqualTo("it's \\ changed");
          assertThat(rows.getInt("n")).isEqualTo(7);
          rows.updateNull("name");
          rows.updateRow();
          assertThat(rows.getString("name")).isNull();
          rows.updateRow();
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString("name")).isEqualTo("three");
          assertThat(rows.previous()).isTrue();
          assertThat(rows.getInt("n")).isEqualTo(7);
          assertThat(Jdbc.value(connection, "SELECT n FROM `a``t` WHERE name IS NULL"))
              .isEqualTo("7");
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aKeyCanBeChangedToo(Server server) throws SQLException {
    inBothFormats(
        server,
        "id > ?",
        (connection, rows) -> {
          rows.first();
          rows.updateInt("id", 50);
          rows.updateRow();
          assertThat(rows.getInt("id")).isEqualTo(50);
          rows.updateString("name", "again");
          rows.updateRow();
          assertThat(Jdbc.value(connection, "SELECT name FROM `a``t` WHERE id = 50"))
              .isEqualTo("again");
          rows.updateInt("id", 2);
          assertThatThrownBy(rows::updateRow)
              .isInstanceOf(SQLIntegrityConstraintViolationException.class);
          assertThat(rows.getInt("id")).isEqualTo(50);
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void deletedRowsLeaveTheResult(Server server) throws SQLException {
    inBothFormats(
        server,
        "id > ?",
        (connection, rows) -> {
          List<String> seen = new ArrayList<>();
          while (rows.next()) {
            seen.add(rows.getString("name"));
            if (rows.getInt("n") != 3) {
              rows.deleteRow();
              assertThatThrownBy(() -> rows.getString(1)).isInstanceOf(SQLException.class);
            }
          }
          assertThat(seen).containsExactly("one", "two", "three");
          assertThat(rows.last()).isTrue();
          assertThat(rows.getRow()).isEqualTo(1);
          assertThat(Jdbc.column(connection, "SELECT name FROM `a``t`")).containsExactly("three");
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void insertedRowsStandAtTheEnd(Server server) throws SQLException {
    inBothFormats(
        server,
        "id > ?",
        (connection, rows) -> {
          rows.first();
          rows.moveToInsertRow();
          rows.updateLong("n", 44);
          rows.insertRow();
          rows.updateInt("id", 90);
          rows.updateObject("name", "ninety");
          rows.insertRow();
          assertThatThrownBy(() -> rows.getInt(1)).hasMessageContaining("insert row");
          assertThatThrownBy(rows::deleteRow).hasMessageContaining("insert row");
          rows.moveToCurrentRow();
          assertThat(rows.getString("name")).isEqualTo("one");
          assertThat(rows.absolute(4)).isTrue();
          assertThat(rows.getString("name")).isEqualTo("none");
          assertThat(rows.getLong("n")).isEqualTo(44);
          int id = rows.getInt("id");
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt("id")).isEqualTo(90);
          assertThat(rows.next()).isFalse();
          assertThat(
                  Jdbc.column(connection, "SELECT id FROM `a``t` WHERE n = 44 OR name = 'ninety'"))
              .containsExactly("" + id, "90");
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void rowsAreRefreshed(Server server) throws SQLException {
    inBothFormats(
        server,
        "id > ?",
        (connection, rows) -> {
          rows.first();
          Jdbc.run(connection, "UPDATE `a``t` SET name = 'other' WHERE n = 1");
          assertThat(rows.getString("name")).isEqualTo("one");
          rows.refreshRow();
          assertThat(rows.getString("name")).isEqualTo("other");
          Jdbc.run(connection, "DELETE FROM `a``t` WHERE n = 1");
          assertThatThrownBy(rows::refreshRow).hasMessageContaining("no longer");
          rows.updateString("name", "late");
          assertThatThrownBy(rows::updateRow).hasMessageContaining("no longer");
          assertThatThrownBy(rows::deleteRow).hasMessageContaining("no longer");
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void editsAreForgottenWhereTheyAreCancelledOrTheRowIsLeft(Server server) throws SQLException {
    inBothFormats(
        server,
        "id > ?",
        (connection, rows) -> {
          rows.first();
          rows.updateString("name", "cancelled");
          rows.cancelRowUpdates();
          rows.updateRow();
          rows.updateString("name", "left");
          rows.next();
          rows.updateRow();
          rows.previous();
          rows.updateRow();
          assertThat(Jdbc.column(connection, "SELECT name FROM `a``t`"))
              .containsExactlyInAnyOrder("one", "two", "three");
          assertThatThrownBy(rows::insertRow).hasMessageContaining("moveToInsertRow");
          rows.beforeFirst();
          assertThatThrownBy(() -> rows.updateInt("n", 1)).isInstanceOf(SQLException.class);
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void valuesOfAllKindsAreTaken(Server server) throws SQLException {
    inBothFormats(
        server,
        "id > ?",
        (connection, rows) -> {
          rows.first();
          rows.updateBigDecimal("price", new BigDecimal("12.50"));
          rows.updateBytes("data", new byte[] {0, 1, 2});
          rows.updateDate("day", Date.valueOf("2024-02-29"));
          rows.updateTimestamp("at", Timestamp.valueOf("2024-02-29 12:30:00.123456"));
          rows.updateTime("time", Time.valueOf("23:59:58"));
          rows.updateRow();
          assertThat(rows.getBigDecimal("price")).isEqualTo("12.50");
          assertThat(rows.getBytes("data")).containsExactly(0, 1, 2);
          assertThat(rows.getObject("day", LocalDate.class)).isEqualTo("2024-02-29");
          assertThat(rows.getObject("at", LocalDateTime.class))
              .isEqualTo("2024-02-29T12:30:00.123456");
          assertThat(rows.getString("time")).isEqualTo("23:59:58");
          rows.updateObject("price", new BigDecimal("1.239"), 2);
          rows.updateObject("day", "2023-01-02", JDBCType.DATE);
          rows.updateBinaryStream("data", new ByteArrayInputStream(new byte[9]), 4);
          rows.updateCharacterStream("name", new StringReader("reader"));
          rows.updateRow();
          assertThat(rows.getString("price")).isEqualTo("1.24");
          assertThat(rows.getString("day")).isEqualTo("2023-01-02");
          assertThat(rows.getBytes("data")).hasSize(4);
          assertThat(rows.getString("name")).isEqualTo("reader");
          rows.updateAsciiStream(
              "name", new ByteArrayInputStream("ascii".getBytes(StandardCharsets.US_ASCII)));
          rows.updateBoolean("n", true);
          rows.updateRow();
          assertThat(rows.getString("name")).isEqualTo("ascii");
          assertThat(rows.getString("n")).isEqualTo("1");
        });
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatIsNoSingleTableWithAKeyCanOnlyBeRead(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Statement statement = connection.createStatement(SCROLLS, UPDATES)) {
      Jdbc.run(connection, "CREATE TABLE u (a INT, b INT, UNIQUE KEY (a, b))");
      for (String sql :
          List.of(
              "SELECT 1",
              "SELECT n + 1 FROM `a``t`",
              "SELECT x.id, y.id FROM `a``t` x JOIN `a``t` y",
              "SELECT id FROM `a``t` UNION SELECT 5")) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          assertThat(rows.getConcurrency()).as(sql).isEqualTo(ResultSet.CONCUR_READ_ONLY);
          assertThat((Throwable) rows.getWarnings()).hasMessageContaining("one table");
          assertThat(rows.next()).isTrue();
          assertThatThrownBy(() -> rows.updateInt(1, 1)).isInstanceOf(SQLException.class);
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT name FROM `a``t`")) {
        rows.next();
        if (rows.getConcurrency() == UPDATES) {
          rows.updateString(1, "x");
          assertThatThrownBy(rows::updateRow).hasMessageContaining("unique key");
        }
      }
      assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM `a``t` WHERE name = 'x'"))
          .isEqualTo("0");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aUniqueKeyOfTextsWillDo(Server server) throws SQLException {
    try (Connection connection = withTable(server);
        Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, UPDATES)) {
      Jdbc.run(
          connection,
          "CREATE TABLE u (a VARCHAR(20) NOT NULL, b BIGINT UNSIGNED NOT NULL, c INT,"
              + " UNIQUE KEY (a, b))",
          "INSERT INTO u VALUES ('x', 18446744073709551615, 1), ('x', 2, 2), ('y''s', 2, 3)");
      try (ResultSet rows = statement.executeQuery("SELECT c, a AS first, b FROM u ORDER BY c")) {
        while (rows.next()) {
          rows.updateInt("c", rows.getInt("c") * 10);
          rows.updateRow();
          assertThat(rows.getInt(1) % 10).isZero();
        }
      }
      assertThat(Jdbc.column(connection, "SELECT c FROM u ORDER BY c"))
          .containsExactly("10", "20", "30");
    }
  }
}
