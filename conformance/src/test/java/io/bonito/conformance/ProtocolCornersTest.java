package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import io.bonito.transport.BlockingConnection;
import io.bonito.transport.BlockingTransport;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of the protocol that few programs reach, on the servers that have them. */
@Tag("server")
@Timeout(120)
class ProtocolCornersTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  /** What they change of the packets holds for all commands of the session. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void statementsOfAllKindsRunWhereQueryAttributesAreAgreedOn(Server server) throws Exception {
    Map<String, String> attributes = Map.of("trace", "4711", "from", "caf\u00e9");
    try (BlockingConnection db =
        BlockingConnection.connect(
            options(server).set(Options.QUERY_ATTRIBUTES, attributes).build())) {
      boolean agreed = db.state().has(Capability.QUERY_ATTRIBUTES);
      assertThat(agreed)
          .isEqualTo(server.family() == Family.MYSQL && !server.version().equals("8.0.12"));
      if (agreed) {
        BlockingTransport transport = db.transport();
        transport.session().submit(new QueryExchange("SELECT 'with'", attributes));
        assertThat(transport.next()).isEqualTo(Event.COLUMNS);
        assertThat(transport.next()).isEqualTo(Event.ROW);
        assertThat(transport.session().row().getString(0)).isEqualTo("with");
        assertThat(transport.next()).isEqualTo(Event.RESULT_END);
        assertThat(transport.next()).isEqualTo(Event.DONE);
      }
      assertThat(db.query("SELECT 'without'").list(row -> row.getString(0)))
          .containsExactly("without");
      for (int i = 0; i < 2; i++) {
        assertThat(db.query("SELECT ?, ?", "x", 7 + i).list(row -> row.getString(0)))
            .containsExactly("x");
      }
      db.ping();
    }
  }

  /** The server stops reading somewhere within the command, says why, and closes. */
  @ParameterizedTest
  @MethodSource(SERVERS)
  void aCommandTooLargeForTheServerIsRefusedInItsWords(Server shared) throws Exception {
    String tooLarge = "SELECT LENGTH('" + "x".repeat(60_000_000) + "')";
    try (Server server =
        Servers.start(ServerOptions.of(shared.kind()).argument("--max-allowed-packet=20971520"))) {
      for (int i = 0; i < 3; i++) {
        try (BlockingConnection db = BlockingConnection.connect(options(server).build())) {
          ConnectionException e =
              catchThrowableOfType(ConnectionException.class, () -> db.query(tooLarge).close());
          assertThat(e.serverError().orElseThrow().code()).isEqualTo(1153);
          assertThat(e.commandMayHaveRun()).isFalse();
          assertThat(db.isConnected()).isFalse();
        }
      }
    }
  }

  private static ConnectionOptions.Builder options(Server server) {
    return ConnectionOptions.builder()
        .set(Options.HOST, server.host())
        .set(Options.PORT, server.port())
        .set(Options.USER, "root");
  }
}
