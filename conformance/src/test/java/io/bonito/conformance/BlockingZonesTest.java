package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Secret;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import io.bonito.transport.BlockingConnection;
import io.bonito.transport.Result;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which instant a TIMESTAMP is without JDBC, on servers whose zone is neither UTC nor the JVM's.
 */
@Tag("server")
@Timeout(240)
class BlockingZonesTest {
  private static final Instant SUMMER = Instant.parse("2024-07-01T12:00:00Z");

  static List<ServerKind> kinds() {
    return Servers.selectedKinds();
  }

  private static ConnectionOptions.Builder options(Server server) {
    return ConnectionOptions.builder()
        .set(Options.HOST, server.host())
        .set(Options.PORT, server.port())
        .set(Options.USER, server.user())
        .set(Options.PASSWORD, Secret.of(server.password()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anInstantIsTheSameWhateverTheServersZone(ServerKind kind) throws Exception {
    try (Server server =
        Servers.start(ServerOptions.of(kind).argument("--default-time-zone=+05:30"))) {
      for (Map<String, String> zone :
          List.of(
              Map.<String, String>of(),
              Map.of("connectionTimeZone", "-03:00"),
              Map.of(
                  "connectionTimeZone", "+05:30", "forceConnectionTimeZoneToSession", "false"))) {
        String schema = server.freshSchema(BlockingZonesTest.class);
        ConnectionOptions.Builder options = options(server).set(Options.DATABASE, schema);
        zone.forEach(options::set);
        try (BlockingConnection connection = BlockingConnection.connect(options.build());
            AdminConnection admin = server.admin()) {
          connection.query("CREATE TABLE t (at TIMESTAMP NULL)").close();
          connection.query("INSERT INTO t VALUES (?)", SUMMER).close();
          assertThat(admin.value("SELECT UNIX_TIMESTAMP(at) FROM " + schema + ".t"))
              .as("with %s", zone)
              .isEqualTo(Long.toString(SUMMER.getEpochSecond()));
          try (Result rows = connection.query("SELECT at FROM t")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.row().get(0, Instant.class)).isEqualTo(SUMMER);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aSessionBeginsAsTheOptionsSay(Server server) throws Exception {
    ConnectionOptions options =
        options(server)
            .set("sessionVariables", "@tenant=3+4")
            .set("initSql", "SET @twice = 2 * @tenant")
            .set("autocommit", "false")
            .build();
    try (BlockingConnection connection = BlockingConnection.connect(options);
        Result rows = connection.query("SELECT @twice, @@autocommit, @@time_zone")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.row().getInt(0)).isEqualTo(14);
      assertThat(rows.row().getInt(1)).isZero();
      assertThat(rows.row().getString(2)).isEqualTo("+00:00");
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void aZoneThatTheServerRefusesEndsTheLogin(Server server) {
    ConnectionOptions options =
        options(server).set("connectionTimeZone", "Antarctica/Troll").build();
    assertThatThrownBy(() -> BlockingConnection.connect(options))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("time_zone")
        .hasMessageContaining("Antarctica/Troll");
    ConnectionOptions servers = options(server).set("connectionTimeZone", "SERVER").build();
    assertThatThrownBy(() -> BlockingConnection.connect(servers))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("connectionTimeZone=SERVER");
  }
}
