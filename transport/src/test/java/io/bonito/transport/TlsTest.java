package io.bonito.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.ScriptedServer;
import io.bonito.testkit.tls.CertificateAuthority;
import io.bonito.testkit.tls.CertificateSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Towards a server on another machine, or what looks like one. */
@Timeout(60)
class TlsTest {
  private static final int SSL_REQUEST_BYTES = 36;

  @Test
  void aTrustedServerIsSpokenToInTls() throws Exception {
    try (ListeningServer server = tlsServer(CertificateAuthority.sharedServer().context());
        BlockingTransport transport = BlockingTransport.open(remote(server.port(), true).build())) {
      assertThat(transport.isEncrypted()).isTrue();
      transport.session().ping();
      assertThat(transport.next()).isEqualTo(Event.RESULT_END);
      assertThat(transport.next()).isEqualTo(Event.DONE);
    }
  }

  /** Somebody in between could have taken the offer away: not one byte goes out. */
  @Test
  void aServerWithoutTlsIsToldNothing() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              greet(socket, Capabilities.USUAL);
              assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            })) {
      ConnectionException e = failure(remote(server.port(), true));

      assertThat(e.reason()).isEqualTo(Reason.TLS);
      assertThat(e).hasMessageContaining("does not offer it").hasMessageContaining("DISABLED");
      server.join();
    }
  }

  @Test
  void aSelfSignedServerIsToldNothingAndTheThreeWaysOutAreTold() throws Exception {
    SSLContext selfSigned =
        CertificateAuthority.selfSigned(CertificateSpec.named("localhost")).context();
    try (ListeningServer server = tlsServer(selfSigned)) {
      ConnectionException e = failure(remote(server.port(), false));

      assertThat(e.reason()).isEqualTo(Reason.TLS);
      assertThat(e)
          .hasMessageContaining("signed by nobody known here")
          .hasMessageContaining("serverSslCert=")
          .hasMessageContaining("MariaDB 11.4")
          .hasMessageContaining("sslMode=trust");
      assertThat(server.talks().get(0)).isNotNull();
    }
  }

  @Test
  void trustWrittenOutIsEnough() throws Exception {
    SSLContext selfSigned =
        CertificateAuthority.selfSigned(CertificateSpec.named("localhost")).context();
    try (ListeningServer server = tlsServer(selfSigned);
        BlockingTransport transport =
            BlockingTransport.open(
                remote(server.port(), false).set(TlsOptions.SSL_MODE, TlsMode.REQUIRED).build())) {
      assertThat(transport.isEncrypted()).isTrue();
    }
  }

  @Test
  void anAnswerInTheClearWhereTlsIsDueIsRefused() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              greet(socket, Capabilities.USUAL | Capabilities.SSL);
              socket.getInputStream().readNBytes(SSL_REQUEST_BYTES);
              packet(socket, 2, Packets.ok());
              socket.getInputStream().readAllBytes();
            })) {
      assertThat(failure(remote(server.port(), true)).reason()).isEqualTo(Reason.TLS);
      server.join();
    }
  }

  /** They would be taken for the server's, though somebody in between put them there. */
  @Test
  void bytesInTheClearBehindTheGreetingAreRefused() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              ByteArrayOutputStream both = new ByteArrayOutputStream();
              byte[] greeting =
                  Packets.greeting(
                      "8.0.33", Capabilities.USUAL | Capabilities.SSL, "mysql_native_password");
              both.write(new byte[] {(byte) greeting.length, 0, 0, 0});
              both.write(greeting);
              both.write(new byte[] {7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0});
              socket.getOutputStream().write(both.toByteArray());
              assertThat(socket.getInputStream().readAllBytes().length)
                  .isLessThanOrEqualTo(SSL_REQUEST_BYTES);
            })) {
      assertThat(failure(remote(server.port(), true)).reason()).isEqualTo(Reason.MALFORMED);
      server.join();
    }
  }

  @Test
  void aHandshakeThatStandsStillEndsAtTheDeadline() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              greet(socket, Capabilities.USUAL | Capabilities.SSL);
              socket.getInputStream().readAllBytes();
            })) {
      ConnectionException e =
          failure(remote(server.port(), true).set(Options.CONNECT_TIMEOUT, Duration.ofMillis(400)));

      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      server.join();
    }
  }

  @Test
  void aStreamCutInTheMiddleOfAnAnswerIsLost() throws Exception {
    try (ListeningServer server =
            new ScriptedServer()
                .greeting("8.0.33", Capabilities.USUAL | Capabilities.SSL, "mysql_native_password")
                .sslRequest(
                    (payload, wire) -> wire.startTls(CertificateAuthority.sharedServer().context()))
                .query(
                    "SELECT 1",
                    wire -> {
                      wire.raw((byte) 1, (byte) 0, (byte) 0, (byte) 1, (byte) 1);
                      wire.reset();
                    })
                .listen();
        BlockingTransport transport = BlockingTransport.open(remote(server.port(), true).build())) {
      transport.session().query("SELECT 1");
      ConnectionException e =
          catchThrowableOfType(
              ConnectionException.class,
              () -> {
                while (transport.next() != Event.DONE) {}
              });

      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.commandMayHaveRun()).isTrue();
    }
  }

  private static ListeningServer tlsServer(SSLContext context) throws IOException {
    return new ScriptedServer()
        .greeting("8.0.33", Capabilities.USUAL | Capabilities.SSL, "mysql_native_password")
        .sslRequest((payload, wire) -> wire.startTls(context))
        .listen();
  }

  private static void greet(Socket socket, long capabilities) throws IOException {
    packet(socket, 0, Packets.greeting("8.0.33", capabilities, "mysql_native_password"));
  }

  private static void packet(Socket socket, int sequence, byte[] payload) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(new byte[] {(byte) payload.length, 0, 0, (byte) sequence});
    packet.write(payload);
    socket.getOutputStream().write(packet.toByteArray());
  }

  private static ConnectionException failure(ConnectionOptions.Builder options) {
    return catchThrowableOfType(
        ConnectionException.class, () -> BlockingTransport.open(options.build()).close());
  }

  private static ConnectionOptions.Builder remote(int port, boolean trustingOurCa) {
    ConnectionOptions.Builder options =
        ConnectionOptions.builder()
            .set(Options.HOST, "localhost")
            .set(Options.PORT, port)
            .object(SocketOpener.SLOT, (host, toPort, timeLeft) -> new FarSocket(toPort));
    if (trustingOurCa) {
      options.set(TlsOptions.SERVER_SSL_CERT, CertificateAuthority.shared().pem());
    }
    return options;
  }

  /** Says that it leads to another machine. */
  private static final class FarSocket extends Socket {
    FarSocket(int port) throws IOException {
      super(InetAddress.getByName("127.0.0.1"), port);
    }

    @Override
    public InetAddress getInetAddress() {
      try {
        return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
