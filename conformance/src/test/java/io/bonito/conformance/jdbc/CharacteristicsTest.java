package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoConnection;
import io.bonito.jdbc.Leasable;
import io.bonito.jdbc.Pipeline;
import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.fault.ProxiedConnection;
import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Isolation and read-only are told to the server together with the statement behind them. */
@Tag("server")
@Timeout(300)
class CharacteristicsTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";
  private static final int READ_COMMITTED = Connection.TRANSACTION_READ_COMMITTED;
  private static final int SERIALIZABLE = Connection.TRANSACTION_SERIALIZABLE;

  private interface Body {
    void with(Connection connection, ProxiedConnection wire) throws Exception;
  }

  private static void withWire(Server server, String schema, Body body) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
      // The proxy sees no packets within TLS.
      String url =
          "jdbc:bonito://%s:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
              .formatted(proxy.host(), proxy.port(), schema);
      // The first one learns of the server; without that nothing is written ahead of answers.
      DriverManager.getConnection(url, server.user(), server.password()).close();
      try (Connection connection =
          DriverManager.getConnection(url, server.user(), server.password())) {
        Jdbc.run(connection, "SELECT 1");
        body.with(connection, proxy.connections().get(proxy.connections().size() - 1));
      }
    }
  }

  private static String table(Server server) throws SQLException {
    String schema = server.freshSchema(CharacteristicsTest.class);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
    }
    return schema;
  }

  private static long sent(ProxiedConnection wire) {
    return wire.packets(Direction.TO_SERVER);
  }

  /** A query for autocommit, read-only and isolation, as the server has them. */
  private static String state(Server server) {
    return server.family() == Family.MYSQL
        ? "SELECT CONCAT(@@autocommit + 0, @@transaction_read_only + 0, ' ', @@transaction_isolation)"
        : "SELECT CONCAT(@@autocommit + 0, @@tx_read_only + 0, ' ', @@tx_isolation)";
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void allThatIsDueIsOneStatementAheadOfTheNext(Server server) throws Exception {
    String state = state(server);
    withWire(
        server,
        "",
        (connection, wire) -> {
          long before = sent(wire);
          connection.setReadOnly(true);
          connection.setTransactionIsolation(READ_COMMITTED);
          connection.setAutoCommit(false);
          assertThat(connection.isReadOnly()).isTrue();
          assertThat(connection.getTransactionIsolation()).isEqualTo(READ_COMMITTED);
          assertThat(connection.getAutoCommit()).isFalse();
          assertThat(sent(wire)).isEqualTo(before);
          assertThat(Jdbc.value(connection, state)).isEqualTo("01 READ-COMMITTED");
          connection.commit();
          assertThat(sent(wire)).isEqualTo(before + 3);
          connection.setReadOnly(false);
          connection.setTransactionIsolation(SERIALIZABLE);
          assertThat(Jdbc.value(connection, state)).isEqualTo("00 SERIALIZABLE");
          connection.commit();
          assertThat(sent(wire)).isEqualTo(before + 6);
          connection.setAutoCommit(true);
          connection.setTransactionIsolation(READ_COMMITTED);
          assertThat(Jdbc.value(connection, state)).isEqualTo("10 READ-COMMITTED");
          connection.setReadOnly(true);
          assertThat(Jdbc.value(connection, state)).isEqualTo("11 READ-COMMITTED");
          assertThat(sent(wire)).isEqualTo(before + 10);
        });
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatIsSetBackBeforeItWasSentCostsNothing(Server server) throws Exception {
    withWire(
        server,
        table(server),
        (connection, wire) -> {
          connection.setReadOnly(true);
          connection.setTransactionIsolation(READ_COMMITTED);
          connection.setAutoCommit(false);
          Jdbc.run(connection, "SELECT * FROM t");
          connection.commit();
          long before = sent(wire);
          for (int i = 0; i < 3; i++) {
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(SERIALIZABLE);
            connection.setReadOnly(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(READ_COMMITTED);
            connection.setAutoCommit(false);
            Jdbc.run(connection, "SELECT * FROM t");
            connection.commit();
          }
          assertThat(sent(wire)).isEqualTo(before + 6);
          assertThat(Jdbc.value(connection, state(server))).isEqualTo("01 READ-COMMITTED");
        });
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theServersIsolationIsAskedForOnce(Server server) throws Exception {
    withWire(
        server,
        table(server),
        (connection, wire) -> {
          long before = sent(wire);
          int level = connection.getTransactionIsolation();
          Jdbc.run(connection, "INSERT INTO t VALUES (1)");
          assertThat(connection.getTransactionIsolation()).isEqualTo(level);
          connection.setTransactionIsolation(level);
          Jdbc.run(connection, "DELETE FROM t");
          assertThat(sent(wire)).isEqualTo(before + 3);
          Jdbc.run(connection, "/* by SQL */ SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");
          assertThat(connection.getTransactionIsolation()).isEqualTo(SERIALIZABLE);
          connection.setTransactionIsolation(level);
          assertThat(connection.getTransactionIsolation()).isEqualTo(level);
        });
  }

  /** What was told before counts for nothing where SQL may have told something else since. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatWasSetBySqlInBetweenIsSetAnew(Server server) throws Exception {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema, "allowMultiQueries=true");
        Connection admin = Jdbc.connect(server, schema)) {
      Jdbc.run(admin, "CREATE PROCEDURE writable() SET SESSION TRANSACTION READ WRITE");
      for (String sql :
          new String[] {
            "SET SESSION TRANSACTION READ WRITE",
            "CALL writable()",
            "SELECT 1; SET SESSION TRANSACTION READ WRITE",
            "/* a */ SET SESSION TRANSACTION READ WRITE"
          }) {
        connection.setReadOnly(true);
        Jdbc.run(connection, "SELECT 1", sql, "INSERT INTO t VALUES (1)", "DELETE FROM t");
        connection.setReadOnly(false);
        connection.setReadOnly(true);
        assertThatThrownBy(() -> Jdbc.run(connection, "INSERT INTO t VALUES (2)"))
            .as(sql)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
        connection.setReadOnly(false);
      }
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).isEmpty();
    }
  }

  /** Ahead of the statement, and so overridden by it. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void sqlThatSetsTheSameHasTheLastWord(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "")) {
      connection.setTransactionIsolation(READ_COMMITTED);
      Jdbc.run(connection, "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");
      assertThat(connection.getTransactionIsolation()).isEqualTo(SERIALIZABLE);
      assertThat(Jdbc.value(connection, state(server))).isEqualTo("10 SERIALIZABLE");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void withinATransactionTheServerIsToldAtOnceForTheNextOne(Server server) throws Exception {
    withWire(
        server,
        table(server),
        (connection, wire) -> {
          connection.setAutoCommit(false);
          Jdbc.run(connection, "INSERT INTO t VALUES (1)");
          long before = sent(wire);
          connection.setReadOnly(true);
          connection.setTransactionIsolation(SERIALIZABLE);
          assertThat(sent(wire)).isEqualTo(before + 2);
          Jdbc.run(connection, "INSERT INTO t VALUES (2)");
          connection.rollback();
          assertThatThrownBy(() -> Jdbc.run(connection, "INSERT INTO t VALUES (3)"))
              .isInstanceOf(SQLException.class);
          connection.rollback();
          assertThat(Jdbc.column(connection, "SELECT id FROM t")).isEmpty();
        });
  }

  /** A branch that was ended is no transaction that the status tells of. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void aBranchOfAGlobalTransactionIsNotDisturbed(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "XA START 'hot'", "INSERT INTO t VALUES (1)", "XA END 'hot'");
      Jdbc.run(connection, "XA PREPARE 'hot'");
      connection.setReadOnly(true);
      connection.setTransactionIsolation(READ_COMMITTED);
      Jdbc.run(connection, "XA COMMIT 'hot'");
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).containsExactly("1");
      assertThat(Jdbc.value(connection, state(server))).isEqualTo("11 READ-COMMITTED");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aPipelineAndABatchHaveWhatWasSetBeforeThem(Server server) throws SQLException {
    String schema = table(server);
    try (Connection connection = Jdbc.connect(server, schema)) {
      connection.setReadOnly(true);
      try (Statement batch = connection.createStatement()) {
        batch.addBatch("INSERT INTO t VALUES (1)");
        batch.addBatch("INSERT INTO t VALUES (2)");
        assertThatThrownBy(batch::executeBatch).isInstanceOf(SQLException.class);
      }
      connection.setReadOnly(false);
      try (Pipeline pipeline = connection.unwrap(BonitoConnection.class).pipeline()) {
        pipeline.add("INSERT INTO t VALUES (3)");
        pipeline.add("INSERT INTO t VALUES (4)");
        pipeline.run();
      }
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).containsExactly("3", "4");
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aLoanThatSetsAndDoesNothingIsGivenBackWithoutAWord(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "")) {
      int usual = connection.getTransactionIsolation();
      Leasable leasable = connection.unwrap(Leasable.class);
      leasable.haveChangesTold();
      leasable.rememberState();
      connection.setTransactionIsolation(SERIALIZABLE); // asks once what the usual one is
      connection.setReadOnly(true);
      assertThat(leasable.restore(Leasable.TransactionEnd.ROLLBACK)).isTrue();
      assertThat(leasable.isReadyAtOnce()).isTrue();
      assertThat(connection.isReadOnly()).isFalse();
      assertThat(connection.getTransactionIsolation()).isEqualTo(usual);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(SERIALIZABLE);
      Jdbc.run(connection, "SELECT 1");
      assertThat(leasable.restore(Leasable.TransactionEnd.ROLLBACK)).isTrue();
      assertThat(leasable.isReady(60_000_000_000L)).isTrue();
      assertThat(connection.getTransactionIsolation()).isEqualTo(usual);
      assertThat(Jdbc.value(connection, state(server))).startsWith("10 ");
    }
  }
}
