package io.bonito.async;

import static io.bonito.async.Asyncs.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.ServerPreparation;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = Asyncs.loops();
  }

  @AfterAll
  static void end() {
    Asyncs.end(loops);
  }

  private static Server small(ServerKind kind) {
    return Servers.start(
        ServerOptions.of(kind).withoutAccounts().argument("--max_prepared_stmt_count=" + ROOM));
  }

  private static AsyncConnection connect(Server server, ServerPreparation how) throws Exception {
    return await(
        AsyncConnection.connect(
            Asyncs.options(server).set(Options.USE_SERVER_PREP_STMTS, how).build(), loops));
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
  private static int preparedSoFar(AsyncConnection connection) throws Exception {
    return await(
            connection
                .query("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'")
                .list(row -> row.getInt(1)))
        .get(0);
  }

  private static Query query(AsyncConnection connection, int number) {
    return connection.query("SELECT CONCAT(?, '-" + number + "')", "O'Neill \\");
  }

  private static void execute(AsyncConnection connection, int number) throws Exception {
    assertThat(await(query(connection, number).list(row -> row.getString(0))))
        .containsExactly("O'Neill \\-" + number);
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aConnectionKeepsNoMoreThanItsShareOfWhatTheServerHolds(ServerKind kind) throws Exception {
    try (Server server = small(kind)) {
      AsyncConnection connection = connect(server, ServerPreparation.AUTO);
      for (int i = 0; i < 10; i++) {
        execute(connection, i);
      }
      // What was driven out last goes with the next write.
      execute(connection, 9);
      assertThat(prepared(server)).isEqualTo(SHARE);
      await(connection.close());
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aStatementWithoutRoomGoesAsTextAndIsPreparedInTheRoomOfItsConnectionsOthers(ServerKind kind)
      throws Exception {
    try (Server server = small(kind)) {
      AsyncConnection connection = connect(server, ServerPreparation.AUTO);
      execute(connection, 1);
      execute(connection, 2);
      try (AdminConnection other = taking(server, ROOM - SHARE)) {
        List<Integer> prepared = new ArrayList<>();
        int before = preparedSoFar(connection);
        for (int i = 0; i < 4; i++) {
          execute(connection, 3);
          prepared.add(preparedSoFar(connection) - before);
        }
        // Refused, prepared, and at hand from then on.
        assertThat(prepared).containsExactly(0, 1, 1, 1);
        assertThat(other.value("SELECT 1")).isEqualTo("1");
      }
      await(connection.close());
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aServerFullOfOthersStatementsIsNotAskedEachTimeWhateverTheOptionSays(ServerKind kind)
      throws Exception {
    try (Server server = small(kind);
        AdminConnection other = taking(server, ROOM)) {
      for (ServerPreparation how : List.of(ServerPreparation.AUTO, ServerPreparation.ALWAYS)) {
        AsyncConnection connection = connect(server, how);
        execute(connection, 0);
        int before = commands(server);
        for (int i = 0; i < 10; i++) {
          execute(connection, i);
          PreparedQuery shown = await(connection.prepare("SELECT ? + " + i));
          assertThat(await(shown.with(1).list(row -> row.getInt(0)))).containsExactly(1 + i);
        }
        // Two executions for each, and a few of the question itself.
        assertThat(commands(server) - before).as(how.name()).isLessThan(25);
        await(connection.close());
      }
      assertThat(other.value("SELECT 1")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aPipelineOfMoreStatementsThanThereIsRoomForHasAllItsAnswers(ServerKind kind)
      throws Exception {
    for (int taken : new int[] {0, ROOM - SHARE, ROOM}) {
      try (Server server = small(kind);
          AdminConnection other = taking(server, taken)) {
        AsyncConnection connection = connect(server, ServerPreparation.AUTO);
        Pipeline pipeline = connection.pipeline();
        List<CompletableFuture<List<String>>> results = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          results.add(pipeline.add(query(connection, i % 6), row -> row.getString(0)));
        }
        await(pipeline.run());
        for (int i = 0; i < 12; i++) {
          assertThat(await(results.get(i))).containsExactly("O'Neill \\-" + i % 6);
        }
        execute(connection, 1);
        assertThat(other.value("SELECT 1")).isEqualTo("1");
        await(connection.close());
      }
    }
  }
}
