package io.bonito.async;

import static io.bonito.async.Asyncs.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Scheme;
import io.bonito.protocol.option.ServerPreparation;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import io.netty.channel.EventLoopGroup;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which instant a TIMESTAMP is, on servers whose zone is neither UTC nor the JVM's. */
@Timeout(240)
class AsyncZonesTest {
  private static final Instant SUMMER = Instant.parse("2024-07-01T12:00:00.123456Z");

  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = Asyncs.loops();
  }

  @AfterAll
  static void end() {
    Asyncs.end(loops);
  }

  private static AsyncConnection connect(ConnectionOptions.Builder options) throws Exception {
    return await(AsyncConnection.connect(options.build(), loops));
  }

  private static Server inKolkata(ServerKind kind) {
    return Servers.start(ServerOptions.of(kind).argument("--default-time-zone=+05:30"));
  }

  private static String zone(AsyncConnection connection) throws Exception {
    return await(connection.query("SELECT @@time_zone").first(row -> row.getString(0)))
        .orElseThrow();
  }

  /** Written by one and read by another, whose session has the server's zone. */
  private static void instantsAreExact(Server server, ConnectionOptions.Builder options)
      throws Exception {
    for (ServerPreparation how : ServerPreparation.values()) {
      String schema = server.freshSchema(AsyncZonesTest.class);
      AsyncConnection connection =
          connect(options.set(Options.DATABASE, schema).set(Options.USE_SERVER_PREP_STMTS, how));
      await(
          connection
              .query("CREATE TABLE t (n INT, at TIMESTAMP(6) NULL, local DATETIME(6) NULL)")
              .run());
      OffsetDateTime elsewhere = SUMMER.atOffset(ZoneOffset.ofHours(-3));
      await(connection.query("INSERT INTO t VALUES (1, ?, ?)", SUMMER, elsewhere).run());
      try (AdminConnection admin = server.admin()) {
        assertThat(admin.value("SELECT @@time_zone")).isEqualTo("+05:30");
        assertThat(admin.value("SELECT UNIX_TIMESTAMP(at) FROM " + schema + ".t"))
            .as("what the server holds, by %s", how)
            .isEqualTo("1719835200.123456");
        admin.execute("INSERT INTO " + schema + ".t (n, at) VALUES (2, '2024-07-01 17:30:00.5')");
      }
      List<Instant> read =
          await(
                  connection
                      .query("SELECT at, local FROM t WHERE n = 1")
                      .list(
                          row ->
                              List.of(
                                  row.get(0, Instant.class),
                                  row.get(1, OffsetDateTime.class).toInstant())))
              .get(0);
      assertThat(read).containsExactly(SUMMER, SUMMER);
      assertThat(
              await(
                  connection
                      .query("SELECT at FROM t WHERE n = ?", 2)
                      .first(row -> row.get(0, Instant.class))))
          .contains(Instant.parse("2024-07-01T12:00:00.5Z"));
      await(connection.close());
    }
  }

  static List<ServerKind> kinds() {
    return Servers.selectedKinds();
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("kinds")
  void anInstantIsTheSameWhateverTheServersZone(ServerKind kind) throws Exception {
    try (Server server = inKolkata(kind)) {
      instantsAreExact(server, Asyncs.options(server));
      instantsAreExact(server, Asyncs.options(server).set("connectionTimeZone", "-03:30"));
      instantsAreExact(
          server,
          Asyncs.options(server)
              .set("connectionTimeZone", "+05:30")
              .set("forceConnectionTimeZoneToSession", "false"));
      instantsAreExact(
          server, Asyncs.options(server).scheme(Scheme.MYSQL).set("serverTimezone", "+05:30"));
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource("kinds")
  void theSessionIsToldOfTheZoneAlsoWhenItIsBegunAnew(ServerKind kind) throws Exception {
    try (Server server = inKolkata(kind)) {
      AsyncConnection connection = connect(Asyncs.options(server));
      assertThat(zone(connection)).isEqualTo("+00:00");
      await(connection.reset());
      assertThat(zone(connection)).isEqualTo("+00:00");
      await(connection.close());
      AsyncConnection alone = connect(Asyncs.options(server).scheme(Scheme.MYSQL));
      assertThat(zone(alone)).isEqualTo("+05:30");
      await(alone.reset());
      assertThat(zone(alone)).isEqualTo("+05:30");
      await(alone.close());
    }
  }

  @Tag("server")
  @ParameterizedTest
  @MethodSource(Asyncs.SERVERS)
  void aZoneThatTheServerRefusesEndsTheLogin(Server server) throws Exception {
    AsyncException failure =
        Asyncs.failure(
            AsyncConnection.connect(
                Asyncs.options(server).set("connectionTimeZone", "Antarctica/Troll").build(),
                loops));
    assertThat(failure)
        .hasMessageContaining("forceConnectionTimeZoneToSession=false")
        .hasMessageContaining("Antarctica/Troll");
    assertThat(failure.isConnectionLost()).isTrue();
  }

  @Test
  void theServersOwnZoneIsRefusedBeforeAnythingIsConnected() {
    ConnectionOptions options =
        ConnectionOptions.builder()
            .set(Options.HOST, "nowhere.invalid")
            .set("connectionTimeZone", "SERVER")
            .build();
    assertThatThrownBy(() -> await(AsyncConnection.connect(options, loops)))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("connectionTimeZone=SERVER")
        .hasMessageContaining("Europe/Berlin");
  }
}
