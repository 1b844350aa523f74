package io.bonito.netty;

import static io.bonito.netty.Loops.await;
import static io.bonito.netty.Loops.failure;
import static io.bonito.netty.Loops.query;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.exchange.ExecuteExchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.exchange.UnansweredExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections on real servers, on one loop of each kind that this machine has. */
@Tag("server")
@Timeout(120)
class LoopOnServersTest extends LoopsOnServers {
  // ---- commands

  @ParameterizedTest
  @MethodSource(PLACES)
  void textAndBinaryRowsAreTheSame(Server server, LoopKind kind) throws Exception {
    LoopConnection connection = connect(server, kind);
    String columns = "1, -5000000000, 'åäö 漢字 🚀', NULL, 1.50, DATE'2011-05-12', X'4142'";
    List<String> text = query(connection, "SELECT " + columns);
    ServerStatement statement = prepare(connection, "SELECT " + columns + " LIMIT ?");
    for (int run = 0; run < 3; run++) {
      assertThat(execute(connection, statement, 10)).isEqualTo(text);
    }
    assertThat(text.get(1)).startsWith("row 1 -5000000000 åäö 漢字 🚀 null 1.50 2011-05-12 ");
    connection.submit(UnansweredExchange.closeStatement(statement), new Answers());
    assertThat(query(connection, "SELECT 1")).contains("row 1");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void aTransactionFollowsTheServersStatus(Server server, LoopKind kind) throws Exception {
    LoopConnection connection = inTable(server, kind, "a INT");
    query(connection, "START TRANSACTION");
    query(connection, "INSERT INTO t VALUES (1)");
    assertThat(inTransaction(connection)).isTrue();
    query(connection, "ROLLBACK");
    assertThat(inTransaction(connection)).isFalse();
    assertThat(query(connection, "SELECT COUNT(*) FROM t")).contains("row 0");
    query(connection, "START TRANSACTION");
    query(connection, "INSERT INTO t VALUES (1)");
    query(connection, "COMMIT");
    assertThat(query(connection, "SELECT COUNT(*) FROM t")).contains("row 1");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void aCallHasSeveralResults(Server server, LoopKind kind) throws Exception {
    LoopConnection connection = inTable(server, kind, "a INT");
    query(connection, "CREATE PROCEDURE two() BEGIN SELECT 1; SELECT 2, 3; END");
    assertThat(query(connection, "CALL two()"))
        .containsExactly(
            "columns 1", "row 1", "end 0", "columns 2", "row 2 3", "end 0", "end 0", "done");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void anErrorInTheMiddleOfRowsLeavesTheConnectionAsItWas(Server server, LoopKind kind)
      throws Exception {
    LoopConnection connection = inTable(server, kind, "a INT");
    query(connection, "INSERT INTO t VALUES (1), (2)");
    String sql = "SELECT (SELECT t.a UNION ALL SELECT t.a WHERE t.a > 1) FROM t";
    assertThat(query(connection, sql)).endsWith("refused 1242");
    assertThat(query(connection, "SELECT 1")).contains("row 1");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void aLargeResultWaitsForASlowSink(Server server, LoopKind kind) throws Exception {
    LoopConnection connection = inTable(server, kind, "i INT");
    StringBuilder values = new StringBuilder("(0)");
    for (int i = 1; i < 100; i++) {
      values.append(",(").append(i).append(')');
    }
    query(connection, "INSERT INTO t VALUES " + values);
    Sum sum = new Sum();
    LoopCommand command =
        connection.submit(new QueryExchange("SELECT a.i, REPEAT('x', 1000) FROM t a, t b"), sum, 0);
    Answers behind = new Answers();
    connection.submit(new QueryExchange("SELECT 1"), behind);
    for (int asked = 1000; asked <= 5000; asked += 1000) {
      command.request(1000);
      sum.awaitRows(asked);
    }
    assertThat(behind.toldSoFar()).isEmpty();
    command.request(Long.MAX_VALUE);
    assertThat(await(sum.end)).isEqualTo("10000 rows, sum 495000, 10000000 bytes");
    assertThat(behind.await()).contains("row 1");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void aLargeCommandIsSent(Server server, LoopKind kind) throws Exception {
    LoopConnection connection =
        connect(options(server).set(TlsOptions.SSL_MODE, TlsMode.DISABLED).build(), kind);
    String text = "x".repeat(0x1000001);
    assertThat(query(connection, "SELECT LENGTH('" + text + "')")).contains("row " + 0x1000001);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void loadsTheDataThatItIsGiven(Server server, LoopKind kind) throws Exception {
    LoopConnection connection = loading(server, kind);
    QueryExchange load = new QueryExchange("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t");
    load.takeLocalData();
    Lines lines = new Lines(50_000);
    connection.submit(load, lines);
    assertThat(lines.await()).containsExactly("end 50000", "done");
    assertThat(query(connection, "SELECT s FROM t WHERE id = 49999")).contains("row line 49999");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void aStatementThatWasNotAllowedToLoadIsRefusedAndLoadsNothing(Server server, LoopKind kind)
      throws Exception {
    LoopConnection connection = loading(server, kind);
    assertThat(query(connection, "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t"))
        .containsExactly("refused 2068");
    assertThat(query(connection, "SELECT COUNT(*) FROM t")).contains("row 0");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void dataThatFailsLoadsNothing(Server server, LoopKind kind) throws Exception {
    LoopConnection connection = loading(server, kind);
    String schema = query(connection, "SELECT DATABASE()").get(1).substring("row ".length());
    QueryExchange load = new QueryExchange("LOAD DATA LOCAL INFILE 'x' INTO TABLE t");
    load.takeLocalData();
    Lines lines =
        new Lines(50_000) {
          @Override
          boolean failsAt(int line) {
            return line > 20_000;
          }
        };
    connection.submit(load, lines);
    ConnectionException failed = failure(lines.end);
    assertThat(failed).hasMessageContaining("the data to load could not be read");
    assertThat(failed.commandMayHaveRun()).isFalse();
    assertThat(connection.isOpen()).isFalse();
    LoopConnection next = connect(server, kind);
    assertThat(query(next, "SELECT COUNT(*) FROM " + schema + ".t")).contains("row 0");
    await(next.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void compressedItSaysTheSame(Server server, LoopKind kind) throws Exception {
    LoopConnection connection =
        connect(options(server).set(Options.USE_COMPRESSION, true).build(), kind);
    assertThat(query(connection, "SELECT LENGTH('" + "x".repeat(200_000) + "')"))
        .contains("row 200000");
    assertThat(query(connection, "SELECT REPEAT('y', 300000)").get(1)).hasSize(300_004);
    await(connection.close());
  }

  // ---- waits

  @ParameterizedTest
  @MethodSource(PLACES)
  void threeSleepersOnOneLoopSleepAtOnce(Server server, LoopKind kind) throws Exception {
    String mark = " /* " + kind + " " + System.getProperty("bonito.netty") + " */";
    LoopConnection watcher = connect(server, kind);
    query(watcher, "SELECT 1");
    List<LoopConnection> beds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      beds.add(connect(server, kind));
    }
    List<Answers> sleepers = new ArrayList<>();
    for (int seconds = 1; seconds <= 3; seconds++) {
      Answers answers = new Answers();
      beds.get(seconds - 1)
          .submit(new QueryExchange("SELECT SLEEP(" + seconds + ")" + mark), answers);
      sleepers.add(answers);
    }
    String count =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%"
            + mark
            + "'";
    boolean atOnce = false;
    while (!atOnce && !sleepers.get(0).end.isDone()) {
      atOnce = query(watcher, count).contains("row 3");
    }
    assertThat(atOnce).isTrue();
    for (Answers sleeper : sleepers) {
      assertThat(sleeper.await()).containsExactly("columns 1", "row 0", "end 0", "done");
    }
    await(watcher.close());
    for (LoopConnection bed : beds) {
      await(bed.close());
    }
  }

  /** On the older Netty alone: it takes its time. */
  static Stream<Server> once() {
    boolean older = System.getProperty("bonito.netty", "").startsWith("4.1.");
    return Servers.selected().limit(older ? 1 : 0);
  }

  /** Once for real: longer than the time that connecting may take. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("once")
  void afterTheLoopStoodStillForElevenSecondsConnectingAnewWorksAtTheFirstTry(Server server)
      throws Exception {
    LoopConnection connection = connect(server, LoopKind.NIO);
    Answers answers = new Answers();
    QueryExchange query = new QueryExchange("SELECT 1");
    query.deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
    connection
        .eventLoop()
        .execute(
            () -> {
              connection.submit(query, answers);
              Loops.standStill(11);
            });
    assertThat(answers.await()).contains("row 1");
    await(connection.close());
    LoopConnection next = connect(server, LoopKind.NIO);
    assertThat(query(next, "SELECT 1")).contains("row 1");
    await(next.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void aConnectionThatTheServerDroppedSaysSoAndTheNextOneWorks(Server server, LoopKind kind)
      throws Exception {
    LoopConnection connection = connect(server, kind);
    query(connection, "SET wait_timeout = 1");
    await(connection.closed());
    assertThat(connection.isOpen()).isFalse();
    Answers answers = new Answers();
    connection.submit(new QueryExchange("SELECT 1"), answers);
    ConnectionException dropped = failure(answers.end);
    assertThat(dropped.reason()).isEqualTo(Reason.LOST);
    assertThat(dropped.commandMayHaveRun()).isFalse();
    assertThat(dropped.getMessage()).containsIgnoringCase("closed");
    await(connection.close());
    LoopConnection next = connect(server, kind);
    assertThat(query(next, "SELECT 1")).contains("row 1");
    await(next.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void aCommandWhoseConnectionIsKilledMayHaveRun(Server server, LoopKind kind) throws Exception {
    LoopConnection connection = connect(server, kind);
    String id = query(connection, "SELECT CONNECTION_ID()").get(1).substring("row ".length());
    Answers answers = new Answers();
    connection.submit(new QueryExchange("SELECT SLEEP(50)"), answers);
    try (AdminConnection admin = server.admin()) {
      String state = "SELECT 1 FROM information_schema.processlist WHERE info IS NOT NULL AND id=";
      while (admin.query(state + id).isEmpty()) {
        assertThat(answers.end).isNotDone();
      }
      admin.execute("KILL " + id);
    }
    ConnectionException killed = failure(answers.end);
    assertThat(killed.reason()).isEqualTo(Reason.LOST);
    assertThat(connection.isOpen()).isFalse();
  }

  // ---- words

  /** Adds up what comes, and keeps none of it. */
  private static final class Sum implements Sink {
    final CompletableFuture<String> end = new CompletableFuture<>();
    private int rows;
    private long sum;
    private long bytes;

    @Override
    public synchronized boolean row(Row row) {
      rows++;
      sum += row.getInt(0);
      bytes += row.getBytes(1).length;
      notifyAll();
      return true;
    }

    synchronized void awaitRows(int due) throws InterruptedException {
      while (rows < due) {
        wait();
      }
      assertThat(rows).isEqualTo(due);
    }

    @Override
    public void done() {
      end.complete(rows + " rows, sum " + sum + ", " + bytes + " bytes");
    }

    @Override
    public void refused(ServerError error) {
      end.completeExceptionally(new AssertionError(error.message()));
    }

    @Override
    public void failed(Throwable failure) {
      end.completeExceptionally(failure);
    }
  }

  /** Gives lines from a thread of its own, a piece whenever it is asked. */
  private static class Lines extends Answers {
    private final int count;
    private int given;

    Lines(int count) {
      this.count = count;
    }

    boolean failsAt(int line) {
      return false;
    }

    @Override
    public void localData(LocalData data) {
      new Thread(() -> give(data)).start();
    }

    private void give(LocalData data) {
      if (given == count) {
        data.end();
      } else if (failsAt(given)) {
        data.fail(new IOException("the disk is gone"));
      } else {
        StringBuilder lines = new StringBuilder();
        for (int until = Math.min(given + 5000, count); given < until; given++) {
          lines.append(given).append("\tline ").append(given).append('\n');
        }
        byte[] piece = lines.toString().getBytes(US_ASCII);
        data.send(piece, 0, piece.length);
      }
    }
  }

  private static LoopConnection loading(Server server, LoopKind kind) throws Exception {
    return inTable(
        options(server).set(TlsOptions.ALLOW_LOAD_LOCAL_INFILE, true),
        server,
        kind,
        "id INT, s VARCHAR(100)");
  }

  private static LoopConnection inTable(Server server, LoopKind kind, String columns)
      throws Exception {
    return inTable(options(server), server, kind, columns);
  }

  private static LoopConnection inTable(
      ConnectionOptions.Builder options, Server server, LoopKind kind, String columns)
      throws Exception {
    String schema = server.freshSchema(LoopOnServersTest.class);
    LoopConnection connection = connect(options.set(Options.DATABASE, schema).build(), kind);
    query(connection, "CREATE TABLE t (" + columns + ") ENGINE=InnoDB");
    return connection;
  }

  private static ServerStatement prepare(LoopConnection connection, String sql) throws Exception {
    ServerStatement statement = new ServerStatement(sql);
    Answers answers = new Answers();
    connection.submit(new PrepareExchange(statement), answers);
    assertThat(answers.await()).containsExactly("done");
    return statement;
  }

  private static List<String> execute(
      LoopConnection connection, ServerStatement statement, int argument) throws Exception {
    Parameters parameters = new Parameters(1);
    parameters.setInt(0, argument);
    Answers answers = new Answers();
    connection.submit(new ExecuteExchange(statement, parameters, /* cursor= */ false), answers);
    return answers.await();
  }

  private static boolean inTransaction(LoopConnection connection) throws Exception {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    connection.eventLoop().execute(() -> answer.complete(connection.state().inTransaction()));
    return await(answer);
  }
}
