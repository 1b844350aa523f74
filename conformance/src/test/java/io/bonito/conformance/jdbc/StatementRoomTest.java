package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.jdbc.BonitoConnection;
import io.bonito.jdbc.Pipeline;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server holds so many prepared statements for all of its connections together. */
@Tag("server")
class StatementRoomTest {
  private static final String KINDS = "io.bonito.testkit.server.Servers#selectedKinds";
  private static final int ROOM = 128;

  /** Of {@link #ROOM}, what one connection keeps. */
  private static final int SHARE = 2;

  private static Server small(ServerKind kind) {
    return Servers.start(
        ServerOptions.of(kind).withoutAccounts().argument("--max_prepared_stmt_count=" + ROOM));
  }

  private static Connection connect(Server server) throws SQLException {
    return Jdbc.connect(server, "");
  }

  /** Statements of another session, which are there until it ends. */
  private static AdminConnection taking(Server server, int count) {
    AdminConnection other = server.admin();
    for (int i = 0; i < count; i++) {
      other.execute("PREPARE s" + i + " FROM 'SELECT 1'");
    }
    return other;
  }

  private static int status(Server server, String name) {
    try (AdminConnection admin = server.admin()) {
      String count = admin.query("SHOW GLOBAL STATUS LIKE '" + name + "'").get(0).get(1);
      return Integer.parseInt(String.valueOf(count));
    }
  }

  private static int prepared(Server server) {
    return status(server, "Prepared_stmt_count");
  }

  /** Commands of all sessions, be they refused. */
  private static int commands(Server server) {
    return status(server, "Queries");
  }

  /** How much was prepared for this session; servers do not count what they refuse. */
  private static int preparedSoFar(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'")) {
      rows.next();
      return rows.getInt(2);
    }
  }

  private static String sql(int number) {
    return "SELECT CONCAT(?, '-" + number + "')";
  }

  private static void execute(PreparedStatement statement, int number) throws SQLException {
    statement.setString(1, "O'Neill \\");
    try (ResultSet rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("O'Neill \\-" + number);
    }
  }

  private static void execute(Connection connection, int number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(number))) {
      execute(statement, number);
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aConnectionKeepsNoMoreThanItsShareOfWhatTheServerHolds(ServerKind kind) throws SQLException {
    try (Server server = small(kind);
        Connection connection = connect(server)) {
      for (int i = 0; i < 10; i++) {
        execute(connection, i);
      }
      // What was driven out last goes with the next write.
      execute(connection, 9);
      assertThat(prepared(server)).isEqualTo(SHARE);
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aStatementWithoutRoomGoesAsTextAndIsPreparedInTheRoomOfItsConnectionsOthers(ServerKind kind)
      throws SQLException {
    try (Server server = small(kind);
        Connection connection = connect(server)) {
      execute(connection, 1);
      execute(connection, 2);
      try (AdminConnection other = taking(server, ROOM - SHARE);
          PreparedStatement third = connection.prepareStatement(sql(3))) {
        List<Integer> prepared = new ArrayList<>();
        int before = preparedSoFar(connection);
        for (int i = 0; i < 4; i++) {
          execute(third, 3);
          prepared.add(preparedSoFar(connection) - before);
        }
        // Refused, prepared, and at hand from then on.
        assertThat(prepared).containsExactly(0, 1, 1, 1);
        assertThat(prepared(server)).isLessThanOrEqualTo(ROOM);
        assertThat(other.value("SELECT 1")).isEqualTo("1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aServerFullOfOthersStatementsIsNotAskedEachTime(ServerKind kind) throws SQLException {
    try (Server server = small(kind);
        Connection connection = connect(server)) {
      try (AdminConnection other = taking(server, ROOM)) {
        execute(connection, 0);
        int before = commands(server);
        for (int i = 0; i < 50; i++) {
          execute(connection, i);
        }
        // One for each, and a few of the question itself.
        assertThat(commands(server) - before).isLessThan(55);
        assertThat(other.value("SELECT 1")).isEqualTo("1");
      }
      for (int i = 0; i < 100; i++) {
        execute(connection, 7);
      }
      execute(connection, 7);
      assertThat(prepared(server)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aPipelineOfMoreStatementsThanThereIsRoomForHasAllItsAnswers(ServerKind kind)
      throws SQLException {
    for (int taken : new int[] {0, ROOM - SHARE, ROOM}) {
      try (Server server = small(kind);
          AdminConnection other = taking(server, taken);
          Connection connection = connect(server);
          Pipeline pipeline = connection.unwrap(BonitoConnection.class).pipeline()) {
        List<Pipeline.Result> results = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          PreparedStatement statement = connection.prepareStatement(sql(i));
          statement.setString(1, "'");
          results.add(pipeline.add(statement));
        }
        pipeline.run();
        for (int i = 0; i < 6; i++) {
          ResultSet rows = results.get(i).resultSet();
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("'-" + i);
        }
        assertThat(other.value("SELECT 1")).isEqualTo("1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aBatchIsExecutedThoughThereIsNoRoomToPrepareIt(ServerKind kind) throws SQLException {
    try (Server server = small(kind);
        Connection connection = Jdbc.connect(server, server.freshSchema(StatementRoomTest.class))) {
      Jdbc.run(connection, "CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(20))");
      try (AdminConnection other = taking(server, ROOM);
          PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        for (int i = 0; i < 300; i++) {
          insert.setInt(1, i);
          insert.setString(2, "it's " + i);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(300).containsOnly(1);
        assertThat(Jdbc.value(connection, "SELECT COUNT(*) FROM t WHERE s = CONCAT('it''s ', id)"))
            .isEqualTo("300");
        assertThat(other.value("SELECT 1")).isEqualTo("1");
      }
    }
  }
}
