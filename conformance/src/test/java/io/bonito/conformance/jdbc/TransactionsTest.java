package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transactions go by what the server says of them. */
@Tag("server")
class TransactionsTest {
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void rollbackUndoesAndCommitKeeps(Server server) throws SQLException {
    String schema = server.freshSchema(TransactionsTest.class);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
      connection.setAutoCommit(false);
      assertThat(connection.getAutoCommit()).isFalse();
      Jdbc.run(connection, "INSERT INTO t VALUES (1)");
      connection.rollback();
      Jdbc.run(connection, "INSERT INTO t VALUES (2)");
      connection.commit();
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).containsExactly("2");
      connection.rollback();
      connection.setAutoCommit(true);
      assertThatThrownBy(connection::commit).hasMessageContaining("autocommit is on");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void nothingIsSentWhereNothingIsOpen(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "")) {
      String before = statementsOf(connection);
      connection.setAutoCommit(false);
      connection.setAutoCommit(false);
      connection.commit();
      connection.rollback();
      connection.setAutoCommit(true);
      connection.setReadOnly(false);
      connection.setCatalog("");
      assertThat(connection.getAutoCommit()).isTrue();
      // The question itself.
      assertThat(Long.parseLong(statementsOf(connection))).isEqualTo(Long.parseLong(before) + 1);
    }
  }

  private static String statementsOf(Connection connection) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        java.sql.ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
      rows.next();
      return rows.getString(2);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void locksOfAFailedFirstStatementAreRolledBackToo(Server server) throws SQLException {
    String schema = server.freshSchema(TransactionsTest.class);
    try (Connection connection = Jdbc.connect(server, schema);
        Connection other = Jdbc.connect(server, schema)) {
      Jdbc.run(
          connection,
          "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB",
          "INSERT INTO t VALUES (1)");
      Jdbc.run(other, "SET innodb_lock_wait_timeout = 1");
      connection.setAutoCommit(false);
      // The error carries no status, and the row stays locked.
      assertThatThrownBy(() -> Jdbc.run(connection, "INSERT INTO t VALUES (1)"))
          .isInstanceOf(SQLException.class);
      connection.rollback();
      Jdbc.run(other, "DELETE FROM t WHERE id = 1");
      assertThat(Jdbc.column(other, "SELECT id FROM t")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void savepointsUndoWhatCameAfterThem(Server server) throws SQLException {
    String schema = server.freshSchema(TransactionsTest.class);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
      assertThatThrownBy(connection::setSavepoint).isInstanceOf(SQLException.class);
      connection.setAutoCommit(false);
      Jdbc.run(connection, "INSERT INTO t VALUES (1)");
      Savepoint named = connection.setSavepoint("a `name");
      Jdbc.run(connection, "INSERT INTO t VALUES (2)");
      Savepoint unnamed = connection.setSavepoint();
      Jdbc.run(connection, "INSERT INTO t VALUES (3)");
      connection.rollback(unnamed);
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).containsExactly("1", "2");
      connection.rollback(named);
      connection.releaseSavepoint(named);
      connection.commit();
      assertThat(Jdbc.column(connection, "SELECT id FROM t")).containsExactly("1");
      assertThat(named.getSavepointName()).isEqualTo("a `name");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void isolationAndReadOnlyAreTheServers(Server server) throws SQLException {
    String schema = server.freshSchema(TransactionsTest.class);
    try (Connection connection = Jdbc.connect(server, schema)) {
      Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
      for (int level :
          new int[] {
            Connection.TRANSACTION_READ_UNCOMMITTED,
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_SERIALIZABLE,
            Connection.TRANSACTION_REPEATABLE_READ
          }) {
        connection.setTransactionIsolation(level);
        assertThat(connection.getTransactionIsolation()).isEqualTo(level);
      }
      connection.setReadOnly(true);
      assertThat(connection.isReadOnly()).isTrue();
      assertThatThrownBy(() -> Jdbc.run(connection, "INSERT INTO t VALUES (1)"))
          .isExactlyInstanceOf(SQLException.class)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("25006"));
      connection.setReadOnly(false);
      Jdbc.run(connection, "INSERT INTO t VALUES (1)");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theCatalogIsTheDatabaseInUseHoweverItWasChosen(Server server) throws SQLException {
    String one = server.freshSchema(TransactionsTest.class);
    String two = server.freshSchema(TransactionsTest.class);
    try (Connection connection = Jdbc.connect(server, one)) {
      assertThat(connection.getCatalog()).isEqualTo(one);
      connection.setCatalog(two);
      assertThat(connection.getCatalog()).isEqualTo(two);
      assertThat(Jdbc.value(connection, "SELECT DATABASE()")).isEqualTo(two);
      Jdbc.run(connection, "USE " + one);
      assertThat(connection.getCatalog()).isEqualTo(one);
      assertThat(connection.getSchema()).isNull();
    }
  }
}
