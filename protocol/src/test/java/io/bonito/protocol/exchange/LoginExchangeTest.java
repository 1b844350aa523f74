package io.bonito.protocol.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.Session;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.auth.AuthPlugins;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.auth.PublicKeyPolicy;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.message.Capability;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Logins as a session sees them, with the server's packets typed in. */
class LoginExchangeTest {
  private static final long MYSQL =
      Capability.LONG_PASSWORD
          | Capability.PROTOCOL_41
          | Capability.SECURE_CONNECTION
          | Capability.PLUGIN_AUTH
          | Capability.SSL;
  private static final long MARIADB = MYSQL & ~Capability.LONG_PASSWORD;
  private static final byte[] CHALLENGE = "abcdefghijklmnopqrst".getBytes(ISO_8859_1);
  private static final byte[] FINGERPRINT = new byte[32];
  private static final String OK = "\0\0\0\2\0\0\0";

  @Test
  void thePasswordIsProvedAsTheGreetingAsks() {
    Session session = plain(PeerTrust.UNVERIFIED);
    hear(session, 0, greeting("8.0.33", MYSQL, "mysql_native_password"));
    assertThat(session.next()).isEqualTo(Event.NEED_BYTES);
    assertThat(sent(session)).contains("user\0").contains("mysql_native_password\0");
    hear(session, 2, OK);
    assertThat(session.next()).isEqualTo(Event.READY);
  }

  @Test
  void aSwitchIsAnsweredInTheSameConversation() {
    Session session = plain(PeerTrust.UNVERIFIED);
    hear(session, 0, greeting("8.0.33", MYSQL, "caching_sha2_password"));
    session.next();
    sent(session);
    hear(session, 2, "\u00FEmysql_native_password\0" + new String(CHALLENGE, ISO_8859_1) + "\0");
    assertThat(session.next()).isEqualTo(Event.NEED_BYTES);
    assertThat(sent(session)).startsWith("\24\0\0\3").hasSize(24);
  }

  @Test
  void withoutTheTlsThatIsRequiredNothingIsSent() {
    Session session = overTls();
    hear(session, 0, greeting("8.0.33", MYSQL & ~Capability.SSL, "mysql_native_password"));
    assertThatThrownBy(session::next).isInstanceOf(RefusedDemandException.class);
    assertThat(session.hasEnded()).isTrue();
    assertThat(sent(session)).isEmpty();
  }

  @Test
  void theUserIsNamedOnlyOverTls() {
    Session session = overTls();
    hear(session, 0, greeting("8.0.33", MYSQL, "mysql_native_password"));
    assertThat(session.next()).isEqualTo(Event.START_TLS);
    assertThat(sent(session)).hasSize(4 + 32);
    session.tlsEstablished(new TlsPeer(PeerTrust.VERIFIED, FINGERPRINT));
    assertThat(session.next()).isEqualTo(Event.NEED_BYTES);
    assertThat(sent(session)).contains("user\0").startsWith("P\0\0\2");
  }

  @Test
  void aRefusalAfterTlsComesOutOfNextAndNothingIsSent() {
    Session session = overTls();
    hear(session, 0, greeting("8.0.33", MYSQL, "caching_sha2_password"));
    session.next();
    sent(session);
    session.tlsEstablished(new TlsPeer(PeerTrust.PROOF_DUE, FINGERPRINT));
    assertThatThrownBy(session::next)
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("certificate is not trusted");
    assertThat(session.hasEnded()).isTrue();
    assertThat(sent(session)).isEmpty();
  }

  @Test
  void aProvedCertificateStaysProvedForAChangeOfUser() throws Exception {
    Session session = provedByFingerprint(proof());
    assertThat(session.next()).isEqualTo(Event.READY);

    session.changeUser(Credentials.of("other", "password"), "");
    assertThat(sent(session)).contains("other\0");
    hear(session, 1, "\u00FEmysql_clear_password\0");
    assertThat(session.next()).isEqualTo(Event.NEED_BYTES);
    assertThat(sent(session)).endsWith("password\0");
    hear(session, 3, OK);
    assertThat(session.next()).isEqualTo(Event.RESULT_END);
    assertThat(session.next()).isEqualTo(Event.DONE);
  }

  @Test
  void aLoginWithoutTheProofThatIsDueHasFailed() {
    Session session = provedByFingerprint("");
    assertThatThrownBy(session::next).isInstanceOf(RefusedDemandException.class);
    assertThat(session.hasEnded()).isTrue();
  }

  private static Session provedByFingerprint(String okInfo) {
    Session session = overTls();
    hear(session, 0, greeting("11.4.5-MariaDB", MARIADB, "mysql_native_password"));
    session.next();
    session.tlsEstablished(new TlsPeer(PeerTrust.PROOF_DUE, FINGERPRINT));
    session.next();
    sent(session);
    hear(session, 3, OK + okInfo);
    return session;
  }

  private static String proof() throws Exception {
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(sha1.digest(sha1.digest("secret".getBytes(ISO_8859_1))));
    sha256.update(CHALLENGE);
    return "\1" + HexFormat.of().formatHex(sha256.digest(FINGERPRINT));
  }

  private static Session plain(PeerTrust trust) {
    return session(Login.Tls.NEVER, trust);
  }

  private static Session overTls() {
    return session(Login.Tls.ALWAYS, PeerTrust.UNVERIFIED);
  }

  private static Session session(Login.Tls tls, PeerTrust plainTrust) {
    return new Session(
        new SessionOptions(
            new Login(
                Credentials.of("user", "secret"),
                "",
                0,
                tls,
                plainTrust,
                AuthPlugins.builtIn(),
                PublicKeyPolicy.none(),
                Map.of(),
                new Random(1))));
  }

  private static String greeting(String version, long capabilities, String plugin) {
    String challenge = new String(CHALLENGE, ISO_8859_1);
    return "\n"
        + version
        + "\0\1\0\0\0"
        + challenge.substring(0, 8)
        + "\0"
        + (char) (capabilities & 0xFF)
        + (char) (capabilities >> 8 & 0xFF)
        + "\55\2\0"
        + (char) (capabilities >> 16 & 0xFF)
        + (char) (capabilities >> 24 & 0xFF)
        + "\25"
        + "\0".repeat(10)
        + challenge.substring(8)
        + "\0"
        + plugin
        + "\0";
  }

  private static void hear(Session session, int sequence, String payload) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(payload.length());
    packet.write(payload.length() >> 8);
    packet.write(0);
    packet.write(sequence);
    packet.writeBytes(payload.getBytes(ISO_8859_1));
    session.inbound().put(packet.toByteArray());
    session.received(packet.size());
  }

  private static String sent(Session session) {
    ByteBuffer outbound = session.outbound();
    byte[] bytes = new byte[outbound.remaining()];
    outbound.get(bytes);
    return new String(bytes, ISO_8859_1);
  }
}
