package io.bonito.r2dbc;

import static io.bonito.r2dbc.Connections.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.Result;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Which instant a TIMESTAMP is, on servers whose zone is neither UTC nor the JVM's. */
@Timeout(240)
class ZonesTest {
  private static final Instant SUMMER = Instant.parse("2024-07-01T12:00:00Z");

  static List<ServerKind> kinds() {
    return Servers.selectedKinds();
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("kinds")
  void instantsAreExactInTheZoneThatTheUrlSays(ServerKind kind) {
    try (Server server =
        Servers.start(ServerOptions.of(kind).argument("--default-time-zone=+05:30"))) {
      instantsAreExact(server, "r2dbc:bonito", "", "+00:00");
      instantsAreExact(server, "r2dbc:bonito:mysql", "?serverTimezone=%2B05:30", "+05:30");
      instantsAreExact(
          server,
          "r2dbc:bonito:mysql",
          "?connectionTimeZone=-08:00&forceConnectionTimeZoneToSession=true",
          "-08:00");
    }
  }

  private static void instantsAreExact(Server server, String prefix, String options, String zone) {
    String schema = server.freshSchema(ZonesTest.class);
    Connection connection =
        await(
            ConnectionFactories.get(
                    "%s://%s@%s:%d/%s%s"
                        .formatted(
                            prefix, server.user(), server.host(), server.port(), schema, options))
                .create());
    assertThat(
            await(
                Connections.column(
                    Connections.execute(connection, "SELECT @@time_zone"), String.class)))
        .isEqualTo(zone);
    Connections.update(connection, "CREATE TABLE t (at TIMESTAMP NULL)");
    for (Object value :
        List.of(SUMMER, SUMMER.atOffset(ZoneOffset.ofHours(9)), SUMMER.atZone(ZoneOffset.UTC))) {
      Connections.update(connection, "DELETE FROM t");
      await(
          Flux.from(connection.createStatement("INSERT INTO t VALUES (?)").bind(0, value).execute())
              .concatMap(Result::getRowsUpdated));
      try (AdminConnection admin = server.admin()) {
        assertThat(admin.value("SELECT UNIX_TIMESTAMP(at) FROM " + schema + ".t"))
            .as("%s by %s%s", value.getClass().getSimpleName(), prefix, options)
            .isEqualTo(Long.toString(SUMMER.getEpochSecond()));
      }
      List<Object> read =
          await(
              Flux.from(connection.createStatement("SELECT at FROM t").execute())
                  .concatMap(
                      result ->
                          result.map(
                              row ->
                                  List.of(
                                      row.get(0, Instant.class),
                                      row.get(0, OffsetDateTime.class).toInstant(),
                                      row.get(0, ZonedDateTime.class).toInstant(),
                                      row.get(0, LocalDateTime.class)))));
      assertThat(read)
          .containsExactly(
              SUMMER, SUMMER, SUMMER, LocalDateTime.ofInstant(SUMMER, ZoneOffset.of(zone)));
    }
    await(connection.close());
  }

  @Test
  void theServersOwnZoneIsRefusedWithTheReason() {
    assertThatThrownBy(
            () -> ConnectionFactories.get("r2dbc:bonito:mysql://app@db/shop?serverTimezone=SERVER"))
        .isInstanceOf(R2dbcNonTransientResourceException.class)
        .hasMessageContaining("connectionTimeZone=SERVER")
        .hasMessageContaining("Europe/Berlin");
  }
}
