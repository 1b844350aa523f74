package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.Fault;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.fault.ProxiedConnection;
import io.bonito.testkit.server.Server;
import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A statement is executed in the same write as it is prepared, on MySQL by a number foretold. */
@Tag("server")
class FirstExecutionTest {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static int answer(Connection connection, int question) throws SQLException {
    // A text of its own each time, which no cache has.
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT ? + " + question + " /* " + question + " */")) {
      statement.setInt(1, 1);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getInt(1);
      }
    }
  }

  private static int answerUnchecked(Connection connection, int question) {
    try {
      return answer(connection, question);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** MySQL converts later values to the kind of the first one, unless it is prepared anew. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aParameterIsWhatItIsWhateverItWasBefore(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "")) {
      Object[] values = {
        5L, "abc", 1.5, new BigDecimal("2.75"), null, "x", Date.valueOf("2024-02-29"), -7L, "9"
      };
      for (int i = 0; i < 2 * values.length; i++) {
        Object value = values[i % values.length];
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
          statement.setObject(1, value);
          try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo(value == null ? null : value.toString());
            assertThat((Throwable) statement.getWarnings()).isNull();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void prepareAndExecuteTravelTogether(Server server) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
      try (Connection first = through(proxy, server)) {
        assertThat(answer(first, 1)).isEqualTo(2);
      }
      // By now the process knows what the server can bear.
      try (Connection connection = through(proxy, server)) {
        ProxiedConnection wire = proxy.connections().get(proxy.connections().size() - 1);
        assertThat(answer(connection, 2)).isEqualTo(3);
        long asked = wire.packets(Direction.TO_SERVER);
        wire.now(Direction.TO_CLIENT, new Fault.Action.Stall());
        CompletableFuture<Integer> answer =
            CompletableFuture.supplyAsync(() -> answerUnchecked(connection, 3));
        wire.awaitPackets(Direction.TO_SERVER, asked + 2, LONGEST);
        assertThat(answer).isNotDone();
        proxy.heal();
        assertThat(answer.get(LONGEST.toSeconds(), TimeUnit.SECONDS)).isEqualTo(4);
      }
    }
  }

  private static Connection through(FaultProxy proxy, Server server) throws SQLException {
    // The proxy sees no packets within TLS.
    String url =
        "jdbc:bonito://"
            + proxy.host()
            + ":"
            + proxy.port()
            + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    return DriverManager.getConnection(url, server.user(), server.password());
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aStatementOfSqlsOwnPrepareIsNotTakenForOurs(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(getClass()))) {
      assertThat(answer(connection, 1)).isEqualTo(2);
      Jdbc.run(
          connection,
          "CREATE TABLE t (n INT)",
          "CREATE PROCEDURE hidden() PREPARE other FROM 'INSERT INTO t VALUES (?)'");
      // Each takes a number, of which the driver does not know.
      for (String sql :
          List.of(
              "PREPARE other FROM 'INSERT INTO t VALUES (?)'",
              "CALL hidden()",
              "/* with a comment */ CALL hidden()",
              "DO 0")) {
        Jdbc.run(connection, sql);
        assertThat(answer(connection, 2 * sql.length())).isEqualTo(2 * sql.length() + 1);
        try (CallableStatement call = connection.prepareCall("{call hidden()}")) {
          call.execute();
        }
        assertThat(answer(connection, 2 * sql.length() + 1)).isEqualTo(2 * sql.length() + 2);
        assertThat(Jdbc.column(connection, "SELECT n FROM t")).isEmpty();
      }
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        insert.setInt(1, 7);
        assertThat(insert.executeUpdate()).isEqualTo(1);
      }
      assertThat(Jdbc.column(connection, "SELECT n FROM t")).containsExactly("7");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatCannotBePreparedLeavesTheNextStatementItsNumber(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(getClass()))) {
      for (int question = 1; question < 4; question++) {
        assertThatThrownBy(
                () -> {
                  try (PreparedStatement wrong = connection.prepareStatement("SELEKT ?")) {
                    wrong.setInt(1, 1);
                    wrong.execute();
                  }
                })
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("syntax");
        assertThat(answer(connection, question)).isEqualTo(question + 1);
      }
    }
  }

  /** MySQL prepares anew, under a number of its own, what is given parameters of another type. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aStatementIsExecutedThoughTheServerHasNumberedOneInSecret(Server server)
      throws SQLException {
    try (Connection connection = Jdbc.connect(server, server.freshSchema(getClass()))) {
      Jdbc.run(connection, "CREATE TABLE t (n INT)");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        insert.setInt(1, 1);
        insert.executeUpdate();
        insert.setString(1, "2");
        insert.executeUpdate();
        insert.setBigDecimal(1, BigDecimal.valueOf(3));
        insert.executeUpdate();
      }
      assertThat(answer(connection, 1)).isEqualTo(2);
      assertThat(answer(connection, 2)).isEqualTo(3);
      assertThat(Jdbc.column(connection, "SELECT n FROM t")).containsExactly("1", "2", "3");
    }
  }
}
