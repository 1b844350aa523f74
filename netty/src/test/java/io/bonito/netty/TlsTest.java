package io.bonito.netty;

import static io.bonito.netty.Loops.await;
import static io.bonito.netty.Loops.failure;
import static io.bonito.netty.Loops.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.ScriptedServer;
import io.bonito.testkit.tls.CertificateAuthority;
import io.bonito.testkit.tls.CertificateSpec;
import io.netty.channel.EventLoopGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Towards a server on another machine, or what looks like one. */
@Timeout(60)
class TlsTest {
  private static final int SSL_REQUEST_BYTES = 36;
  private static final EventLoopGroup LOOP = Loops.one();

  @AfterAll
  static void end() {
    Loops.end(LOOP);
  }

  @Test
  void aTrustedServerIsSpokenToInTls() throws Exception {
    try (ListeningServer server = tlsServer(CertificateAuthority.sharedServer().context())) {
      LoopConnection connection = await(connect(remote(server.port(), true)));
      assertThat(connection.isEncrypted()).isTrue();
      assertThat(query(connection, "DO 1")).containsExactly("end 0", "done");
      await(connection.close());
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
      ConnectionException e = failure(connect(remote(server.port(), true)));
      assertThat(e.reason()).isEqualTo(Reason.TLS);
      assertThat(e).hasMessageContaining("does not offer it").hasMessageContaining("DISABLED");
      server.join();
    }
  }

  @Test
  void aSelfSignedServerIsRefusedAndTheThreeWaysOutAreTold() throws Exception {
    try (ListeningServer server = tlsServer(selfSigned())) {
      ConnectionException e = failure(connect(remote(server.port(), false)));
      assertThat(e.reason()).isEqualTo(Reason.TLS);
      assertThat(e)
          .hasMessageContaining("signed by nobody known here")
          .hasMessageContaining("serverSslCert=")
          .hasMessageContaining("MariaDB 11.4")
          .hasMessageContaining("sslMode=trust");
    }
  }

  @Test
  void trustWrittenOutIsEnough() throws Exception {
    try (ListeningServer server = tlsServer(selfSigned())) {
      LoopConnection connection =
          await(connect(remote(server.port(), false).set(TlsOptions.SSL_MODE, TlsMode.REQUIRED)));
      assertThat(connection.isEncrypted()).isTrue();
      await(connection.close());
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
      // Our keys are read meanwhile: it comes before TLS has begun, or in its place.
      assertThat(failure(connect(remote(server.port(), true))).reason())
          .isIn(Reason.TLS, Reason.MALFORMED);
      server.join();
    }
  }

  /** They would be taken for the server's, though somebody in between put them there. */
  @Test
  void bytesInTheClearBehindTheGreetingAreRefused() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              byte[] greeting =
                  Packets.greeting(
                      "8.0.33", Capabilities.USUAL | Capabilities.SSL, "mysql_native_password");
              ByteArrayOutputStream both = new ByteArrayOutputStream();
              both.write(new byte[] {(byte) greeting.length, 0, 0, 0});
              both.write(greeting);
              both.write(new byte[] {22, 3, 3, 0});
              socket.getOutputStream().write(both.toByteArray());
              socket.getInputStream().readAllBytes();
            })) {
      assertThat(failure(connect(remote(server.port(), true))).reason())
          .isEqualTo(Reason.MALFORMED);
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
          failure(
              connect(
                  remote(server.port(), true)
                      .set(Options.CONNECT_TIMEOUT, Duration.ofMillis(400))));
      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      server.join();
    }
  }

  @Test
  void aServerThatLeavesDuringTheHandshakeEndsIt() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              greet(socket, Capabilities.USUAL | Capabilities.SSL);
              socket.getInputStream().readNBytes(SSL_REQUEST_BYTES + 1);
            })) {
      ConnectionException e = failure(connect(remote(server.port(), true)));
      assertThat(e.reason()).isEqualTo(Reason.TLS);
    }
  }

  @Test
  void aStreamCutInTheMiddleOfAnAnswerIsLost() throws Exception {
    Answer cut =
        wire -> {
          wire.raw((byte) 1, (byte) 0, (byte) 0, (byte) 1, (byte) 1);
          wire.reset();
        };
    try (ListeningServer server =
        script(CertificateAuthority.sharedServer().context()).query("SELECT 1", cut).listen()) {
      LoopConnection connection = await(connect(remote(server.port(), true)));
      Answers answers = new Answers();
      connection.submit(new QueryExchange("SELECT 1"), answers);
      ConnectionException e = failure(answers.end);
      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.commandMayHaveRun()).isTrue();
    }
  }

  @Test
  void aCertificateThatCannotBeReadIsAMatterOfConfiguration() throws Exception {
    try (ListeningServer server = tlsServer(selfSigned())) {
      ConnectionException e =
          failure(
              connect(
                  remote(server.port(), false)
                      .set(TlsOptions.SERVER_SSL_CERT, "/no/such/file.pem")));
      assertThat(e.reason()).isEqualTo(Reason.CONFIGURATION);
      assertThat(e).hasMessageContaining("/no/such/file.pem");
    }
  }

  /** Keys are being read elsewhere while the host ends its loops. */
  @Test
  void aLoopThatIsShutDownDuringTheHandshakeEndsTheConnect() throws Exception {
    EventLoopGroup own = Loops.one();
    BlockingQueue<Runnable> offLoop = new LinkedBlockingQueue<>();
    try (ListeningServer server = tlsServer(CertificateAuthority.sharedServer().context())) {
      CompletionStage<LoopConnection> connecting =
          LoopConnector.on(own)
              .tcp(FarChannel::new)
              .names(FarChannel::somewhereElse)
              .offLoop(offLoop::add)
              .connect(remote(server.port(), true).build());
      offLoop.take().run(); // names
      Runnable keys = offLoop.take();
      Loops.end(own);
      keys.run();
      assertThat(failure(connecting)).hasMessageContaining("event loop is shut down");
    }
  }

  // ---- words

  private static CompletionStage<LoopConnection> connect(ConnectionOptions.Builder options) {
    return LoopConnector.on(LOOP)
        .tcp(FarChannel::new)
        .names(FarChannel::somewhereElse)
        .connect(options.build());
  }

  private static ConnectionOptions.Builder remote(int port, boolean trustingOurCa) {
    ConnectionOptions.Builder options = Loops.options("localhost", port);
    if (trustingOurCa) {
      options.set(TlsOptions.SERVER_SSL_CERT, CertificateAuthority.shared().pem());
    }
    return options;
  }

  private static SSLContext selfSigned() {
    return CertificateAuthority.selfSigned(CertificateSpec.named("localhost")).context();
  }

  private static ListeningServer tlsServer(SSLContext context) throws IOException {
    return script(context).listen();
  }

  private static ScriptedServer script(SSLContext context) {
    return new ScriptedServer()
        .greeting("8.0.33", Capabilities.USUAL | Capabilities.SSL, "mysql_native_password")
        .sslRequest((payload, wire) -> wire.startTls(context));
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
}
