package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Secret;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.testkit.server.Account;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.tls.CertificateAuthority;
import io.bonito.transport.BlockingTransport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The blocking transport on real servers. */
@Timeout(60)
@Tag("server")
class BlockingTransportTest {
  private static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  @ParameterizedTest
  @MethodSource(SERVERS)
  void selectsOverTcp(Server server) throws Exception {
    assertThat(select(options(server).build())).containsExactly("1", "2");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void selectsInTheClear(Server server) throws Exception {
    assertThat(select(options(server).set(TlsOptions.SSL_MODE, TlsMode.DISABLED).build()))
        .containsExactly("1", "2");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void selectsOverAUnixSocket(Server server) throws Exception {
    assertThat(select(options(server).set(Options.LOCAL_SOCKET, socket(server)).build()))
        .containsExactly("1", "2");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void selectsOverVerifiedTls(Server server) throws Exception {
    ConnectionOptions options =
        options(server)
            .set(TlsOptions.SSL_MODE, TlsMode.VERIFY_IDENTITY)
            .set(TlsOptions.SERVER_SSL_CERT, CertificateAuthority.shared().pem())
            .build();

    assertThat(select(options)).containsExactly("1", "2");
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void everyAccountLogsIn(Server server) throws Exception {
    for (Account account : server.accounts()) {
      ConnectionOptions.Builder options =
          options(server)
              .set(Options.USER, account.user())
              .set(Options.PASSWORD, Secret.of(account.password()));
      if (account.socketRequired()) {
        options.set(Options.LOCAL_SOCKET, socket(server));
      }
      try (BlockingTransport transport = BlockingTransport.open(options.build())) {
        assertThat(transport.isOpen()).as(account.user()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aWrongPasswordIsRejectedByTheServer(Server server) {
    ConnectionOptions options =
        options(server).set(Options.USER, "native").set(Options.PASSWORD, Secret.of("no")).build();

    assertThatThrownBy(() -> BlockingTransport.open(options))
        .asInstanceOf(type(ConnectionException.class))
        .satisfies(
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.REJECTED);
              assertThat(e.serverError().orElseThrow().code()).isEqualTo(1045);
            });
  }

  private static List<String> select(ConnectionOptions options) throws Exception {
    try (BlockingTransport transport = BlockingTransport.open(options)) {
      transport.session().query("SELECT 1 UNION SELECT 2");
      List<String> values = new ArrayList<>();
      for (Event event = transport.next(); event != Event.DONE; event = transport.next()) {
        if (event == Event.ROW) {
          values.add(transport.session().row().getString(0));
        }
      }
      return values;
    }
  }

  private static ConnectionOptions.Builder options(Server server) {
    return ConnectionOptions.builder()
        .set(Options.HOST, server.host())
        .set(Options.PORT, server.port())
        .set(Options.USER, server.user());
  }

  private static String socket(Server server) {
    return server.socketPath().toString();
  }
}
