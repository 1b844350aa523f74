package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoConnection;
import io.bonito.jdbc.BonitoDataSource;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements that stand alone share connections, anything else has one of its own; the server's
 * list of connections tells which it was.
 */
@Tag("server")
@Timeout(120)
class MultiplexingTest {
  static BonitoDataSource source(Server server, String schema, int shared, String... options) {
    BonitoDataSource source = new BonitoDataSource(Jdbc.url(server, schema, options));
    source.setUser(server.user());
    source.setPassword(server.password());
    source.setProperty("multiplexing", String.valueOf(shared));
    return source;
  }

  private static String schema(Server server) throws SQLException {
    String schema = server.freshSchema(MultiplexingTest.class);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(
          connection,
          "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) UNIQUE)",
          "INSERT INTO t (name) VALUES ('a'), ('b'), ('c')",
          "CREATE FUNCTION f() RETURNS INT DETERMINISTIC NO SQL RETURN 7",
          "CREATE PROCEDURE p() SELECT 8");
    }
    return schema;
  }

  /** How many connections the server has been asked for since it was started. */
  private static int connections(Connection asking) throws SQLException {
    try (Statement statement = asking.createStatement();
        ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Connections'")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(2);
    }
  }

  /** Something done with a connection that has nothing yet. */
  @FunctionalInterface
  interface Use {
    void of(Connection connection) throws SQLException;
  }

  private static Arguments use(Server server, String name, Use use) {
    return Arguments.of(server, name, use);
  }

  private static Use sql(String text) {
    return connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute(text);
      }
    };
  }

  static Stream<Arguments> sharedUses() {
    return Servers.selected()
        .flatMap(
            server ->
                Stream.of(
                    use(server, "select", sql("SELECT name FROM t WHERE id = 1")),
                    use(server, "insert", sql("INSERT INTO t (name) VALUES ('d')")),
                    use(server, "update", sql("UPDATE t SET name = 'e' WHERE id = 1")),
                    use(server, "delete", sql("DELETE FROM t WHERE id = 2")),
                    use(
                        server,
                        "prepared",
                        connection -> {
                          try (PreparedStatement statement =
                              connection.prepareStatement("SELECT name FROM t WHERE id = ?")) {
                            statement.setInt(1, 1);
                            statement.executeQuery().close();
                          }
                        }),
                    use(server, "autocommit on", connection -> connection.setAutoCommit(true)),
                    use(server, "read-only off", connection -> connection.setReadOnly(false)),
                    use(
                        server,
                        "isValid",
                        connection -> assertThat(connection.isValid(5)).isTrue()),
                    use(server, "getCatalog", Connection::getCatalog),
                    use(server, "getWarnings", Connection::getWarnings),
                    use(
                        server,
                        "a statement that fails",
                        connection ->
                            assertThatThrownBy(
                                    () -> sql("SELECT nothing FROM nowhere").of(connection))
                                .isInstanceOf(SQLException.class))));
  }

  static Stream<Arguments> ownUses() {
    return Servers.selected()
        .flatMap(
            server ->
                Stream.of(
                    use(server, "autocommit off", connection -> connection.setAutoCommit(false)),
                    use(server, "read-only", connection -> connection.setReadOnly(true)),
                    use(server, "isolation", connection -> connection.setTransactionIsolation(8)),
                    use(server, "catalog", connection -> connection.setCatalog("mysql")),
                    use(server, "network timeout", c -> c.setNetworkTimeout(null, 9_000)),
                    use(
                        server,
                        "metadata",
                        connection ->
                            connection.getMetaData().getTables(null, null, "t", null).close()),
                    use(server, "user variable", sql("SET @a = 1")),
                    use(server, "system variable", sql("SET sql_mode = ''")),
                    use(server, "begin", sql("BEGIN")),
                    use(server, "lock tables", sql("LOCK TABLES t READ")),
                    use(server, "named lock", sql("SELECT GET_LOCK('a', 0)")),
                    use(server, "row lock", sql("SELECT id FROM t FOR UPDATE")),
                    use(server, "temporary table", sql("CREATE TEMPORARY TABLE u (a INT)")),
                    use(server, "function", sql("SELECT f()")),
                    use(server, "call", sql("CALL p()")),
                    use(server, "connection id", sql("SELECT CONNECTION_ID()")),
                    use(server, "last insert id", sql("SELECT LAST_INSERT_ID()")),
                    use(
                        server,
                        "callable",
                        connection -> {
                          try (CallableStatement statement = connection.prepareCall("{call p()}")) {
                            statement.execute();
                          }
                        }),
                    use(
                        server,
                        "batch",
                        connection -> {
                          try (Statement statement = connection.createStatement()) {
                            statement.addBatch("DELETE FROM t");
                            statement.executeBatch();
                          }
                        }),
                    use(
                        server,
                        "stream",
                        connection -> {
                          try (Statement statement = connection.createStatement()) {
                            statement.setFetchSize(1);
                            statement.executeQuery("SELECT id FROM t").close();
                          }
                        }),
                    use(
                        server,
                        "updatable",
                        connection -> {
                          try (Statement statement =
                              connection.createStatement(
                                  ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
                            statement.executeQuery("SELECT id, name FROM t").close();
                          }
                        }),
                    use(
                        server,
                        "pipeline",
                        connection ->
                            connection.unwrap(BonitoConnection.class).pipeline().close())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("sharedUses")
  void takesNoConnectionOfItsOwnFor(Server server, String name, Use use) throws SQLException {
    assertThat(opened(server, use)).as(name).isZero();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("ownUses")
  void takesAConnectionOfItsOwnFor(Server server, String name, Use use) throws SQLException {
    assertThat(opened(server, use)).as(name).isOne();
  }

  /** How many connections are opened for it, beside one that is shared. */
  private static int opened(Server server, Use use) throws SQLException {
    String schema = schema(server);
    BonitoDataSource source = source(server, schema, 1);
    try (Connection asking = Jdbc.connect(server, schema);
        Connection other = source.getConnection();
        Connection one = source.getConnection()) {
      sql("SELECT 1").of(other);
      int before = connections(asking);
      use.of(one);
      sql("SELECT 1").of(other);
      return connections(asking) - before;
    } finally {
      source.close();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatOneLeavesInItsSessionNoOtherSees(Server server) throws SQLException {
    BonitoDataSource source = source(server, schema(server), 1);
    try (Connection one = source.getConnection();
        Connection other = source.getConnection()) {
      sql("SELECT 1").of(one);
      sql("SET @mine = 1").of(one);
      sql("SET NAMES latin1").of(one);
      sql("CREATE TEMPORARY TABLE t (id INT, name VARCHAR(9) DEFAULT 'mine')").of(one);
      sql("INSERT INTO t (id) VALUES (1)").of(one);

      assertThat(Jdbc.column(one, "SELECT name FROM t")).containsExactly("mine");
      assertThat(Jdbc.column(other, "SELECT name FROM t")).containsExactly("a", "b", "c");
      assertThat(Jdbc.value(other, "SELECT COALESCE(@mine, 'none')")).isEqualTo("none");
      try (Connection third = source.getConnection()) {
        assertThat(Jdbc.column(third, "SELECT name FROM t")).containsExactly("a", "b", "c");
        one.close();
        assertThat(Jdbc.column(third, "SELECT name FROM t")).containsExactly("a", "b", "c");
      }
    } finally {
      source.close();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aTransactionIsOneConnectionsFromItsBeginningToItsEnd(Server server) throws SQLException {
    BonitoDataSource source = source(server, schema(server), 1);
    try (Connection one = source.getConnection();
        Connection other = source.getConnection();
        PreparedStatement prepared = one.prepareStatement("UPDATE t SET name = ? WHERE id = 1")) {
      prepared.setString(1, "shared");
      assertThat(prepared.executeUpdate()).isOne();
      one.setAutoCommit(false);
      prepared.setString(1, "within");
      assertThat(prepared.executeUpdate()).isOne();
      assertThat(Jdbc.value(other, "SELECT name FROM t WHERE id = 1")).isEqualTo("shared");
      one.rollback();
      assertThat(Jdbc.value(one, "SELECT name FROM t WHERE id = 1")).isEqualTo("shared");
    } finally {
      source.close();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatLooksBackOnASharedStatementIsRefused(Server server) throws SQLException {
    BonitoDataSource source = source(server, schema(server), 1);
    try (Connection one = source.getConnection();
        Statement statement = one.createStatement();
        PreparedStatement prepared =
            one.prepareStatement("INSERT INTO t (id) VALUES (LAST_INSERT_ID())")) {
      statement.executeUpdate("INSERT INTO t (name) VALUES ('d')", Statement.RETURN_GENERATED_KEYS);
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getInt(1)).isEqualTo(4);
      }
      assertThatThrownBy(() -> statement.executeQuery("SELECT LAST_INSERT_ID()"))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageContaining("executed on a connection that is shared");
      assertThatThrownBy(prepared::addBatch).isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> statement.addBatch("SELECT ROW_COUNT()"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);

      one.setAutoCommit(false);
      statement.executeUpdate("INSERT INTO t (name) VALUES ('e')");
      assertThat(Jdbc.value(one, "SELECT LAST_INSERT_ID()")).isEqualTo("5");
    } finally {
      source.close();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatATriggerLeavesInTheSessionEndsTheSharedConnection(Server server) throws SQLException {
    String schema = schema(server);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(
          connection, "CREATE TRIGGER noted BEFORE INSERT ON t FOR EACH ROW SET @noted = NEW.name");
    }
    BonitoDataSource source = source(server, schema, 1);
    try (Connection asking = Jdbc.connect(server, schema);
        Connection one = source.getConnection();
        PreparedStatement insert = one.prepareStatement("INSERT INTO t (name) VALUES (?)")) {
      int before = connections(asking);
      insert.setString(1, "d");
      assertThat(insert.executeUpdate()).isOne();
      sql("SELECT 1").of(one);
      assertThat(connections(asking) - before).isOne();

      // Known by now: it has a connection of its own.
      insert.setString(1, "e");
      assertThat(insert.executeUpdate()).isOne();
      assertThat(Jdbc.value(one, "SELECT @noted")).isEqualTo("e");
    } finally {
      source.close();
    }
  }
}
