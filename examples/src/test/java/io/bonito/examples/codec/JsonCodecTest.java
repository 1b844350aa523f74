package io.bonito.examples.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bonito.examples.ExampleServers;
import io.bonito.jdbc.BonitoDataSource;
import io.bonito.netty.LoopConnection;
import io.bonito.netty.Sink;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.ExecuteExchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import io.bonito.transport.BlockingConnection;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON as a tree, in both directions and both formats, through JDBC, blocking and on a loop. */
@Tag("server")
class JsonCodecTest {
  private static final JsonNode TREE = tree("{\"name\":\"Zoë\",\"tags\":[1,2.5,null,true]}");
  private static final String CREATE = "CREATE TABLE doc (id INT, body JSON, note TEXT)";
  private static final String INSERT = "INSERT INTO doc VALUES (?, ?, ?)";

  private static JsonNode tree(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** How the driver comes to the codec. */
  enum Given {
    AS_AN_OBJECT,
    /** By the file in META-INF/services. */
    BY_SERVICE_LOADER
  }

  static Stream<Arguments> ways() {
    return Servers.selected()
        .flatMap(server -> Stream.of(Given.values()).map(given -> Arguments.of(server, given)));
  }

  private static ConnectionOptions options(Server server, String schema, Given given) {
    ConnectionOptions.Builder options = ExampleServers.options(server, schema);
    return given == Given.AS_AN_OBJECT
        ? options.object(Codecs.SLOT, new Codecs(List.of(new JsonCodec()))).build()
        : options.build();
  }

  // ---- JDBC

  private static Connection jdbc(Server server, String schema, Given given, String more)
      throws SQLException {
    String url = ExampleServers.url(server, schema, more);
    if (given == Given.BY_SERVICE_LOADER) {
      return DriverManager.getConnection(url, server.user(), server.password());
    }
    BonitoDataSource source = new BonitoDataSource();
    source.setUrl(url);
    source.setCodecs(List.of(new JsonCodec()));
    return source.getConnection(server.user(), server.password());
  }

  @ParameterizedTest(name = "{0}, {1}", autoCloseArguments = false)
  @MethodSource("ways")
  void travelsThroughJdbcInBinary(Server server, Given given) throws Exception {
    throughJdbc(server, given, "");
  }

  @ParameterizedTest(name = "{0}, {1}", autoCloseArguments = false)
  @MethodSource("ways")
  void travelsThroughJdbcInText(Server server, Given given) throws Exception {
    throughJdbc(server, given, "?useServerPrepStmts=false");
  }

  private static void throughJdbc(Server server, Given given, String more) throws Exception {
    String schema = server.freshSchema(JsonCodecTest.class);
    try (Connection connection = jdbc(server, schema, given, more);
        Statement statement = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(INSERT);
        PreparedStatement select =
            connection.prepareStatement("SELECT body, note FROM doc WHERE id = ?")) {
      statement.execute(CREATE);
      insert.setInt(1, 7);
      insert.setObject(2, TREE);
      insert.setObject(3, TREE);
      insert.executeUpdate();
      select.setInt(1, 7);
      try (ResultSet rows = select.executeQuery()) {
        isTheTree(rows);
      }
      try (ResultSet rows = statement.executeQuery("SELECT body, note FROM doc")) {
        isTheTree(rows);
      }
    }
  }

  private static void isTheTree(ResultSet rows) throws SQLException {
    assertThat(rows.next()).isTrue();
    assertThat(rows.getObject(1)).isEqualTo(TREE);
    assertThat(rows.getObject("body", JsonNode.class)).isEqualTo(TREE);
    assertThat(rows.getObject(2, JsonNode.class)).isEqualTo(TREE);
    assertThat(rows.getObject(2))
        .as("text is text, unless it is asked for")
        .isInstanceOf(String.class);
    assertThat(rows.getMetaData().getColumnClassName(1)).isEqualTo(JsonNode.class.getName());
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void noCodecsMeansNone(Server server) throws Exception {
    String schema = server.freshSchema(JsonCodecTest.class);
    ConnectionOptions none =
        ExampleServers.options(server, schema).object(Codecs.SLOT, Codecs.NONE).build();
    try (BlockingConnection connection = BlockingConnection.connect(none)) {
      assertThat(connection.query("SELECT '[1]'").list(row -> row.getObject(0)))
          .containsExactly("[1]");
      assertThatThrownBy(
              () -> connection.query("SELECT '[1]'").list(row -> row.get(0, JsonNode.class)))
          .hasMessageContaining("JsonNode");
    }
  }

  // ---- blocking

  @ParameterizedTest(name = "{0}, {1}", autoCloseArguments = false)
  @MethodSource("ways")
  void travelsThroughABlockingConnection(Server server, Given given) throws Exception {
    String schema = server.freshSchema(JsonCodecTest.class);
    try (BlockingConnection connection =
        BlockingConnection.connect(options(server, schema, given))) {
      connection.query(CREATE).close();
      connection.query(INSERT, 7, TREE, TREE).close();
      assertThat(connection.query("SELECT body FROM doc").list(row -> row.getObject(0)))
          .containsExactly(TREE);
      assertThat(
              connection
                  .query("SELECT body, note FROM doc WHERE id = ?", 7)
                  .list(row -> List.of(row.getObject(0), row.get(1, JsonNode.class))))
          .containsExactly(List.of(TREE, TREE));
      assertThatThrownBy(
              () -> connection.query("SELECT 'no [JSON'").list(row -> row.get(0, JsonNode.class)))
          .hasMessageContaining("no JSON");
    }
  }

  // ---- on a loop

  @ParameterizedTest(name = "{0}, {1}", autoCloseArguments = false)
  @MethodSource("ways")
  void travelsThroughALoopConnection(Server server, Given given) throws Exception {
    String schema = server.freshSchema(JsonCodecTest.class);
    EventLoopGroup group = new NioEventLoopGroup(1);
    try {
      ConnectionOptions options = options(server, schema, given);
      LoopConnection connection =
          LoopConnection.connect(options, group).toCompletableFuture().get(60, TimeUnit.SECONDS);
      read(connection, new QueryExchange(CREATE));
      ServerStatement insert = new ServerStatement(INSERT);
      read(connection, new PrepareExchange(insert));
      Parameters parameters = new Parameters(3, Codecs.of(options), ZoneOffset.UTC);
      parameters.setObject(0, 7);
      parameters.setObject(1, TREE);
      parameters.setObject(2, TREE);
      read(connection, new ExecuteExchange(insert, parameters, /* cursor= */ false));
      assertThat(read(connection, new QueryExchange("SELECT body FROM doc"))).isEqualTo(TREE);
      ServerStatement select = new ServerStatement("SELECT body FROM doc");
      read(connection, new PrepareExchange(select));
      assertThat(
              read(connection, new ExecuteExchange(select, new Parameters(0), /* cursor= */ false)))
          .isEqualTo(TREE);
      connection.close().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } finally {
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  /** The first value of the last row, or null where there is none. */
  private static Object read(LoopConnection connection, Exchange exchange) throws Exception {
    CompletableFuture<Object> value = new CompletableFuture<>();
    connection.submit(
        exchange,
        new Sink() {
          private Object latest;

          @Override
          public boolean row(Row row) {
            latest = row.getObject(0);
            return true;
          }

          @Override
          public void done() {
            value.complete(latest);
          }

          @Override
          public void refused(ServerError error) {
            value.completeExceptionally(new IllegalStateException(error.message()));
          }

          @Override
          public void failed(Throwable failure) {
            value.completeExceptionally(failure);
          }
        });
    return value.get(60, TimeUnit.SECONDS);
  }
}
