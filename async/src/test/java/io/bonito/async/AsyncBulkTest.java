package io.bonito.async;

import static io.bonito.async.Asyncs.await;
import static io.bonito.async.Asyncs.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.option.Options;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.fault.Direction;
import io.bonito.testkit.fault.FaultProxy;
import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class AsyncBulkTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";
  private static final int MANY = 3000;

  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = Asyncs.loops();
  }

  @AfterAll
  static void end() {
    Asyncs.end(loops);
  }

  private static AsyncConnection withTable(Server server, String host, int port) throws Exception {
    AsyncConnection connection =
        await(
            AsyncConnection.connect(
                Asyncs.options(server)
                    .set(Options.HOST, host)
                    .set(Options.PORT, port)
                    .set(Options.DATABASE, server.freshSchema(AsyncBulkTest.class))
                    .set("sslMode", "disable")
                    .build(),
                loops));
    await(
        connection
            .query("CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(20), d DATE) ENGINE=InnoDB")
            .run());
    return connection;
  }

  private static AsyncConnection withTable(Server server) throws Exception {
    return withTable(server, server.host(), server.port());
  }

  private static PreparedQuery insert(AsyncConnection connection) throws Exception {
    return await(connection.prepare("INSERT INTO t VALUES (?, ?, ?)"));
  }

  private static List<Parameters> rows(PreparedQuery insert, int from, int to) {
    List<Parameters> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Parameters values = insert.parameters();
      values.setInt(0, i);
      values.setString(1, "row " + i);
      values.setObject(2, LocalDate.of(2026, 1, 1).plusDays(i));
      rows.add(values);
    }
    return rows;
  }

  private static List<String> column(AsyncConnection connection, String sql) throws Exception {
    return await(connection.query(sql).list(row -> String.valueOf(row.getString(0))));
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void thousandsOfRowsAreOneCommandWhereTheServerHasOne(Server server) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
      AsyncConnection connection = withTable(server, proxy.host(), proxy.port());
      PreparedQuery insert = insert(connection);
      long before = proxy.connections().get(0).packets(Direction.TO_SERVER);
      assertThat(await(insert.bulk(rows(insert, 0, MANY)))).isEqualTo(MANY);
      long sent = proxy.connections().get(0).packets(Direction.TO_SERVER) - before;
      assertThat(sent).isEqualTo(server.family() == Family.MARIADB ? 1 : MANY);
      assertThat(column(connection, "SELECT CONCAT(COUNT(*), ' ', MAX(d), ' ', MIN(a)) FROM t"))
          .containsExactly(MANY + " " + LocalDate.of(2026, 1, 1).plusDays(MANY - 1L) + " row 0");
      await(connection.close());
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void rowsOfOtherKindsAndNullsGoToo(Server server) throws Exception {
    AsyncConnection connection = withTable(server);
    PreparedQuery insert = insert(connection);
    List<Parameters> rows = rows(insert, 0, 5);
    rows.get(1).setNull(1);
    rows.get(2).setString(0, "20");
    rows.get(3).setString(2, "2027-02-03");
    rows.get(4).setNull(2);
    assertThat(await(insert.bulk(rows))).isEqualTo(5);
    assertThat(column(connection, "SELECT CONCAT_WS(' ', id, a, d) FROM t ORDER BY id"))
        .containsExactly(
            "0 row 0 2026-01-01",
            "1 2026-01-02",
            "3 row 3 2027-02-03",
            "4 row 4",
            "20 row 2 2026-01-03");
    assertThat(await(insert.bulk(List.of()))).isZero();
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aRefusedRowFailsItsCommandAndTheConnectionGoesOn(Server server) throws Exception {
    AsyncConnection connection = withTable(server);
    PreparedQuery insert = insert(connection);
    List<Parameters> rows = rows(insert, 0, 10);
    rows.get(9).setInt(0, 3);
    assertThat(failure(connection.inTransaction(same -> insert.bulk(rows))).vendorCode())
        .isEqualTo(1062);
    assertThat(column(connection, "SELECT COUNT(*) FROM t")).containsExactly("0");
    rows.get(9).setInt(0, 9);
    long inserted = await(connection.inTransaction(same -> insert.bulk(rows)));
    assertThat(inserted).isEqualTo(10);
    assertThat(column(connection, "SELECT COUNT(*) FROM t")).containsExactly("10");
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whatCannotBeSentOrWasGivenUpLeavesTheConnectionUsable(Server server) throws Exception {
    AsyncConnection connection = withTable(server);
    PreparedQuery insert = insert(connection);
    await(connection.query("DROP TABLE t").run());
    assertThat(failure(insert.bulk(rows(insert, 0, 2))).vendorCode()).isEqualTo(1146);
    CompletableFuture<Long> unwanted = insert.bulk(rows(insert, 0, 100));
    unwanted.cancel(false);
    assertThat(column(connection, "SELECT 7")).containsExactly("7");
    await(connection.close());
    assertThat(failure(insert.bulk(rows(insert, 200, 201))).sqlState()).startsWith("08");
  }
}
