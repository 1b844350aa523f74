package io.bonito.async;

import static io.bonito.async.Asyncs.SERVERS;
import static io.bonito.async.Asyncs.await;
import static io.bonito.async.Asyncs.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.ServerPreparation;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements on real servers. */
@Tag("server")
@Timeout(120)
class AsyncOnServersTest {
  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = Asyncs.loops();
  }

  @AfterAll
  static void end() {
    Asyncs.end(loops);
  }

  private static AsyncConnection connect(Server server) throws Exception {
    return connect(Asyncs.options(server));
  }

  private static AsyncConnection connect(ConnectionOptions.Builder options) throws Exception {
    return await(AsyncConnection.connect(options.build(), loops));
  }

  private static AsyncConnection withTable(Server server, String columns) throws Exception {
    AsyncConnection connection = connect(server);
    await(connection.use(server.freshSchema(AsyncOnServersTest.class)));
    await(connection.query("CREATE TABLE t (" + columns + ")").run());
    return connection;
  }

  private static long count(AsyncConnection connection) throws Exception {
    return await(connection.query("SELECT COUNT(*) FROM t").first(row -> row.getLong(0)))
        .orElseThrow();
  }

  // ---- results

  @ParameterizedTest
  @MethodSource(SERVERS)
  void textAndBinaryGiveTheSame(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    String sql = "SELECT 7, CAST('1.50' AS DECIMAL(5,2)), 'åäö 🚀', DATE'2011-05-12', NULL";
    List<Object> text =
        await(connection.query(sql).first(AsyncOnServersTest::values)).orElseThrow();
    assertThat(text)
        .containsExactly(7L, new BigDecimal("1.50"), "åäö 🚀", LocalDate.of(2011, 5, 12), null);
    PreparedQuery prepared = await(connection.prepare(sql));
    for (int run = 0; run < 3; run++) {
      assertThat(await(prepared.with().first(AsyncOnServersTest::values))).contains(text);
    }
    await(connection.close());
  }

  private static List<Object> values(io.bonito.protocol.row.Row row) {
    List<Object> values = new ArrayList<>();
    values.add(row.getLong(0));
    values.add(row.getBigDecimal(1));
    values.add(row.getString(2));
    values.add(row.getLocalDate(3));
    values.add(row.getObject(4));
    return values;
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void valuesAreSentInBinaryAndAsLiteralsAlike(Server server) throws Exception {
    for (ServerPreparation how : ServerPreparation.values()) {
      AsyncConnection connection =
          connect(Asyncs.options(server).set(Options.USE_SERVER_PREP_STMTS, how));
      List<String> rows =
          await(
              connection
                  .query("SELECT CONCAT(?, ?), ? + 1", "it's ", "so\\", 41)
                  .list(row -> row.getString(0) + "|" + row.getLong(1)));
      assertThat(rows).containsExactly("it's so\\|42");
      await(connection.close());
    }
  }

  /** MySQL converts later values to the kind of the first one, unless it is prepared anew. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void aParameterIsWhatItIsWhateverItWasBefore(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    for (Object value : new Object[] {5L, "abc", 6L, new BigDecimal("2.75"), "x"}) {
      assertThat(await(connection.query("SELECT ?", value).first(row -> row.getString(0))))
          .contains(value.toString());
    }
    assertThat(failure(connection.query("SELECT ?", 1, 2).run())).isNotNull();
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aSessionBeginsAsTheOptionsSayAndAgainAfterAReset(Server server) throws Exception {
    AsyncConnection connection =
        connect(
            Asyncs.options(server)
                .set("sessionVariables", "net_write_timeout=77,@tenant=3+4")
                .set("transactionIsolation", "READ-COMMITTED")
                .set("initSql", "SET @first = @tenant; SET @second = 2")
                .set("autocommit", "false"));
    String sql = "SELECT @@net_write_timeout, @tenant, @first, @second, @@autocommit, @@time_zone";
    for (int i = 0; i < 2; i++) {
      List<String> told =
          await(
              connection
                  .query(sql)
                  .list(
                      row -> {
                        StringBuilder all = new StringBuilder();
                        for (int column = 0; column < 6; column++) {
                          all.append(row.getString(column)).append(' ');
                        }
                        return all.toString();
                      }));
      assertThat(told).containsExactly("77 7 7 2 0 +00:00 ");
      await(connection.reset());
    }
    await(connection.close());
    assertThatThrownBy(
            () -> connect(Asyncs.options(server).set("sessionVariables", "no_such_variable=1")))
        .hasStackTraceContaining("no_such_variable");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void outcomesTellWhatWasChangedAndGenerated(Server server) throws Exception {
    AsyncConnection connection = withTable(server, "id INT AUTO_INCREMENT PRIMARY KEY, a INT");
    Outcome inserted = await(connection.query("INSERT INTO t (a) VALUES (?)", 5).run());
    assertThat(inserted.insertId()).isEqualTo(1);
    assertThat(inserted.affectedRows()).isEqualTo(1);
    assertThat(await(connection.query("UPDATE t SET a = 6").run()).affectedRows()).isEqualTo(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theFirstRowOfManyLeavesTheConnectionUsable(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    for (int run = 0; run < 5; run++) {
      assertThat(await(connection.query(Asyncs.MANY).first(row -> row.getLong(0)))).isPresent();
      assertThat(await(connection.query("SELECT " + run).first(row -> row.getInt(0))))
          .contains(run);
    }
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void allResultsOfACallAreTold(Server server) throws Exception {
    AsyncConnection connection = withTable(server, "a INT");
    await(connection.query("CREATE PROCEDURE two() BEGIN SELECT 1; SELECT 2; END").run());
    Told told = new Told();
    connection.query("CALL two()").start(told).request(Long.MAX_VALUE);
    assertThat(told.await())
        .containsExactly("columns", "row 1", "end", "columns", "row 2", "end", "end", "completed");
    assertThat(await(connection.query("CALL two()").list(row -> row.getInt(0)))).containsExactly(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void rowsComeAsTheyAreRequested(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    Told told = new Told();
    Execution execution = connection.query("SELECT 1 UNION SELECT 2 UNION SELECT 3").start(told);
    execution.request(1);
    told.awaitCount(2);
    CompletableFuture<?> behind = connection.query("SELECT 4").run();
    assertThat(behind).isNotDone();
    execution.request(1);
    told.awaitCount(3);
    assertThat(behind).isNotDone();
    assertThat(told.soFar()).containsExactly("columns", "row 1", "row 2");
    execution.request(1);
    assertThat(told.await())
        .containsExactly("columns", "row 1", "row 2", "row 3", "end", "completed");
    await(behind);
    await(connection.close());
  }

  // ---- errors

  @ParameterizedTest
  @MethodSource(SERVERS)
  void theServersRefusalHasItsStateAndCodeAndTheConnectionGoesOn(Server server) throws Exception {
    AsyncConnection connection = withTable(server, "id INT PRIMARY KEY");
    AsyncException syntax = failure(connection.query("SELEC 1").run());
    assertThat(syntax.kind()).isEqualTo(ErrorKind.SYNTAX);
    assertThat(syntax.sqlState()).isEqualTo("42000");
    assertThat(syntax.vendorCode()).isEqualTo(1064);
    assertThat(syntax.isConnectionLost()).isFalse();
    AsyncException prepared = failure(connection.prepare("SELEC ?"));
    assertThat(prepared.vendorCode()).isEqualTo(1064);
    await(connection.query("INSERT INTO t VALUES (1)").run());
    AsyncException twice = failure(connection.query("INSERT INTO t VALUES (?)", 1).run());
    assertThat(twice.kind()).isEqualTo(ErrorKind.INTEGRITY);
    assertThat(twice.sqlState()).isEqualTo("23000");
    assertThat(count(connection)).isEqualTo(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aMapperMayThrowAndTheNextStatementHasItsOwnAnswer(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    CompletableFuture<?> crashing =
        connection
            .query(Asyncs.MANY)
            .list(
                row -> {
                  throw new UnsupportedOperationException("mine");
                });
    assertThatThrownBy(() -> await(crashing))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("mine");
    AsyncException conversion = failure(connection.query("SELECT 'x'").list(row -> row.getLong(0)));
    assertThat(conversion.sqlState()).isEqualTo("22018");
    assertThat(await(connection.query("SELECT 5").first(row -> row.getInt(0)))).contains(5);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void tooFewValuesAreRefusedBeforeAnythingIsSent(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    assertThat(failure(connection.query("SELECT ?, ?", 1).run()))
        .hasMessage("1 values for 2 parameters");
    Parameters unset = connection.parameters(1);
    assertThat(failure(connection.query("SELECT ?", unset).run()))
        .hasMessage("parameter 0 has no value");
    PreparedQuery prepared = await(connection.prepare("SELECT ?"));
    assertThatThrownBy(() -> prepared.with(1, 2)).isInstanceOf(AsyncException.class);
    assertThat(await(connection.query("SELECT ?", 3).first(row -> row.getInt(0)))).contains(3);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whoeverCannotLogInIsToldWhy(Server server) throws Exception {
    AsyncException refused =
        failure(
            AsyncConnection.connect(
                Asyncs.options(server).set(Options.USER, "nobody").build(), loops));
    assertThat(refused.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(refused.sqlState()).isEqualTo("28000");
    assertThat(refused.vendorCode()).isIn(1045, 1698);
    assertThat(refused.isConnectionLost()).isTrue();
  }

  // ---- transactions, batches, pipelines

  @ParameterizedTest
  @MethodSource(SERVERS)
  void workInATransactionIsCommittedOrRolledBack(Server server) throws Exception {
    AsyncConnection connection = withTable(server, "a INT");
    boolean within =
        await(
            connection.inTransaction(
                c ->
                    c.query("INSERT INTO t VALUES (1)")
                        .run()
                        .thenApply(outcome -> c.inTransaction())));
    assertThat(within).isTrue();
    assertThat(count(connection)).isEqualTo(1);
    AsyncException failed =
        failure(
            connection.inTransaction(
                c ->
                    c.query("INSERT INTO t VALUES (2)")
                        .run()
                        .thenCompose(outcome -> c.query("SELEC").run())));
    assertThat(failed.vendorCode()).isEqualTo(1064);
    assertThat(connection.inTransaction()).isFalse();
    assertThat(count(connection)).isEqualTo(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aPipelineTellsEachItsOwnAnswer(Server server) throws Exception {
    AsyncConnection connection = withTable(server, "id INT PRIMARY KEY");
    Pipeline pipeline = connection.pipeline();
    CompletableFuture<Outcome> first =
        pipeline.add(connection.query("INSERT INTO t VALUES (?)", 1));
    CompletableFuture<Outcome> again =
        pipeline.add(connection.query("INSERT INTO t VALUES (?)", 1));
    CompletableFuture<Outcome> wrong = pipeline.add(connection.query("SELEC ?", 1));
    CompletableFuture<List<Integer>> rows =
        pipeline.add(connection.query("SELECT id FROM t"), row -> row.getInt(0));
    CompletableFuture<Outcome> unwanted = pipeline.add(connection.query("SELECT SLEEP(0)"));
    unwanted.cancel(true);
    assertThat(first).isNotDone();
    await(pipeline.run());
    assertThat(await(first).affectedRows()).isEqualTo(1);
    assertThat(failure(again).vendorCode()).isEqualTo(1062);
    assertThat(failure(wrong).vendorCode()).isEqualTo(1064);
    assertThat(await(rows)).containsExactly(1);
    assertThat(unwanted).isCancelled();
    assertThatThrownBy(pipeline::run).isInstanceOf(AsyncException.class);
    assertThat(count(connection)).isEqualTo(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aBatchTellsWhatEachRowCameTo(Server server) throws Exception {
    AsyncConnection connection = withTable(server, "id INT PRIMARY KEY, a VARCHAR(10)");
    PreparedQuery insert = await(connection.prepare("INSERT INTO t VALUES (?, ?)"));
    List<Parameters> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Parameters values = insert.parameters();
      values.setInt(0, i);
      values.setString(1, "row " + i);
      rows.add(values);
    }
    assertThat(await(insert.batch(rows)))
        .hasSize(500)
        .allMatch(outcome -> outcome.affectedRows() == 1);
    assertThat(failure(insert.batch(rows.subList(0, 2))).vendorCode()).isEqualTo(1062);
    assertThat(count(connection)).isEqualTo(500);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void evictedStatementsArePreparedAnew(Server server) throws Exception {
    AsyncConnection connection =
        connect(Asyncs.options(server).set(Options.PREP_STMT_CACHE_SIZE, 2));
    for (int run = 0; run < 3; run++) {
      Pipeline pipeline = connection.pipeline();
      List<CompletableFuture<List<Integer>>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        answers.add(
            pipeline.add(connection.query("SELECT " + i + " * ?", 10), row -> row.getInt(0)));
      }
      await(pipeline.run());
      for (int i = 0; i < 6; i++) {
        assertThat(await(answers.get(i))).containsExactly(10 * i);
      }
    }
    List<Integer> prepared =
        await(
            connection
                .query("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'")
                .list(row -> row.getInt(1)));
    assertThat(prepared).allMatch(count -> count >= 10 && count <= 18);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aResetForgetsPreparedStatements(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    assertThat(await(connection.query("SELECT ?", 1).first(row -> row.getInt(0)))).contains(1);
    await(connection.query("SET @a = 5").run());
    await(connection.reset());
    assertThat(await(connection.query("SELECT ?", 2).first(row -> row.getInt(0)))).contains(2);
    assertThat(await(connection.query("SELECT @a").list(row -> row.isNull(0))))
        .containsExactly(true);
    await(connection.ping());
    await(connection.close());
  }

  // ---- the end

  @ParameterizedTest
  @MethodSource(SERVERS)
  void closingWaitsForWhatWasGivenAndTakesNothingMore(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    CompletableFuture<?> slow = connection.query("SELECT SLEEP(0.3)").run();
    CompletableFuture<?> behind = connection.query("SELECT 1").run();
    var closing = connection.close();
    AsyncException late = failure(connection.query("SELECT 2").run());
    assertThat(late.sqlState()).isEqualTo("08003");
    await(slow);
    await(behind);
    await(closing);
    assertThat(connection.isOpen()).isFalse();
    assertThat(failure(connection.query("SELECT 3").run()).sqlState()).isEqualTo("08003");
    assertThat(failure(connection.prepare("SELECT 3")).sqlState()).isEqualTo("08003");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void closingNowFailsWhatIsUnderWayAndWhatWaits(Server server) throws Exception {
    AsyncConnection connection = connect(server);
    await(connection.ping());
    CompletableFuture<?> slow = connection.query("SELECT SLEEP(100)").run();
    CompletableFuture<?> behind = connection.query("SELECT ?", 1).run();
    await(connection.closeNow());
    assertThat(failure(slow).mayHaveRun()).isTrue();
    assertThat(failure(slow).sqlState()).isEqualTo("08S01");
    assertThat(failure(behind).mayHaveRun()).isFalse();
    assertThat(failure(behind).isConnectionLost()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aCommandThatIsTooLargeIsRefusedAndTheConnectionGoesOn(Server server) throws Exception {
    AsyncConnection connection =
        await(
            AsyncConnection.connect(
                Asyncs.options(server).set("maxAllowedPacket", "100000").build(), loops));
    AsyncException tooLarge =
        failure(connection.query("SELECT LENGTH('" + "x".repeat(100_000) + "')").run());
    assertThat(tooLarge).hasMessageContaining("100000");
    assertThat(connection.isOpen()).isTrue();
    assertThat(
            await(
                connection
                    .query("SELECT LENGTH(?)", "x".repeat(90_000))
                    .list(row -> row.getInt(0))))
        .containsExactly(90_000);
    await(connection.close());
  }
}
