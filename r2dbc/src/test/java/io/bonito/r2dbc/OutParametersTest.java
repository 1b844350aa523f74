package io.bonito.r2dbc;

import static io.bonito.r2dbc.Connections.all;
import static io.bonito.r2dbc.Connections.await;
import static io.bonito.r2dbc.Connections.execute;
import static io.bonito.r2dbc.Connections.integers;
import static io.bonito.r2dbc.Connections.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.OutParameterMetadata;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What comes out of procedures, and what else they answer with. */
@Tag("server")
@Timeout(120)
class OutParametersTest {
  private static Connection open(Server server) {
    Connection connection = Connections.open(server, server.freshSchema(OutParametersTest.class));
    update(
        connection,
        "CREATE PROCEDURE p(IN a INT, OUT b BIGINT, INOUT c VARCHAR(20)) BEGIN"
            + " SELECT a AS n; SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3;"
            + " SELECT 1 AS n LIMIT 0; SET b = a * 2; SET c = CONCAT(c, '!'); END");
    return connection;
  }

  private static Statement call(Connection connection) {
    return connection
        .createStatement("CALL p(?, ?, ?)")
        .bind(0, 21)
        .bind(1, Parameters.out(R2dbcType.BIGINT))
        .bind(2, Parameters.inOut(R2dbcType.VARCHAR, "sö"));
  }

  private static List<String> segments(
      Statement statement, Function<Result, ? extends Publisher<String>> each) {
    return all(Flux.from(statement.execute()).concatMap(each));
  }

  private static Publisher<String> told(Result result) {
    return result.flatMap(
        segment -> {
          if (segment instanceof Result.OutSegment out) {
            return Mono.just(
                "out " + out.outParameters().get("b") + " " + out.outParameters().get(1));
          }
          return segment instanceof Result.RowSegment row
              ? Mono.just("row " + row.row().get("n", Integer.class))
              : Mono.just("count");
        });
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void theyAreASegmentOfTheirOwnBehindTheProceduresRows(Server server) {
    Connection connection = open(server);
    for (int time = 0; time < 3; time++) {
      assertThat(segments(call(connection), OutParametersTest::told))
          .containsExactly("row 21", "row 1", "row 2", "row 3", "out 42 sö!", "count");
    }
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void whoMapsWhatIsReadableSeesThemAndWhoMapsRowsDoesNot(Server server) {
    Connection connection = open(server);
    assertThat(
            segments(call(connection), result -> result.map(each -> each.get(0, Long.class) + "")))
        .containsExactly("21", "1", "2", "3", "42");
    assertThat(
            segments(
                call(connection),
                result -> result.map((row, metadata) -> row.get(0, Long.class) + "")))
        .containsExactly("21", "1", "2", "3");
    assertThat(
            segments(
                call(connection),
                result ->
                    result
                        .filter(Result.OutSegment.class::isInstance)
                        .map(each -> each.get("c", String.class))))
        .containsExactly("sö!");
    assertThat(integers(connection, "SELECT 5")).containsExactly(5);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void theyComeOneRequestAtATimeToo(Server server) {
    Connection connection = open(server);
    List<String> read =
        Flux.from(call(connection).execute())
            .limitRate(1)
            .concatMap(result -> Flux.from(told(result)).limitRate(1), 1)
            .limitRate(1)
            .collectList()
            .block(Connections.PATIENCE);
    assertThat(read).containsExactly("row 21", "row 1", "row 2", "row 3", "out 42 sö!", "count");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void theyKnowTheirNamesAndTypesAndStayReadable(Server server) {
    Connection connection = open(server);
    List<io.r2dbc.spi.OutParameters> kept =
        all(
            Flux.from(call(connection).execute())
                .concatMap(
                    result ->
                        result
                            .filter(Result.OutSegment.class::isInstance)
                            .flatMap(
                                segment ->
                                    Mono.just(((Result.OutSegment) segment).outParameters()))));
    io.r2dbc.spi.OutParameters out = kept.get(0);
    assertThat(out.get("c")).isEqualTo("sö!");
    assertThat(out.getMetadata().getParameterMetadatas())
        .extracting(OutParameterMetadata::getName)
        .containsExactly("b", "c");
    assertThat(out.getMetadata().getParameterMetadata("b").getJavaType()).isEqualTo(Long.class);
    assertThat(out.getMetadata().getParameterMetadata(1).getType())
        .isIn(R2dbcType.VARCHAR, R2dbcType.CLOB, R2dbcType.CHAR);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aCallThatIsGivenUpBeforeTheyComeLeavesTheConnectionUsable(Server server) {
    Connection connection = open(server);
    for (int results = 1; results < 5; results++) {
      assertThat(
              Flux.from(call(connection).execute())
                  .concatMap(result -> Flux.from(told(result)), 1)
                  .take(results)
                  .count()
                  .block(Connections.PATIENCE))
          .isEqualTo(results);
      assertThat(integers(connection, "SELECT 6")).containsExactly(6);
    }
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aFailureInsideTheProcedureComesBehindItsRows(Server server) {
    Connection connection = open(server);
    update(
        connection,
        "CREATE PROCEDURE f(OUT a INT) BEGIN SELECT 7 AS n;"
            + " SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 31001, MESSAGE_TEXT = 'no'; END");
    Statement failing =
        connection.createStatement("CALL f(:a)").bind("a", Parameters.out(R2dbcType.INTEGER));
    StringBuilder seen = new StringBuilder();
    assertThatThrownBy(
            () ->
                all(
                    Flux.from(failing.execute())
                        .concatMap(OutParametersTest::told)
                        .doOnNext(seen::append)))
        .isInstanceOfSatisfying(
            R2dbcException.class, e -> assertThat(e.getErrorCode()).isEqualTo(31001));
    assertThat(seen).hasToString("row 7");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void whereTheyCannotComeIsSaidWhenTheyAreBound(Server server) {
    Connection connection = open(server);
    assertThatThrownBy(
            () -> connection.createStatement("SELECT ?").bind(0, Parameters.out(R2dbcType.INTEGER)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("CALL");
    await(connection.close());
    Connection text =
        await(
            ConnectionFactories.get(Connections.url(server, "") + "?useServerPrepStmts=false")
                .create());
    assertThatThrownBy(
            () -> text.createStatement("CALL p(?)").bind(0, Parameters.out(R2dbcType.INTEGER)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("useServerPrepStmts");
    await(text.close());
  }

  /** Only its second row has a subquery of two rows. */
  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aResultThatBreaksOffSaysSoInASegmentAndThenByAnError(Server server) {
    Connection connection = open(server);
    String breaking =
        "SELECT n, (SELECT 1 UNION ALL SELECT m FROM (SELECT 2 AS m) x WHERE n = 2) FROM"
            + " (SELECT 1 AS n UNION ALL SELECT 2) t";
    StringBuilder seen = new StringBuilder();
    assertThatThrownBy(
            () ->
                Flux.from(execute(connection, breaking))
                    .concatMap(
                        result ->
                            result.flatMap(
                                segment ->
                                    segment instanceof Result.Message message
                                        ? Mono.just("message " + message.errorCode())
                                        : Mono.just("row")))
                    .doOnNext(seen::append)
                    .blockLast(Connections.PATIENCE))
        .isInstanceOfSatisfying(
            R2dbcException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1242));
    assertThat(seen).endsWith("message 1242");
    assertThat(integers(connection, "SELECT 8")).containsExactly(8);
    await(connection.close());
  }
}
