package io.bonito.r2dbc;

import static io.bonito.r2dbc.Connections.all;
import static io.bonito.r2dbc.Connections.await;
import static io.bonito.r2dbc.Connections.column;
import static io.bonito.r2dbc.Connections.execute;
import static io.bonito.r2dbc.Connections.integers;
import static io.bonito.r2dbc.Connections.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What R2DBC's own kit does not look at. */
@Tag("server")
@Timeout(120)
class StatementsOnServersTest {
  private static Connection open(Server server) {
    return Connections.open(server, server.freshSchema(StatementsOnServersTest.class));
  }

  // ---- values

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void columnsHaveTheirNaturalTypes(Server server) {
    Connection connection = open(server);
    update(
        connection,
        "CREATE TABLE t (a TINYINT, b TINYINT UNSIGNED, c SMALLINT, d INT UNSIGNED, e BIGINT UNSIGNED,"
            + " f DECIMAL(6,2), g FLOAT, h DOUBLE, i DATE, j TIME, k DATETIME, l VARCHAR(9),"
            + " m VARBINARY(9), n TINYINT(1), o TEXT, p BIT(1), q CHAR(3))");
    update(
        connection,
        "INSERT INTO t VALUES (-1, 255, -300, 4294967295, 18446744073709551615, 1.50, 0.5, 0.25,"
            + " '2020-02-29', '12:34:56', '2020-02-29 01:02:03', 'text', x'0102', 1, 'long', b'1',"
            + " 'abc')");
    List<List<Object>> rows =
        all(
            Flux.from(execute(connection, "SELECT * FROM t"))
                .concatMap(
                    result ->
                        result.map(
                            (row, metadata) -> {
                              List<Object> values = new ArrayList<>();
                              metadata
                                  .getColumnMetadatas()
                                  .forEach(
                                      column -> {
                                        Object value = row.get(column.getName());
                                        assertThat(value).isInstanceOf(column.getJavaType());
                                        values.add(value);
                                      });
                              return values;
                            })));
    assertThat(rows)
        .containsExactly(
            List.of(
                (byte) -1,
                (short) 255,
                (short) -300,
                4294967295L,
                new BigInteger("18446744073709551615"),
                new BigDecimal("1.50"),
                0.5f,
                0.25,
                LocalDate.of(2020, 2, 29),
                LocalTime.of(12, 34, 56),
                LocalDateTime.of(2020, 2, 29, 1, 2, 3),
                "text",
                ByteBuffer.wrap(new byte[] {1, 2}),
                true,
                "long",
                true,
                "abc"));
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void namedParametersMayAppearTwiceAndInAnyOrder(Server server) {
    Connection connection = open(server);
    Statement statement =
        connection
            .createStatement("SELECT CONCAT(:b, ?a, ':no ?no', :b) -- :no")
            .bind("a", "1")
            .bind(":b", "2");
    assertThat(all(column(statement.execute(), String.class))).containsExactly("21:no ?no2");
    assertThat(
            all(
                column(
                    connection.createStatement("SELECT ?, ?").bind(1, 5).bind(0, 4).execute(),
                    Integer.class)))
        .containsExactly(4);
    assertThatThrownBy(() -> connection.createStatement("SELECT ?, :a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                connection
                    .createStatement("SELECT ?")
                    .bind(0, Parameters.out(io.r2dbc.spi.R2dbcType.INTEGER)))
        .isInstanceOf(UnsupportedOperationException.class);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void largeValuesComeInPieces(Server server) {
    Connection connection = open(server);
    update(connection, "CREATE TABLE t (a LONGBLOB)");
    Flux<ByteBuffer> pieces =
        Flux.range(0, 1000).map(i -> ByteBuffer.wrap(new byte[] {i.byteValue(), 1}));
    assertThat(
            all(
                Flux.from(
                        connection
                            .createStatement("INSERT INTO t VALUES (?)")
                            .bind(0, Blob.from(pieces))
                            .execute())
                    .concatMap(Result::getRowsUpdated)))
        .containsExactly(1L);
    assertThat(integers(connection, "SELECT LENGTH(a) FROM t")).containsExactly(2000);
    Statement failing =
        connection
            .createStatement("INSERT INTO t VALUES (?)")
            .bind(0, Blob.from(Flux.error(new UnsupportedOperationException("mine"))));
    assertThatThrownBy(() -> all(failing.execute())).hasMessage("mine");
    assertThat(integers(connection, "SELECT COUNT(*) FROM t")).containsExactly(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aRowIsReadInItsMappingFunctionAlone(Server server) {
    Connection connection = open(server);
    AtomicReference<Row> kept = new AtomicReference<>();
    all(
        Flux.from(execute(connection, "SELECT 1"))
            .concatMap(
                result ->
                    result.map(
                        (row, metadata) -> {
                          kept.set(row);
                          return 1;
                        })));
    assertThatThrownBy(() -> kept.get().get(0)).isInstanceOf(IllegalStateException.class);
    await(connection.close());
  }

  // ---- results

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void generatedKeysAreThoseOfEachBinding(Server server) {
    Connection connection = open(server);
    update(connection, "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, a INT)");
    Statement insert =
        connection
            .createStatement("INSERT INTO t (a) VALUES (?)")
            .returnGeneratedValues("id")
            .bind(0, 7)
            .add()
            .bind(0, 8);
    assertThat(
            all(
                Flux.from(insert.execute())
                    .concatMap(result -> result.map(row -> row.get("id", Long.class)))))
        .containsExactly(1L, 2L);
    Statement several =
        connection
            .createStatement("INSERT INTO t (a) VALUES (1), (2), (3)")
            .returnGeneratedValues();
    assertThatThrownBy(() -> all(column(several.execute(), Long.class)))
        .hasMessageContaining("only the first key");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aResultIsConsumedOnce(Server server) {
    Connection connection = open(server);
    Result result = await(execute(connection, "SELECT 1"));
    assertThat(all(result.map(row -> row.get(0, Integer.class)))).containsExactly(1);
    assertThatThrownBy(() -> all(result.getRowsUpdated()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> all(result.map(row -> 1))).isInstanceOf(IllegalStateException.class);
    assertThat(integers(connection, "SELECT 2")).containsExactly(2);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void segmentsAreMappedInTheirOrderWhateverTheirPublishersTake(Server server) {
    Connection connection = open(server);
    List<Integer> mapped =
        all(
            Flux.from(execute(connection, "SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"))
                .concatMap(
                    result ->
                        result
                            .filter(segment -> segment instanceof Result.RowSegment)
                            .flatMap(
                                segment -> {
                                  int i = ((Result.RowSegment) segment).row().get(0, Integer.class);
                                  return i == 3
                                      ? Flux.<Integer>empty()
                                      : Flux.just(i, 10 * i)
                                          .delayElements(Duration.ofMillis(5 * (5 - i)));
                                })));
    assertThat(mapped).containsExactly(1, 10, 2, 20, 4, 40);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aBatchStopsAtTheFirstFailureAndSaysWhichItWas(Server server) {
    Connection connection = open(server);
    update(connection, "CREATE TABLE t (a INT)");
    assertThatThrownBy(
            () ->
                all(
                    Flux.from(
                            connection
                                .createBatch()
                                .add("INSERT INTO t VALUES (1)")
                                .add("SELEC 1")
                                .add("INSERT INTO t VALUES (2)")
                                .execute())
                        .concatMap(Result::getRowsUpdated)))
        .isInstanceOf(R2dbcBadGrammarException.class)
        .satisfies(
            e -> {
              assertThat(((R2dbcException) e).getSql()).isEqualTo("SELEC 1");
              assertThat(((R2dbcException) e).getSqlState()).isEqualTo("42000");
              assertThat(((R2dbcException) e).getErrorCode()).isEqualTo(1064);
            });
    assertThat(integers(connection, "SELECT a FROM t")).containsExactly(1);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void anErrorIsToldThoughNobodyConsumesAResult(Server server) {
    Connection connection = open(server);
    assertThatThrownBy(
            () -> Flux.from(execute(connection, "SELEC 1")).then().block(Connections.PATIENCE))
        .isInstanceOf(R2dbcBadGrammarException.class);
    Flux.from(execute(connection, Connections.MANY)).then().block(Connections.PATIENCE);
    assertThat(integers(connection, "SELECT 2")).containsExactly(2);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void anErrorBehindTheFirstRowsReachesTheirConsumer(Server server) {
    Connection connection = open(server);
    update(connection, "CREATE TABLE t (a INT)");
    update(connection, "INSERT INTO t VALUES (1), (2)");
    String sql = "SELECT (SELECT t.a UNION ALL SELECT t.a WHERE t.a > 1) FROM t";
    assertThatThrownBy(() -> integers(connection, sql)).isInstanceOf(R2dbcException.class);
    assertThat(integers(connection, "SELECT 2")).containsExactly(2);
    await(connection.close());
  }

  // ---- errors

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void failuresHaveTheirClasses(Server server) {
    Connection connection = open(server);
    update(connection, "CREATE TABLE t (a INT PRIMARY KEY, b TINYINT)");
    update(connection, "INSERT INTO t VALUES (1, 1)");
    assertThatThrownBy(() -> update(connection, "INSERT INTO t VALUES (1, 1)"))
        .isInstanceOf(R2dbcDataIntegrityViolationException.class);
    assertThatThrownBy(() -> all(column(execute(connection, "SELECT 'x'"), Long.class)))
        .isInstanceOf(R2dbcDataIntegrityViolationException.class);
    assertThatThrownBy(
            () ->
                await(
                    ConnectionFactories.get(
                            Connections.url(server, "").replace("root@", "nobody:secret@"))
                        .create()))
        .isInstanceOf(R2dbcPermissionDeniedException.class)
        .hasMessageNotContaining("secret");
    await(connection.setStatementTimeout(Duration.ofMillis(100)));
    assertThatThrownBy(() -> integers(connection, "SELECT SLEEP(1000)"))
        .isInstanceOf(R2dbcTimeoutException.class);
    await(connection.setStatementTimeout(Duration.ZERO));
    assertThat(integers(connection, "SELECT 2")).containsExactly(2);
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aLockIsAwaitedAsLongAsWasSaid(Server server) {
    String schema = server.freshSchema(StatementsOnServersTest.class);
    Connection holder = Connections.open(server, schema);
    Connection waiter = Connections.open(server, schema);
    update(holder, "CREATE TABLE t (a INT PRIMARY KEY)");
    update(holder, "INSERT INTO t VALUES (1)");
    await(holder.beginTransaction());
    update(holder, "UPDATE t SET a = 2");
    await(waiter.setLockWaitTimeout(Duration.ofMillis(500)));
    assertThatThrownBy(() -> update(waiter, "UPDATE t SET a = 3"))
        .isInstanceOf(R2dbcRollbackException.class);
    await(holder.rollbackTransaction());
    assertThat(update(waiter, "UPDATE t SET a = 3")).isEqualTo(1);
    await(holder.close());
    await(waiter.close());
  }

  // ---- transactions

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aTransactionIsBegunAsItIsDefined(Server server) {
    Connection connection = open(server);
    update(connection, "CREATE TABLE t (a INT)");
    assertThat(connection.getTransactionIsolationLevel()).isEqualTo(IsolationLevel.REPEATABLE_READ);
    await(
        connection.beginTransaction(
            new TransactionDefinition() {
              @Override
              @SuppressWarnings("unchecked")
              public <T> T getAttribute(io.r2dbc.spi.Option<T> option) {
                if (option.equals(TransactionDefinition.READ_ONLY)) {
                  return (T) Boolean.TRUE;
                }
                return option.equals(TransactionDefinition.ISOLATION_LEVEL)
                    ? (T) IsolationLevel.SERIALIZABLE
                    : null;
              }
            }));
    assertThat(connection.isAutoCommit()).isFalse();
    assertThat(connection.getTransactionIsolationLevel()).isEqualTo(IsolationLevel.SERIALIZABLE);
    assertThatThrownBy(() -> update(connection, "INSERT INTO t VALUES (1)"))
        .isInstanceOf(R2dbcException.class);
    await(connection.rollbackTransaction());
    assertThat(connection.isAutoCommit()).isTrue();
    assertThat(connection.getTransactionIsolationLevel()).isEqualTo(IsolationLevel.REPEATABLE_READ);
    await(connection.setTransactionIsolationLevel(IsolationLevel.READ_COMMITTED));
    String variable =
        server.family() == Family.MYSQL ? "@@transaction_isolation" : "@@tx_isolation";
    assertThat(all(column(execute(connection, "SELECT " + variable), String.class)))
        .containsExactly("READ-COMMITTED");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void whatAPoolTakesBackHasNoTransactionOpen(Server server) {
    BonitoConnection connection = (BonitoConnection) open(server);
    update(connection, "CREATE TABLE t (a INT)");
    await(connection.setAutoCommit(false));
    update(connection, "INSERT INTO t VALUES (1)");
    await(connection.preRelease());
    assertThat(connection.isAutoCommit()).isTrue();
    assertThat(integers(connection, "SELECT COUNT(*) FROM t")).containsExactly(0);
    await(connection.close());
    assertThat(await(connection.validate(ValidationDepth.REMOTE))).isFalse();
    assertThatThrownBy(() -> integers(connection, "SELECT 1")).isInstanceOf(R2dbcException.class);
    assertThat(Mono.from(connection.close()).block(Connections.PATIENCE)).isNull();
  }
}
