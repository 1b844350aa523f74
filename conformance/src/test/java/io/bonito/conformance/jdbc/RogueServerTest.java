package io.bonito.conformance.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.bonito.protocol.ServerProfile;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.ScriptedServer;
import io.bonito.testkit.script.Wire;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that lie about statements, results and time, or drop whoever comes, through JDBC. */
@Timeout(300)
class RogueServerTest {
  private static final int PS_OUT_PARAMS = 0x1000;
  private static final int TIMESTAMP = 7;

  // R84

  /** Each is read by the columns that its own execution says it has. */
  @Test
  void statementsThatAllHaveOneNumberAreToldApart() throws Exception {
    Queue<String> executed = new ConcurrentLinkedQueue<>(List.of("one", "two"));
    ScriptedServer script =
        new ScriptedServer()
            .query("SELECT 3", Answer.rows(List.of("a"), List.of("3")))
            .command(
                ScriptedServer.PREPARE,
                wire -> {
                  wire.packet(Packets.prepared(1, 0, 1));
                  wire.packet(Packets.column("?", 253, 63, 0));
                })
            .command(
                ScriptedServer.EXECUTE,
                wire -> {
                  String name = executed.poll();
                  if (name == null) {
                    wire.packet(Packets.error(1243, "HY000", "Unknown prepared statement"));
                    return;
                  }
                  wire.packet(new byte[] {1});
                  wire.packet(Packets.column(name, 253, 45, 0));
                  wire.packet(new byte[] {0, 0, 3, (byte) name.charAt(0), 'x', 'y'});
                  wire.packet(Packets.endOk(2));
                });
    try (ListeningServer server = script.listen();
        Connection connection = connect(server, "");
        PreparedStatement first = connection.prepareStatement("SELECT ? AS one")) {
      PreparedStatement second = connection.prepareStatement("SELECT ? AS two");
      assertThat(only(first)).isEqualTo("one=oxy");
      assertThat(only(second)).isEqualTo("two=txy");
      second.close();
      assertThatThrownBy(() -> only(first))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Unknown prepared statement");
      assertThat(connection.isClosed()).isFalse();
      assertThat(only(connection, "SELECT 3")).isEqualTo("3");
    }
  }

  private static String only(PreparedStatement statement) throws SQLException {
    statement.setInt(1, 7);
    try (ResultSet rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      String row = rows.getMetaData().getColumnLabel(1) + "=" + rows.getString(1);
      assertThat(rows.next()).isFalse();
      return row;
    }
  }

  /** As a proxy might: it keeps numbers of its own, and executes what the client's number means. */
  @Test
  void anExecutionThatWasNotRefusedUnderAnotherNumberIsNotGivenAgain() throws Exception {
    AtomicInteger prepared = new AtomicInteger();
    Queue<Integer> executed = new ConcurrentLinkedQueue<>();
    ScriptedServer script =
        new ScriptedServer()
            .greeting("8.0.33-astray", Capabilities.USUAL, "mysql_native_password")
            .query(
                ServerProfile.QUESTIONS.get(0),
                Answer.rows(List.of("@@version_comment"), List.of("MySQL Community Server")))
            .query(
                ServerProfile.QUESTIONS.get(1),
                Answer.rows(List.of("Variable_name", "Value"), List.of("time_zone", "SYSTEM")))
            .command(
                ScriptedServer.PREPARE,
                wire -> {
                  wire.packet(Packets.prepared(prepared.incrementAndGet() == 1 ? 1 : 70, 0, 1));
                  wire.packet(Packets.column("?", 253, 63, 0));
                })
            .command(
                ScriptedServer.EXECUTE,
                (payload, wire) -> {
                  executed.add((int) payload[1]);
                  wire.packet(Packets.ok(1, 0, Packets.AUTOCOMMIT, 0));
                });
    try (ListeningServer server = script.listen()) {
      connect(server, "").close();
      try (Connection connection = connect(server, "")) {
        PreparedStatement first = connection.prepareStatement("INSERT INTO t VALUES (?)");
        first.setInt(1, 1);
        assertThat(first.executeUpdate()).isEqualTo(1);
        PreparedStatement second = connection.prepareStatement("INSERT INTO t VALUES (?, 2)");
        second.setInt(1, 1);
        assertThatThrownBy(second::executeUpdate)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08007"))
            .hasMessageContaining("the connection is closed");
        assertThat(executed).containsExactly(1, 2);
        assertThat(connection.isClosed()).isTrue();
      }
    }
  }

  private static final String SET_OFF = "SET autocommit=0";
  private static final String SET_READ_ONLY = "SET SESSION TRANSACTION READ ONLY";

