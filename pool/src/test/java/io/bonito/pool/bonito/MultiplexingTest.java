package io.bonito.pool.bonito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.pool.PooledDataSource;
import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Borrowers have one of the pool's connections when they need it, and not before. */
@Tag("server")
@Timeout(120)
class MultiplexingTest {
  private static PooledDataSource pool(Server server) {
    String url =
        "jdbc:bonito:mysql://%s:%d/?allowPublicKeyRetrieval=true"
            .formatted(server.host(), server.port());
    return PooledDataSource.over(
        () -> DriverManager.getConnection(url, server.user(), server.password()),
        Map.of(
            "multiplexing",
            "1",
            "maximum_pool_size",
            "1",
            "timeout",
            "10",
            "initial_sql",
            "SET SESSION auto_increment_offset = 3"));
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aPoolOfOneServesManyAtOnceAndLendsToWhoNeedsIt(Server server) throws SQLException {
    try (PooledDataSource pool = pool(server)) {
      List<Connection> out = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Connection connection = pool.getConnection();
        out.add(connection);
        assertThat(ask(connection, "SELECT 'it is " + i + "'")).isEqualTo("it is " + i);
      }
      assertThat(pool.pool().status().used()).isZero();

      Connection one = out.get(0);
      Connection two = out.get(1);
      one.setAutoCommit(false);
      assertThat(pool.pool().status().used()).isOne();
      assertThat(ask(one, "SELECT @@auto_increment_offset")).isEqualTo("3");
      assertThatThrownBy(() -> two.setAutoCommit(false))
          .isInstanceOf(SQLTransientConnectionException.class);
      assertThat(ask(two, "SELECT 'still shared'")).isEqualTo("still shared");

      one.close();
      assertThat(pool.pool().status().used()).isZero();
      two.setAutoCommit(false);
      assertThat(ask(two, "SELECT 'its own'")).isEqualTo("its own");
      for (Connection each : out) {
        each.close();
      }
      assertThat(pool.pool().status().used()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatIsSharedHasBeenPreparedAsWhatIsLent(Server server) throws SQLException {
    try (PooledDataSource pool =
        PooledDataSource.over(
            () ->
                DriverManager.getConnection(
                    "jdbc:bonito:mysql://%s:%d/?allowPublicKeyRetrieval=true"
                        .formatted(server.host(), server.port()),
                    server.user(),
                    server.password()),
            Map.of("multiplexing", "1", "auto_commit", "false"))) {
      assertThatThrownBy(pool::getConnection)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("connections are opened with autocommit off");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aClosedPoolSharesNothingAnyMore(Server server) throws SQLException {
    PooledDataSource pool = pool(server);
    Connection before = pool.getConnection();
    assertThat(ask(before, "SELECT 1")).isEqualTo("1");
    pool.close();

    assertThatThrownBy(() -> ask(before, "SELECT 1")).isInstanceOf(SQLException.class);
    assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
    before.close();
  }
}
