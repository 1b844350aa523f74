package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.jdbc.BonitoConnectionPoolDataSource;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handles for somebody else's pool, and what its listeners hear. */
@Tag("server")
@Timeout(300)
class PooledConnectionsTest {
  /** Writes down what it hears. */
  private static final class Ears implements ConnectionEventListener, StatementEventListener {
    private final List<String> heard = new ArrayList<>();
    private final List<PreparedStatement> statements = new ArrayList<>();

    @Override
    public void connectionClosed(ConnectionEvent event) {
      heard.add("closed");
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      heard.add("lost " + event.getSQLException().getSQLState().substring(0, 2));
    }

    @Override
    public void statementClosed(StatementEvent event) {
      heard.add("statement closed");
      statements.add(event.getStatement());
    }

    @Override
    public void statementErrorOccurred(StatementEvent event) {
      heard.add("statement lost " + event.getSQLException().getSQLState().substring(0, 2));
      statements.add(event.getStatement());
    }
  }

  private static BonitoConnectionPoolDataSource source(Server server, String schema) {
    BonitoConnectionPoolDataSource source =
        new BonitoConnectionPoolDataSource(Jdbc.url(server, schema));
    source.setUser(server.user());
    source.setPassword(server.password());
    return source;
  }

  private static Ears listenTo(PooledConnection pooled) {
    Ears ears = new Ears();
    pooled.addConnectionEventListener(ears);
    pooled.addStatementEventListener(ears);
    return ears;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aClosedHandleIsToldOnceAndTheSameSessionServesTheNext(Server server) throws SQLException {
    PooledConnection pooled = source(server, "").getPooledConnection();
    Ears ears = listenTo(pooled);
    Connection first = pooled.getConnection();
    String id = Jdbc.value(first, "SELECT CONNECTION_ID()");
    Statement statement = first.createStatement();
    ResultSet rows = statement.executeQuery("SELECT 1");
    first.close();
    first.close();
    assertThat(ears.heard).containsExactly("closed");
    assertThat(first.isClosed()).isTrue();
    assertThat(statement.isClosed()).isTrue();
    assertThat(rows.isClosed()).isTrue();
    assertThatThrownBy(first::createStatement).isInstanceOf(SQLException.class);
    try (Connection second = pooled.getConnection()) {
      assertThat(Jdbc.value(second, "SELECT CONNECTION_ID()")).isEqualTo(id);
    }
    pooled.removeConnectionEventListener(ears);
    pooled.getConnection().close();
    assertThat(ears.heard).containsExactly("closed", "closed");
    pooled.close();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aSecondHandleClosesTheFirstWithoutAWord(Server server) throws SQLException {
    String schema = server.freshSchema(PooledConnectionsTest.class);
    PooledConnection pooled = source(server, schema).getPooledConnection();
    Ears ears = listenTo(pooled);
    Connection first = pooled.getConnection();
    Jdbc.run(first, "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB");
    first.setAutoCommit(false);
    Jdbc.run(first, "INSERT INTO t VALUES (1)");
    Connection second = pooled.getConnection();
    assertThat(first.isClosed()).isTrue();
    assertThat(ears.heard).isEmpty();
    first.close();
    assertThat(ears.heard).isEmpty();
    assertThat(second.getAutoCommit()).isTrue();
    assertThat(Jdbc.column(second, "SELECT id FROM t")).isEmpty();
    pooled.close();
    assertThat(ears.heard).isEmpty();
    assertThat(second.isClosed()).isTrue();
    assertThatThrownBy(pooled::getConnection).isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatABorrowerChangedIsUndone(Server server) throws SQLException {
    String schema = server.freshSchema(PooledConnectionsTest.class);
    String other = server.freshSchema(PooledConnectionsTest.class);
    PooledConnection pooled = source(server, schema).getPooledConnection();
    try (Connection connection = pooled.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setReadOnly(true);
      connection.setCatalog(other);
      connection.setNetworkTimeout(Runnable::run, 77_000);
      Jdbc.run(connection, "SET SESSION sql_mode = 'ANSI_QUOTES'");
    }
    try (Connection connection = pooled.getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(connection.isReadOnly()).isFalse();
      assertThat(connection.getCatalog()).isEqualTo(schema);
      assertThat(connection.getNetworkTimeout()).isZero();
      assertThat(Jdbc.value(connection, "SELECT @@sql_mode = @@global.sql_mode")).isEqualTo("1");
    }
    pooled.close();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anErrorOfAStatementIsNoEventAndALostConnectionIsOne(Server server) throws SQLException {
    PooledConnection pooled = source(server, "").getPooledConnection();
    Ears ears = listenTo(pooled);
    Connection connection = pooled.getConnection();
    assertThatThrownBy(() -> Jdbc.run(connection, "SELEKT")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> Jdbc.run(connection, "SIGNAL SQLSTATE '45000'"))
        .isInstanceOf(SQLException.class);
    assertThat(ears.heard).isEmpty();
    PreparedStatement statement = connection.prepareStatement("SELECT ?");
    String id = String.valueOf(Jdbc.value(connection, "SELECT CONNECTION_ID()"));
    try (AdminConnection admin = server.admin()) {
      admin.execute("KILL " + id);
    }
    statement.setInt(1, 1);
    assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);
    assertThat(ears.heard).containsExactly("statement lost 08", "lost 08");
    assertThat(ears.statements).containsExactly(statement);
    assertThatThrownBy(() -> Jdbc.run(connection, "SELECT 1")).isInstanceOf(SQLException.class);
    assertThatThrownBy(pooled::getConnection).isInstanceOf(SQLException.class);
    assertThat(ears.heard).hasSize(2);
    pooled.close();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void anAbortedHandleIsALostConnection(Server server) throws SQLException {
    PooledConnection pooled = source(server, "").getPooledConnection();
    Ears ears = listenTo(pooled);
    Connection connection = pooled.getConnection();
    connection.abort(Runnable::run);
    connection.close();
    assertThat(ears.heard).containsExactly("lost 08");
    pooled.close();
  }

  /** Not those that the driver makes for itself: an updatable result has several. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void preparedStatementsOfTheApplicationAreToldWhenTheyClose(Server server) throws SQLException {
    String schema = server.freshSchema(PooledConnectionsTest.class);
    PooledConnection pooled = source(server, schema).getPooledConnection();
    Ears ears = listenTo(pooled);
    Connection connection = pooled.getConnection();
    Jdbc.run(
        connection, "CREATE TABLE t (id INT PRIMARY KEY, n INT)", "INSERT INTO t VALUES (1, 1)");
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = statement.executeQuery("SELECT id, n FROM t")) {
      rows.next();
      rows.updateInt(2, 5);
      rows.updateRow();
    }
    connection.getMetaData().getTables(schema, null, "t", null).close();
    assertThat(ears.heard).isEmpty();
    PreparedStatement one = connection.prepareStatement("SELECT ?");
    PreparedStatement two = connection.prepareCall("{call p(?)}");
    one.close();
    one.close();
    connection.close();
    assertThat(ears.statements).containsExactly(one, two);
    assertThat(ears.heard).containsExactly("statement closed", "statement closed", "closed");
    pooled.removeStatementEventListener(ears);
    pooled.close();
  }

  /** A pool may close what is returned, or lend it at once. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aListenerMayUseTheConnectionThatItHearsOf(Server server) throws SQLException {
    PooledConnection pooled = source(server, "").getPooledConnection();
    List<Connection> lent = new ArrayList<>();
    pooled.addConnectionEventListener(
        new ConnectionEventListener() {
          @Override
          public void connectionClosed(ConnectionEvent event) {
            try {
              if (lent.isEmpty()) {
                lent.add(((PooledConnection) event.getSource()).getConnection());
              } else {
                ((PooledConnection) event.getSource()).close();
              }
            } catch (SQLException e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public void connectionErrorOccurred(ConnectionEvent event) {
            throw new AssertionError(event.getSQLException());
          }
        });
    pooled.getConnection().close();
    assertThat(Jdbc.value(lent.get(0), "SELECT 1")).isEqualTo("1");
    lent.get(0).close();
    assertThatThrownBy(pooled::getConnection).isInstanceOf(SQLException.class);
  }

  /** Undoing what nobody did would be a round trip for each loan. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aLoanThatChangesNothingSendsNothing(Server server) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
      BonitoConnectionPoolDataSource source = source(server, "");
      source.setHost(proxy.host());
      source.setPort(proxy.port());
      PooledConnection pooled = source.getPooledConnection();
      long sent = proxy.connections().get(0).packets(io.bonito.testkit.fault.Direction.TO_SERVER);
      for (int i = 0; i < 10; i++) {
        pooled.getConnection().close();
      }
      assertThat(proxy.connections().get(0).packets(io.bonito.testkit.fault.Direction.TO_SERVER))
          .isEqualTo(sent);
      pooled.close();
    }
  }
}
