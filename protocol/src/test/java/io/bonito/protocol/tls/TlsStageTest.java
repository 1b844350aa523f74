package io.bonito.protocol.tls;

import static io.bonito.protocol.auth.PeerTrust.PROOF_DUE;
import static io.bonito.protocol.auth.PeerTrust.VERIFIED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.tls.TlsStage.Progress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsStageTest {
  private final TlsPeers peers = new TlsPeers();

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void carriesBytesBothWays(String protocol) throws Exception {
    TlsStage stage =
        stage(trustingOurCa().set(TlsOptions.TLS_VERSIONS, java.util.List.of(protocol)));
    TlsPeers.Server server = peers.server("server.pem");
    server.shakeHands(stage);

    server.send("from the server".getBytes(UTF_8));
    ByteBuffer plain = ByteBuffer.allocate(100);
    server.deliverTo(stage);

    assertThat(stage.decrypt(plain)).isEqualTo(15);
    assertThat(new String(plain.array(), 0, 15, UTF_8)).isEqualTo("from the server");
    assertThat(server.receive(stage, "to the server".getBytes(UTF_8)))
        .isEqualTo("to the server".getBytes(UTF_8));
  }

  @Test
  void verifiesChainAndHostName() throws Exception {
    TlsStage stage = stage(trustingOurCa());
    peers.server("server.pem").shakeHands(stage);

    assertThat(stage.peer().trust()).isEqualTo(VERIFIED);
    assertThat(stage.peer().fingerprint())
        .isEqualTo(
            MessageDigest.getInstance("SHA-256")
                .digest(TlsPeers.certificates("server.pem").get(0).getEncoded()));
  }

  @Test
  void verifiesAnAddressOfTheCertificate() throws Exception {
    TlsStage stage = stage(trustingOurCa().set(Options.HOST, "192.0.2.7"));
    peers.server("server.pem").shakeHands(stage);

    assertThat(stage.peer().trust()).isEqualTo(VERIFIED);
  }

  @Test
  void refusesAnotherServersCertificate() {
    assertThatThrownBy(() -> shake(trustingOurCa().set(Options.HOST, "192.0.2.8"), "server.pem"))
        .isInstanceOf(UntrustedServerException.class)
        .hasMessageContaining("its certificate is not for \"192.0.2.8\"");
  }

  @Test
  void verifyCaAcceptsAnotherName() throws Exception {
    TlsStage stage =
        stage(
            trustingOurCa()
                .set(Options.HOST, "192.0.2.8")
                .set(TlsOptions.SSL_MODE, TlsMode.VERIFY_CA));
    peers.server("server.pem").shakeHands(stage);

    assertThat(stage.peer().trust()).isEqualTo(VERIFIED);
  }

  @Test
  void aSubjectsCommonNameIsNoHostName() {
    assertThatThrownBy(() -> shake(trustingOurCa(), "common-name-only.pem"))
        .isInstanceOf(UntrustedServerException.class)
        .hasMessageContaining("no subject alternative names");
  }

  @Test
  void refusesAnExpiredCertificate() {
    assertThatThrownBy(() -> shake(trustingOurCa(), "expired.pem"))
        .isInstanceOf(UntrustedServerException.class)
        .hasMessageContaining("the time is wrong");
  }

  @Test
  void aSelfSignedServerIsRefusedWithTheThreeWaysOut() {
    assertThatThrownBy(() -> shake(remote(), "self-signed.pem"))
        .isInstanceOf(UntrustedServerException.class)
        .hasMessageContaining("signed by nobody known here")
        .hasMessageContaining("serverSslCert=")
        .hasMessageContaining("MariaDB 11.4")
        .hasMessageContaining("sslMode=trust");
  }

  @Test
  void aSelfSignedServerThatCanProveItselfIsLetThroughUnverified() throws Exception {
    TlsStage stage = TlsContexts.stage(remote().build(), Peer.REMOTE, true);
    peers.server("self-signed.pem").shakeHands(stage);

    assertThat(stage.peer().trust()).isEqualTo(PROOF_DUE);
  }

  @Test
  void anUnverifiedServerStaysSoWhenItsTlsSessionIsResumed() throws Exception {
    TlsPeers.Server server = peers.server("self-signed.pem");
    for (int i = 0; i < 3; i++) {
      TlsStage stage = TlsContexts.stage(remote().build(), Peer.REMOTE, true);
      server.shakeHands(stage);
      server.send(new byte[1]);
      server.deliverTo(stage);
      stage.decrypt(ByteBuffer.allocate(10));
      assertThat(stage.peer().trust()).isEqualTo(PROOF_DUE);
      server = server.again();
    }
  }

  @Test
  void aNamedCertificateIsNotReplacedByAProof() {
    assertThatThrownBy(
            () ->
                peers
                    .server("self-signed.pem")
                    .shakeHands(TlsContexts.stage(trustingOurCa().build(), Peer.REMOTE, true)))
        .isInstanceOf(UntrustedServerException.class);
  }

  @Test
  void trustWrittenOutIsTrust() throws Exception {
    TlsStage stage = stage(remote().set(TlsOptions.SSL_MODE, TlsMode.REQUIRED));
    peers.server("self-signed.pem").shakeHands(stage);

    assertThat(stage.peer().trust()).isEqualTo(VERIFIED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server-key.pem", "server-key-pkcs1.pem", "server-key-encrypted.pem"})
  void showsOurCertificate(String key) throws Exception {
    ConnectionOptions.Builder options =
        trustingOurCa()
            .set("clientCertificate", TlsPeers.file("server.pem"))
            .set("clientKey", TlsPeers.file(key))
            .set("keyPassword", "secret");
    TlsPeers.Server server = peers.server("server.pem").needingClientCertificate();
    TlsStage stage = stage(options);
    server.shakeHands(stage);
    server.receive(stage, new byte[1]);

    assertThat(server.clientCertificate()).isEqualTo(TlsPeers.certificates("server.pem").get(0));
  }

  @Test
  void aKeyFileWithoutKeyIsNamed() {
    ConnectionOptions.Builder options =
        trustingOurCa().set("clientCertificate", TlsPeers.file("server.pem"));

    assertThatThrownBy(() -> stage(options))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("server.pem) holds no private key");
  }

  @Test
  void aStreamThatEndsWithoutGoodbyeWasCut() throws Exception {
    TlsStage stage = stage(trustingOurCa());
    peers.server("server.pem").shakeHands(stage);
    stage.endOfStream();

    assertThatThrownBy(() -> stage.decrypt(ByteBuffer.allocate(10)))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("without an end of TLS");
  }

  @Test
  void aGoodbyeIsTheEnd() throws Exception {
    TlsStage stage = stage(trustingOurCa());
    TlsPeers.Server server = peers.server("server.pem");
    server.shakeHands(stage);
    server.sayGoodbye();
    server.deliverTo(stage);

    assertThat(stage.decrypt(ByteBuffer.allocate(10))).isEqualTo(-1);
  }

  @Test
  void plainBytesInsteadOfAHandshakeAreRefused() throws Exception {
    TlsStage stage = stage(trustingOurCa());
    assertThat(stage.handshake()).isEqualTo(Progress.NEED_BYTES);
    byte[] ok = {7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0};
    stage.arriving().put(ok);
    stage.received(ok.length);

    assertThatThrownBy(stage::handshake).isInstanceOf(SSLException.class);
  }

  /** A record holds up to 16 KiB; the session's window may be a few bytes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 16_384, 100_000})
  void fillsWindowsOfEverySize(int window) throws Exception {
    TlsStage stage = stage(trustingOurCa());
    TlsPeers.Server server = peers.server("server.pem");
    server.shakeHands(stage);
    byte[] sent = TlsPeers.pattern(100_000);
    server.send(sent);

    ByteBuffer received = ByteBuffer.allocate(sent.length);
    while (received.hasRemaining()) {
      ByteBuffer plain =
          ByteBuffer.wrap(
              received.array(), received.position(), Math.min(window, received.remaining()));
      int count = stage.decrypt(plain);
      if (count == 0) {
        assertThat(server.deliverTo(stage)).isPositive();
      }
      received.position(received.position() + count);
    }
    assertThat(received.array()).isEqualTo(sent);
  }

  @Test
  void encryptsWhatIsLongerThanItsBuffer() throws Exception {
    TlsStage stage = stage(trustingOurCa());
    TlsPeers.Server server = peers.server("server.pem");
    server.shakeHands(stage);
    byte[] sent = TlsPeers.pattern(300_000);

    assertThat(server.receive(stage, sent)).isEqualTo(sent);
  }

  private TlsStage shake(ConnectionOptions.Builder options, String certificate) throws Exception {
    TlsStage stage = stage(options);
    peers.server(certificate).shakeHands(stage);
    return stage;
  }

  private static TlsStage stage(ConnectionOptions.Builder options) throws SSLException {
    return TlsContexts.stage(options.build(), Peer.REMOTE, false);
  }

  private static ConnectionOptions.Builder remote() {
    return ConnectionOptions.builder().set(Options.HOST, "db.example.test");
  }

  private static ConnectionOptions.Builder trustingOurCa() {
    return remote().set("serverSslCert", TlsPeers.file("ca.pem"));
  }
}
