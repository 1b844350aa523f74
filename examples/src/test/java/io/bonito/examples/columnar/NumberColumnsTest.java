package io.bonito.examples.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.examples.ExampleServers;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ColumnDecoder;
import io.bonito.protocol.value.ColumnType;
import io.bonito.testkit.server.Server;
import io.bonito.transport.BlockingConnection;
import io.bonito.transport.Result;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class NumberColumnsTest {
  private static final String NUMBERS =
      "SELECT n, n / 4e0 AS quarter, NULLIF(n, 2) AS most FROM numbers WHERE n > %s ORDER BY n";

  private static BlockingConnection connect(Server server) throws Exception {
    String schema = server.freshSchema(NumberColumnsTest.class);
    BlockingConnection connection =
        BlockingConnection.connect(ExampleServers.options(server, schema).build());
    connection.query("CREATE TABLE numbers (n BIGINT NOT NULL PRIMARY KEY)").close();
    List<String> rows = new ArrayList<>();
    for (int n = 1; n <= 1000; n++) {
      rows.add("(" + n + ")");
    }
    connection.query("INSERT INTO numbers VALUES " + String.join(",", rows)).close();
    return connection;
  }

  private static void fill(NumberColumns numbers, Result result) throws Exception {
    while (result.next()) {
      result.row().pushTo(numbers);
    }
  }

  private static void isAllOfThem(NumberColumns numbers) {
    assertThat(numbers.rowCount()).isEqualTo(1000);
    assertThat(numbers.longs(0)).hasSize(1000).startsWith(1, 2, 3).endsWith(999, 1000);
    assertThat(numbers.doubles(1)).hasSize(1000).startsWith(0.25, 0.5, 0.75).endsWith(250.0);
    assertThat(numbers.longs(2)).startsWith(1, 0, 3);
    assertThat(numbers.isNull(2, 0)).isFalse();
    assertThat(numbers.isNull(2, 1)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void takesTextRows(Server server) throws Exception {
    try (BlockingConnection connection = connect(server);
        Result result = connection.query(String.format(NUMBERS, "0"))) {
      NumberColumns numbers = new NumberColumns(result.columns());
      fill(numbers, result);
      isAllOfThem(numbers);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void takesBinaryRows(Server server) throws Exception {
    try (BlockingConnection connection = connect(server);
        Result result = connection.query(String.format(NUMBERS, "?"), 0)) {
      NumberColumns numbers = new NumberColumns(result.columns());
      fill(numbers, result);
      isAllOfThem(numbers);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void takesTheRowsOfJdbc(Server server) throws Exception {
    String schema;
    try (BlockingConnection connection = connect(server)) {
      schema = connection.state().schema();
    }
    String url = ExampleServers.url(server, schema, "");
    try (Connection connection =
            DriverManager.getConnection(url, server.user(), server.password());
        ResultSet rows = connection.createStatement().executeQuery(String.format(NUMBERS, "0"))) {
      NumberColumns numbers = null;
      while (rows.next()) {
        Row row = rows.unwrap(Row.class);
        numbers = numbers == null ? new NumberColumns(row.columns()) : numbers;
        row.pushTo(numbers);
      }
      assertThat(numbers).isNotNull().satisfies(NumberColumnsTest::isAllOfThem);
    }
  }

  /** What it is given is the session's own array, the same for many rows. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void nothingIsCopiedOnTheWay(Server server) throws Exception {
    Set<byte[]> arrays = new HashSet<>();
    Set<ColumnType> types = new HashSet<>();
    try (BlockingConnection connection = connect(server);
        Result result = connection.query(String.format(NUMBERS, "?"), 0)) {
      NumberColumns numbers =
          new NumberColumns(result.columns()) {
            @Override
            public void value(int column, ColumnDecoder decoder, byte[] bytes, int at, int size) {
              arrays.add(bytes);
              types.add(ColumnType.of(decoder.column().type()));
              super.value(column, decoder, bytes, at, size);
            }
          };
      fill(numbers, result);
    }
    assertThat(arrays).hasSizeLessThan(10);
    assertThat(types).containsOnly(ColumnType.LONGLONG, ColumnType.DOUBLE);
  }
}