  private static ScriptedServer insertsAndRefuses(AtomicInteger inserted, String comment) {
    return new ScriptedServer()
        .greeting("8.0.33-" + comment.hashCode(), Capabilities.USUAL, "mysql_native_password")
        .query(
            ServerProfile.QUESTIONS.get(0),
            Answer.rows(List.of("@@version_comment"), List.of(comment)))
        .query(
            ServerProfile.QUESTIONS.get(1),
            Answer.rows(List.of("Variable_name", "Value"), List.of("time_zone", "SYSTEM")))
        .query(SET_READ_ONLY, wire -> wire.packet(Packets.error(1193, "HY000", "unknown variable")))
        .query(SET_OFF, wire -> wire.packet(Packets.error(1317, "70100", "interrupted")))
        .query(
            "INSERT INTO t VALUES (1)",
            wire -> {
              inserted.incrementAndGet();
              wire.packet(Packets.ok(1, 0, Packets.AUTOCOMMIT, 0));
            });
  }

  /** The statement was executed behind a SET that was refused, and perhaps it is durable. */
  @Test
  void aTransactionWhoseBeginningIsRefusedEndsWithTheConnection() throws Exception {
    AtomicInteger inserted = new AtomicInteger();
    try (ListeningServer server = insertsAndRefuses(inserted, "MySQL Community Server").listen()) {
      connect(server, "").close();
      Connection connection = connect(server, "");
      connection.setAutoCommit(false);
      Statement statement = connection.createStatement();
      assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO t VALUES (1)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08007"))
          .hasMessageContaining("refused SET autocommit=0 (interrupted)")
          .hasMessageContaining("the connection is closed");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  /** It wrote, and was to be refused. */
  @Test
  void aStatementWhoseReadOnlyIsRefusedEndsWithTheConnection() throws Exception {
    AtomicInteger inserted = new AtomicInteger();
    try (ListeningServer server = insertsAndRefuses(inserted, "MySQL Community Server").listen()) {
      connect(server, "").close();
      Connection connection = connect(server, "");
      connection.setReadOnly(true);
      Statement statement = connection.createStatement();
      assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO t VALUES (1)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08007"))
          .hasMessageContaining("refused SET SESSION TRANSACTION READ ONLY (unknown variable)");
      assertThat(connection.isClosed()).isTrue();
      Connection waiting = connect(server, "?disablePipeline=true");
      waiting.setReadOnly(true);
      Statement refused = waiting.createStatement();
      inserted.set(0);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> refused.executeUpdate("INSERT INTO t VALUES (1)"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("unknown variable");
      }
      assertThat(inserted).hasValue(0);
      assertThat(waiting.isClosed()).isFalse();
      waiting.setReadOnly(false);
      assertThat(refused.executeUpdate("INSERT INTO t VALUES (1)")).isEqualTo(1);
      waiting.close();
    }
  }

  /** To what bears no commands ahead of answers the statement goes when SET is answered. */
  @Test
  void aRefusedBeginningThatWasAwaitedHasNothingBehindIt() throws Exception {
    AtomicInteger inserted = new AtomicInteger();
    try (ListeningServer server = insertsAndRefuses(inserted, "MySQL Community Server").listen()) {
      connect(server, "").close();
      try (Connection connection = connect(server, "?disablePipeline=true")) {
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO t VALUES (1)"))
              .isInstanceOf(SQLException.class)
              .hasMessageContaining("interrupted");
        }
        assertThat(inserted).hasValue(0);
        assertThat(connection.isClosed()).isFalse();
        assertThat(connection.getAutoCommit()).isFalse();
      }
    }
  }

  // R86

  @Test
  void rowsSaidToBeOutParametersWhereNoneAreDueDisturbNothing() throws Exception {
    ScriptedServer script =
        new ScriptedServer()
            .query(
                "SELECT 1",
                wire -> {
                  wire.packet(new byte[] {1});
                  wire.packet(Packets.column("a", 253, 45, 0));
                  wire.packet(Packets.textRow(List.of("1")));
                  wire.packet(Packets.endOk(2 | PS_OUT_PARAMS));
                })
            .query("SELECT 2", Answer.rows(List.of("a"), List.of("2")));
    try (ListeningServer server = script.listen();
        Connection connection = connect(server, "")) {
      assertThat(only(connection, "SELECT 1")).isEqualTo("1");
      assertThat(only(connection, "SELECT 2")).isEqualTo("2");
    }
  }

  // R92

  @Test
  void aResultLargerThanTheLimitIsRefusedAndTheConnectionGoesOn() throws Exception {
    String value = "x".repeat(100_000);
    ScriptedServer script =
        new ScriptedServer()
            .query(
                "SELECT 1",
                wire -> {
                  wire.packet(new byte[] {1});
                  wire.packet(Packets.column("a", 252, 45, 0));
                  for (int row = 0; row < 300; row++) {
                    wire.packet(Packets.textRow(List.of(value)));
                  }
                  wire.packet(Packets.endOk(2));
                })
            .query("SELECT 2", Answer.rows(List.of("a"), List.of("2")));
    try (ListeningServer server = script.listen();
        Connection connection = connect(server, "?maxResultBytes=4000000")) {
      assertThatThrownBy(() -> only(connection, "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("more than 4000000 bytes");
      assertThat(only(connection, "SELECT 2")).isEqualTo("2");
    }
  }

  // R93

  /** A name that moved, or a balancer: the number of our connection is a stranger's there. */
  @ParameterizedTest
  @ValueSource(strings = {"10.9.8.7:1", ""})
  void aServerThatDoesNotKnowOurSocketIsNotToldToKill(String host) throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    ScriptedServer script =
        new ScriptedServer()
            .command(
                ScriptedServer.QUERY,
                (payload, wire) -> {
                  String sql = new String(payload, 1, payload.length - 1, UTF_8);
                  heard.add(sql);
                  if (sql.startsWith("SELECT HOST")) {
                    answerHost(wire, host);
                  } else if (!sql.startsWith("SLOW")) {
                    wire.packet(Packets.ok());
                  }
                });
    try (ListeningServer server = script.listen();
        Connection connection = connect(server, "");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("SLOW")).isInstanceOf(SQLException.class);
      assertThat(connection.isClosed()).isTrue();
      assertThat(heard)
          .anyMatch(sql -> sql.startsWith("SELECT HOST"))
          .noneMatch(sql -> sql.contains("KILL"));
    }
  }

  private static void answerHost(Wire wire, String host) {
    wire.packet(new byte[] {1});
    wire.packet(Packets.column("HOST", 253, 45, 0));
    if (!host.isEmpty()) {
      wire.packet(Packets.textRow(List.of(host)));
    }
    wire.packet(Packets.endOk(2));
  }

  // R95

  @Test
  void aClockAtTheEndsOfTimeAndAZoneOfSixtyKilobytesAreNoObstacle() throws Exception {
    ScriptedServer script =
        new ScriptedServer()
            .greeting("8.0.33-zone", Capabilities.USUAL, "mysql_native_password")
            .query(
                ServerProfile.QUESTIONS.get(0),
                Answer.rows(List.of("@@version_comment"), List.of("rogue")))
            .query(
                ServerProfile.QUESTIONS.get(1),
                Answer.rows(
                    List.of("Variable_name", "Value"),
                    List.of("time_zone", "Z".repeat(60_000)),
                    List.of("system_time_zone", "Z".repeat(60_000))))
            .query(
                "SELECT NOW()",
                wire -> {
                  wire.packet(new byte[] {1});
                  wire.packet(Packets.column("a", TIMESTAMP, 63, 0));
                  wire.packet(Packets.textRow(List.of("1970-01-01 00:00:01")));
                  wire.packet(Packets.textRow(List.of("2106-02-07 06:28:15")));
                  wire.packet(Packets.endOk(2));
                });
    try (ListeningServer server = script.listen();
        Connection connection = connect(server, "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT NOW()")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject(1, LocalDateTime.class))
          .isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 0, 1));
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject(1, LocalDateTime.class))
          .isEqualTo(LocalDateTime.of(2106, 2, 7, 6, 28, 15));
    }
  }

  // R96

  /** A tenth of the ten thousand that a soak would take; each state about two hundred times. */
  @Test
  void aThousandConnectionsDroppedInAnyStateLeaveNothingBehind() throws Exception {
    Random random = new Random(96);
    dropped(random, 50); // so that what stays for good is there
    long files = openFiles();
    int threads = Thread.activeCount();

    dropped(random, 1000);

    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    long filesLeft = openFiles();
    int threadsLeft = Thread.activeCount();
    while ((filesLeft > files || threadsLeft > threads) && System.nanoTime() < end) {
      System.gc(); // and lets the server's own threads end
      filesLeft = openFiles();
      threadsLeft = Thread.activeCount();
    }
    assertThat(filesLeft).isLessThanOrEqualTo(files);
    assertThat(threadsLeft).isLessThanOrEqualTo(threads);
  }

  private static void dropped(Random random, int times) throws Exception {
    Answer drop = wire -> wire.hangUp();
    byte[] half = {9, 0, 0, 1, 0};
    List<ScriptedServer> scripts =
        List.of(
            new ScriptedServer().greeting(drop),
            new ScriptedServer().login(drop),
            new ScriptedServer().query("SELECT 1", drop),
            new ScriptedServer().query("SELECT 1", Answer.reset()),
            new ScriptedServer()
                .query(
                    "SELECT 1",
                    wire -> {
                      wire.raw(half);
                      wire.hangUp();
                    }));
    List<ListeningServer> servers =
        List.of(
            scripts.get(0).listen(),
            scripts.get(1).listen(),
            scripts.get(2).listen(),
            scripts.get(3).listen(),
            scripts.get(4).listen());
    for (int i = 0; i < times; i++) {
      ListeningServer server = servers.get(random.nextInt(servers.size()));
      assertThatThrownBy(
              () -> {
                // Not closed by us: whoever is told of a lost connection may forget it.
                Connection connection = connect(server, "");
                connection.createStatement().executeQuery("SELECT 1");
              })
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .asString()
          .startsWith("08");
    }
    for (ListeningServer server : servers) {
      server.close();
    }
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  // ---- helpers

  private static Connection connect(ListeningServer server, String options) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:bonito:mysql://127.0.0.1:" + server.port() + "/" + options, "user", "");
  }

  private static String only(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      String value = rows.getString(1);
      assertThat(rows.next()).isFalse();
      return value;
    }
  }
}
