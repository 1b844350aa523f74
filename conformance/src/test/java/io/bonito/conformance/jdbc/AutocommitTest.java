package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.Fault;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.fault.ProxiedConnection;
import io.bonito.testkit.server.Server;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server is told of autocommit together with the statement that needs it. */
@Tag("server")
@Timeout(300)
class AutocommitTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";
  private static final Duration LONG = Duration.ofSeconds(60);

  /** With a profile of the server, without which nothing is written ahead of answers. */
  private static Connection connect(Server server, FaultProxy proxy, String schema)
      throws SQLException {
    // The proxy sees no packets within TLS.
    String url =
        "jdbc:bonito://%s:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
            .formatted(proxy.host(), proxy.port(), schema);
    DriverManager.getConnection(url, server.user(), server.password()).close();
    return DriverManager.getConnection(url, server.user(), server.password());
  }

  private static ProxiedConnection latest(FaultProxy proxy) {
    return proxy.connections().get(proxy.connections().size() - 1);
  }

  private static String table(Server server) throws SQLException {
    String schema = server.freshSchema(AutocommitTest.class);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(
          connection,
          "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB",
          "CREATE TABLE plain (id INT PRIMARY KEY) ENGINE=MyISAM");
    }
    return schema;
  }

  /** Neither answer gets through before both commands are at the server. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void theFirstStatementIsSentWithoutAnAnswerToSet(Server server) throws Exception {
    String schema = table(server);
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port());
        Connection connection = connect(server, proxy, schema);
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setInt(1, 1);
      insert.executeUpdate();
      ProxiedConnection wire = latest(proxy);
      long before = wire.packets(Direction.TO_SERVER);
      connection.setAutoCommit(false);
      assertThat(connection.getAutoCommit()).isFalse();
      proxy.mark();
      proxy.add(Fault.before(Direction.TO_CLIENT, 0).stall());
      CompletableFuture<Integer> count =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  insert.setInt(1, 2);
                  return insert.executeUpdate();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      wire.awaitPackets(Direction.TO_SERVER, before + 2, LONG);
      proxy.heal();
      assertThat(count.get(60, TimeUnit.SECONDS)).isEqualTo(1);
      connection.commit();
      connection.setAutoCommit(true);
      assertThat(wire.packets(Direction.TO_SERVER)).isEqualTo(before + 3);
      connection.setAutoCommit(false);
      insert.setInt(1, 3);
      insert.executeUpdate();
      connection.rollback();
      assertThat(wire.packets(Direction.TO_SERVER)).isEqualTo(before + 5);
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void turnedOnWithNothingOpenTheNextStatementCommitsByItself(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema);
        Connection other = Jdbc.connect(server, schema)) {
      connection.setAutoCommit(false);
      Jdbc.run(connection, "INSERT INTO t VALUES (1)");
      connection.rollback();
      connection.setAutoCommit(true);
      assertThat(connection.getAutoCommit()).isTrue();
      Jdbc.run(connection, "INSERT INTO t VALUES (2)");
      assertThat(Jdbc.column(other, "SELECT id FROM t")).containsExactly("2");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void turnedOnWithinATransactionItCommitsAtOnce(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema);
        Connection other = Jdbc.connect(server, schema)) {
      connection.setAutoCommit(false);
      Jdbc.run(connection, "INSERT INTO t VALUES (1)");
      connection.setAutoCommit(true);
      assertThat(Jdbc.column(other, "SELECT id FROM t")).containsExactly("1");
      Jdbc.run(connection, "START TRANSACTION", "INSERT INTO t VALUES (2)");
      connection.setAutoCommit(false);
      connection.rollback();
      assertThat(Jdbc.column(other, "SELECT id FROM t")).containsExactly("1");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aFirstStatementThatFailsLeavesTheTransactionToGoOn(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema);
        Connection other = Jdbc.connect(server, schema)) {
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> Jdbc.run(connection, "INSERT INTO missing VALUES (1)"))
          .isInstanceOf(SQLException.class);
      assertThat(connection.getAutoCommit()).isFalse();
      Savepoint start = connection.setSavepoint();
      Jdbc.run(connection, "INSERT INTO t VALUES (1)");
      connection.rollback(start);
      Jdbc.run(connection, "INSERT INTO t VALUES (2)");
      assertThat(Jdbc.column(other, "SELECT id FROM t")).isEmpty();
      connection.commit();
      assertThat(Jdbc.column(other, "SELECT id FROM t")).containsExactly("2");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aSavepointCanBeTheFirstStatement(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema)) {
      connection.setAutoCommit(false);
      Savepoint start = connection.setSavepoint();
      Jdbc.run(connection, "INSERT INTO t VALUES (1)");
      connection.rollback(start);
      connection.commit();
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).isEmpty();
    }
  }

  /** Where values go as text, as batches, or in a pipeline: all go through the same door. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void eachWayToExecuteBeginsTheTransaction(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema);
        Connection text = Jdbc.connect(server, schema, "useServerPrepStmts=false")) {
      connection.setAutoCommit(false);
      try (PreparedStatement batch = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        for (int i = 1; i <= 50; i++) {
          batch.setInt(1, i);
          batch.addBatch();
        }
        assertThat(batch.executeBatch()).hasSize(50).containsOnly(1);
      }
      connection.rollback();
      connection.setAutoCommit(true);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.addBatch("INSERT INTO t VALUES (1)");
        statement.addBatch("INSERT INTO t VALUES (2)");
        statement.executeBatch();
      }
      connection.rollback();
      text.setAutoCommit(false);
      try (PreparedStatement one = text.prepareStatement("INSERT INTO t VALUES (?)")) {
        one.setInt(1, 1);
        one.executeUpdate();
      }
      text.rollback();
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).isEmpty();
    }
  }

  /** Its status comes behind its rows: until then only what was given tells of a transaction. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void aTransactionWhoseFirstRowsAreStillComingIsCommitted(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema);
        Connection other = Jdbc.connect(server, schema, "statementTimeout=60000");
        Statement statement = connection.createStatement()) {
      Jdbc.run(
          connection, "INSERT INTO t VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(10),(11),(12)");
      connection.setAutoCommit(false);
      statement.setFetchSize(1);
      try (ResultSet rows =
          statement.executeQuery("SELECT a.id FROM t a, t b, t c, t d FOR UPDATE")) {
        assertThat(rows.next()).isTrue();
        connection.commit();
      }
      Jdbc.run(other, "SET innodb_lock_wait_timeout = 1", "DELETE FROM t WHERE id = 1");
      assertThat(Jdbc.value(other, "SELECT COUNT(*) FROM t")).isEqualTo("11");
    }
  }

  /** The status tells of no transaction, and yet what was read is locked against ALTER. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void commitFreesTheDefinitionsOfTablesWithoutTransactions(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema);
        Connection other = Jdbc.connect(server, schema)) {
      connection.setAutoCommit(false);
      Jdbc.run(connection, "SELECT * FROM plain");
      connection.commit();
      Jdbc.run(
          other, "SET lock_wait_timeout = 1", "ALTER TABLE plain ADD COLUMN other INT DEFAULT 1");
      assertThat(Jdbc.column(other, "SELECT other FROM plain")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aCommandThatCannotBeSentLeavesAutocommitAsItWasSet(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "SET NAMES latin1");
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> Jdbc.run(connection, "SELECT '\u4e16'"))
          .isInstanceOf(SQLException.class);
      assertThat(connection.getAutoCommit()).isFalse();
      connection.setAutoCommit(true);
      connection.setAutoCommit(false);
      Jdbc.run(connection, "INSERT INTO t VALUES (1)");
      connection.rollback();
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aTransactionThatIsKilledIsRolledBack(Server server) throws SQLException, IOException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema);
        Connection other = Jdbc.connect(server, schema)) {
      String id = Jdbc.value(connection, "SELECT CONNECTION_ID()");
      connection.setAutoCommit(false);
      Jdbc.run(connection, "INSERT INTO t VALUES (1)");
      Jdbc.run(other, "KILL " + id);
      assertThatThrownBy(connection::commit)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
      assertThat(connection.isClosed()).isTrue();
      assertThat(Jdbc.column(other, "SELECT id FROM t")).isEmpty();
    }
  }
}
