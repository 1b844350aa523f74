package io.bonito.netty;

import static io.bonito.netty.Loops.await;
import static io.bonito.netty.Loops.failure;
import static io.bonito.netty.Loops.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Secret;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.testkit.server.Account;
import io.bonito.testkit.server.Family;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import io.bonito.testkit.server.Tls;
import io.bonito.testkit.tls.CertificateAuthority;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Accounts, sockets, TLS and refusals of real servers. */
@Tag("server")
@Timeout(120)
class LoopWaysToServersTest extends LoopsOnServers {
  @ParameterizedTest
  @MethodSource(PLACES)
  void everyAccountLogsIn(Server server, LoopKind kind) throws Exception {
    for (Account account : server.accounts()) {
      ConnectionOptions.Builder options =
          options(server)
              .set(Options.USER, account.user())
              .set(Options.PASSWORD, Secret.of(account.password()));
      if (account.socketRequired()) {
        options.set(Options.LOCAL_SOCKET, server.socketPath().toString());
      }
      LoopConnection connection = connect(options.build(), kind);
      assertThat(query(connection, "SELECT CURRENT_USER()").get(1))
          .as(account.user())
          .startsWith("row " + account.user() + "@");
      await(connection.close());
    }
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void selectsOverAUnixSocket(Server server, LoopKind kind) throws Exception {
    LoopConnection connection =
        connect(
            options(server).set(Options.LOCAL_SOCKET, server.socketPath().toString()).build(),
            kind);
    assertThat(query(connection, "SELECT 1")).contains("row 1");
    assertThat(connection.isEncrypted()).isFalse();
    await(connection.close());
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void selectsOverVerifiedTls(Server server, LoopKind kind) throws Exception {
    LoopConnection connection =
        connect(
            options(server)
                .set(TlsOptions.SSL_MODE, TlsMode.VERIFY_IDENTITY)
                .set(TlsOptions.SERVER_SSL_CERT, CertificateAuthority.shared().pem())
                .build(),
            kind);
    assertThat(query(connection, "SELECT REPEAT('y', 300000)").get(1)).hasSize(300_004);
    assertThat(connection.isEncrypted()).isTrue();
    await(connection.close());
  }

  static Stream<ServerKind> kinds() {
    return Servers.selectedKinds().stream();
  }

  /** MariaDB 11.4 proves its certificate by the password; nobody does so for MySQL's. */
  @ParameterizedTest
  @MethodSource("kinds")
  void aSelfSignedServerIsProvenByItsFingerprintOrRefused(ServerKind kind) throws Exception {
    try (Server server = Servers.start(ServerOptions.of(kind).tls(Tls.SELF_SIGNED))) {
      CompletionStage<LoopConnection> connecting =
          LoopConnector.on(LOOPS.computeIfAbsent(LoopKind.NIO, LoopKind::one))
              .tcp(FarChannel::new)
              .names(FarChannel::somewhereElse)
              .connect(
                  options(server)
                      .set(Options.HOST, "localhost")
                      .set(Options.USER, "native")
                      .set(Options.PASSWORD, Secret.of("secret-native"))
                      .build());
      if (kind.family() == Family.MYSQL || kind == ServerKind.MARIADB_10_11) {
        ConnectionException refused = failure(connecting);
        assertThat(refused.reason()).isEqualTo(Reason.TLS);
        assertThat(refused).hasMessageContaining("serverSslCert=").hasMessageContaining("sslMode=");
      } else {
        LoopConnection connection = await(connecting);
        assertThat(connection.isEncrypted()).isTrue();
        assertThat(query(connection, "SELECT 1")).contains("row 1");
        await(connection.close());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PLACES)
  void aWrongPasswordAndAnUnknownSchemaAreRejectedAndTheNextLoginWorks(Server server, LoopKind kind)
      throws Exception {
    ConnectionException password =
        failure(
            connecting(
                options(server)
                    .set(Options.USER, "native")
                    .set(Options.PASSWORD, Secret.of("no"))
                    .build(),
                kind));
    ConnectionException schema =
        failure(connecting(options(server).set(Options.DATABASE, "no_such").build(), kind));
    for (ConnectionException rejected : List.of(password, schema)) {
      assertThat(rejected.reason()).isEqualTo(Reason.REJECTED);
    }
    assertThat(password.serverError().orElseThrow().code()).isEqualTo(1045);
    assertThat(schema.serverError().orElseThrow().code()).isEqualTo(1049);
    await(connect(server, kind).close());
  }
}
