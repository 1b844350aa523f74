package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys of several rows that one statement inserts are right, or said to be unknown. */
@Tag("server")
class SeveralKeysTest {
  private static Connection withTables(Server server) throws SQLException {
    Connection connection = Jdbc.connect(server, server.freshSchema(SeveralKeysTest.class));
    Jdbc.run(
        connection,
        "CREATE TABLE t (n VARCHAR(50) COMMENT ' AUTO_INCREMENT' UNIQUE,"
            + " `the key` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB",
        "CREATE TABLE old (id INT AUTO_INCREMENT PRIMARY KEY, n VARCHAR(50)) ENGINE=MyISAM",
        "CREATE TABLE triggered (id INT AUTO_INCREMENT PRIMARY KEY, n VARCHAR(50)) ENGINE=InnoDB",
        "CREATE TRIGGER gives_keys BEFORE INSERT ON triggered FOR EACH ROW"
            + " SET NEW.id = IF(NEW.n = 'b', 700, NEW.id)");
    return connection;
  }

  private static List<Long> keys(Statement statement) throws SQLException {
    List<Long> keys = new ArrayList<>();
    try (ResultSet generated = statement.getGeneratedKeys()) {
      while (generated.next()) {
        keys.add(generated.getLong(1));
      }
    }
    return keys;
  }

  private static List<Long> stored(Connection connection, String prefix) throws SQLException {
    List<Long> keys = new ArrayList<>();
    for (String key :
        Jdbc.column(
            connection,
            "SELECT `the key` FROM t WHERE n LIKE '" + prefix + "%' ORDER BY `the key`")) {
      keys.add(Long.valueOf(key));
    }
    return keys;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void thoseOfAPlainInsertFollowTheFirstOne(Server server) throws SQLException {
    try (Connection connection = withTables(server);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO t (n) VALUES ('a1'), ('a2'), ('a3')", Statement.RETURN_GENERATED_KEYS);
      assertThat(keys(statement)).hasSize(3).isEqualTo(stored(connection, "a"));
      Jdbc.run(connection, "SET auto_increment_increment = 5", "SET auto_increment_offset = 2");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO `t` (`n`) VALUES (?), (?)", Statement.RETURN_GENERATED_KEYS)) {
        for (String prefix : new String[] {"b", "c"}) {
          insert.setString(1, prefix + 1);
          insert.setString(2, prefix + 2);
          insert.executeUpdate();
          assertThat(keys(insert)).hasSize(2).isEqualTo(stored(connection, prefix));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void othersWhoInsertMeanwhileGetOthers(Server server) throws Exception {
    try (Connection connection = withTables(server)) {
      String schema = connection.getCatalog();
      List<CompletableFuture<Void>> inserters = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String prefix = String.valueOf((char) ('x' + i));
        inserters.add(CompletableFuture.runAsync(() -> insert(server, schema, prefix)));
      }
      for (CompletableFuture<Void> inserter : inserters) {
        inserter.get();
      }
    }
  }

  private static void insert(Server server, String schema, String prefix) {
    try (Connection connection = Jdbc.connect(server, schema);
        Statement statement = connection.createStatement()) {
      List<Long> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        StringBuilder sql = new StringBuilder("INSERT INTO t (n) VALUES ");
        for (int row = 0; row < 20; row++) {
          sql.append(row == 0 ? "" : ", ").append("('" + prefix + i + '_' + row + "')");
        }
        statement.executeUpdate(sql.toString(), Statement.RETURN_GENERATED_KEYS);
        all.addAll(keys(statement));
      }
      assertThat(all).isEqualTo(stored(connection, prefix));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void thoseThatCannotBeKnownAreSaidToBeUnknown(Server server) throws SQLException {
    try (Connection connection = withTables(server);
        Statement statement = connection.createStatement()) {
      for (String sql :
          new String[] {
            "INSERT INTO t VALUES ('a', NULL), ('b', NULL)",
            "INSERT INTO t (n, `the key`) VALUES ('c', NULL), ('d', 500)",
            "INSERT INTO t (n, `THE KEY`) VALUES ('e', NULL), ('f', NULL)",
            "INSERT INTO t (n) VALUES (CONCAT('g', 1)), ('h')",
            "INSERT INTO t (n) SELECT CONCAT('i', n) FROM t",
            "INSERT INTO t (n) VALUES ('j'), ('k') ON DUPLICATE KEY UPDATE n = n",
            "INSERT IGNORE INTO t (n) VALUES ('l'), ('m')",
            "INSERT INTO old (n) VALUES ('a'), ('c')",
            "INSERT INTO triggered (n) VALUES ('a'), ('b')"
          }) {
        statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS);
        assertThatThrownBy(() -> keys(statement))
            .as(sql)
            .hasMessageContaining("the server tells only the first key");
      }
      statement.executeUpdate(
          "INSERT INTO t (n) VALUES ('n'), ('o')", Statement.RETURN_GENERATED_KEYS);
      Jdbc.run(connection, "SET auto_increment_increment = 7");
      assertThatThrownBy(() -> keys(statement))
          .hasMessageContaining("the server tells only the first key");
    }
  }
}
