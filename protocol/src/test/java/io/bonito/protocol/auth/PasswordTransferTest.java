package io.bonito.protocol.auth;

import static io.bonito.protocol.auth.AuthTalk.CHALLENGE;
import static io.bonito.protocol.auth.AuthTalk.bytes;
import static io.bonito.protocol.auth.AuthTalk.mariaDb;
import static io.bonito.protocol.auth.AuthTalk.mysql;
import static io.bonito.protocol.auth.AuthTalk.pem;
import static io.bonito.protocol.auth.AuthTalk.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the password itself may go, and where it may not. */
class PasswordTransferTest {
  private static final KeyPair PAIR = rsa(2048, RSAKeyGenParameterSpec.F4);

  @Test
  void cachingSha2IsDoneWhenTheServerHadTheHash() {
    AuthTalk talk = mysql();
    talk.begin("caching_sha2_password");
    assertThat(talk.hear(bytes(1, 3))).isNull();
  }

  @Test
  void aVerifiedPeerGetsThePasswordItself() {
    AuthTalk talk = mysql().trust(PeerTrust.VERIFIED);
    talk.begin("caching_sha2_password");
    assertThat(talk.hear(bytes(1, 4))).isEqualTo(text("secret\0"));
    assertThat(mysql().trust(PeerTrust.VERIFIED).begin("sha256_password"))
        .isEqualTo(text("secret\0"));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNVERIFIED", "PROOF_DUE"})
  void anUnverifiedPeerDoesNot(PeerTrust trust) {
    AuthTalk talk = mysql().trust(PeerTrust.UNVERIFIED);
    talk.begin("caching_sha2_password");
    assertThatThrownBy(() -> talk.hear(bytes(1, 4)))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("allowPublicKeyRetrieval=true")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> mysql().trust(trust).begin("sha256_password"))
        .isInstanceOf(RefusedDemandException.class);
  }

  @Test
  void aPinnedKeyHidesThePassword() throws Exception {
    AuthTalk talk = mysql().keys(PublicKeyPolicy.pinned(pem(PAIR.getPublic())));
    talk.begin("caching_sha2_password");
    assertThat(decrypt(talk.hear(bytes(1, 4)))).isEqualTo("secret\0");

    AuthTalk sha256 = mysql().keys(PublicKeyPolicy.pinned(pem(PAIR.getPublic())));
    assertThat(decrypt(sha256.begin("sha256_password"))).isEqualTo("secret\0");
  }

  @Test
  void aKeyIsFetchedWhereThatIsAllowed() throws Exception {
    AuthTalk talk = mysql().keys(PublicKeyPolicy.retrieved());
    talk.begin("caching_sha2_password");
    assertThat(talk.hear(bytes(1, 4))).isEqualTo(bytes(2));
    assertThat(decrypt(talk.hear(bytes(1), text(pem(PAIR.getPublic()))))).isEqualTo("secret\0");

    AuthTalk sha256 = mysql().keys(PublicKeyPolicy.retrieved());
    assertThat(sha256.begin("sha256_password")).isEqualTo(bytes(1));
    assertThat(decrypt(sha256.hear(bytes(1), text(pem(PAIR.getPublic()))))).isEqualTo("secret\0");
  }

  /** The server cannot know that nobody listens on its loopback, and wants RSA there. */
  @Test
  void onTheLoopbackTheKeyIsFetchedUnasked() throws Exception {
    AuthTalk talk = mysql().trust(PeerTrust.LOOPBACK);
    talk.begin("caching_sha2_password");
    assertThat(talk.hear(bytes(1, 4))).isEqualTo(bytes(2));
    assertThat(decrypt(talk.hear(bytes(1), text(pem(PAIR.getPublic()))))).isEqualTo("secret\0");
    assertThat(mysql().trust(PeerTrust.LOOPBACK).begin("sha256_password")).isEqualTo(bytes(1));

    AuthTalk pinned =
        mysql().trust(PeerTrust.LOOPBACK).keys(PublicKeyPolicy.pinned(pem(PAIR.getPublic())));
    assertThat(decrypt(pinned.begin("sha256_password"))).isEqualTo("secret\0");
    assertThat(mysql().trust(PeerTrust.LOOPBACK).begin("mysql_clear_password"))
        .isEqualTo(text("secret\0"));
  }

  /** As MySQL has it: caching_sha2 trusts a Unix socket, sha256 trusts nothing but TLS. */
  @Test
  void aUnixSocketIsSafeToOneMethodAndNotToTheOther() {
    AuthTalk talk = mysql().trust(PeerTrust.UNIX_SOCKET);
    talk.begin("caching_sha2_password");
    assertThat(talk.hear(bytes(1, 4))).isEqualTo(text("secret\0"));
    assertThat(mysql().trust(PeerTrust.UNIX_SOCKET).begin("sha256_password")).isEqualTo(bytes(1));
  }

  @Test
  void aKeyThatNobodyAskedForIsMalformed() {
    AuthTalk talk = mysql().keys(PublicKeyPolicy.retrieved());
    talk.begin("caching_sha2_password");
    assertThatThrownBy(() -> talk.hear(bytes(1), text(pem(PAIR.getPublic()))))
        .isInstanceOf(MalformedPacketException.class);
    AuthTalk done = mysql();
    done.begin("caching_sha2_password");
    done.hear(bytes(1, 3));
    assertThatThrownBy(() -> done.hear(bytes(1), text(pem(PAIR.getPublic()))))
        .isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5, 255})
  void anUnknownStatusIsMalformed(int status) {
    AuthTalk talk = mysql().trust(PeerTrust.VERIFIED);
    talk.begin("caching_sha2_password");
    assertThatThrownBy(() -> talk.hear(bytes(1, status)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void badKeysAreRefused() throws Exception {
    KeyPairGenerator elliptic = KeyPairGenerator.getInstance("EC");
    elliptic.initialize(256);
    for (String key :
        new String[] {
          "",
          "garbage",
          "-----END PUBLIC KEY----- -----BEGIN PUBLIC KEY-----",
          "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
          "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
          "x".repeat(65_536),
          pem(rsa(512, RSAKeyGenParameterSpec.F4).getPublic()),
          pem(rsa(1024, RSAKeyGenParameterSpec.F4).getPublic()),
          pem(rsa(2048, BigInteger.valueOf(3)).getPublic()),
          pem(elliptic.generateKeyPair().getPublic())
        }) {
      AuthTalk talk = mysql().keys(PublicKeyPolicy.retrieved());
      talk.begin("caching_sha2_password");
      talk.hear(bytes(1, 4));
      assertThatThrownBy(() -> talk.hear(bytes(1), text(key)))
          .describedAs(key)
          .isInstanceOfAny(RefusedDemandException.class, MalformedPacketException.class);
      assertThatThrownBy(() -> PublicKeyPolicy.pinned(key))
          .describedAs(key)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aPasswordTooLongForTheKeyIsRefused() {
    AuthTalk talk =
        mysql().passwords("p".repeat(214)).keys(PublicKeyPolicy.pinned(pem(PAIR.getPublic())));
    assertThatThrownBy(() -> talk.begin("sha256_password"))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void anEmptySha256PasswordIsANul() {
    assertThat(mysql().passwords("").begin("sha256_password")).isEqualTo(bytes(0));
  }

  @Test
  void clearPasswordsGoToVerifiedPeersOnly() {
    AuthTalk talk = mysql().trust(PeerTrust.VERIFIED);
    talk.begin("caching_sha2_password");
    assertThat(talk.hearSwitch("mysql_clear_password", CHALLENGE)).isEqualTo(text("secret\0"));

    AuthTalk unverified = mysql();
    unverified.begin("caching_sha2_password");
    assertThatThrownBy(() -> unverified.hearSwitch("mysql_clear_password", CHALLENGE))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> mysql().begin("mysql_clear_password"))
        .isInstanceOf(RefusedDemandException.class);
  }

  @Test
  void dialogAnswersEachQuestionWithThePasswordOfItsNumber() {
    AuthTalk talk = mariaDb().trust(PeerTrust.VERIFIED).passwords("secret", "123456");
    talk.begin("mysql_native_password");
    assertThat(talk.hearSwitch("dialog", text("\4Password: "))).isEqualTo(text("secret\0"));
    assertThat(talk.hear(text("\3Code: "))).isEqualTo(text("123456\0"));
    assertThatThrownBy(() -> talk.hear(text("\4More: ")))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void dialogGivesThePasswordUnasked() {
    AuthTalk switched = mariaDb().trust(PeerTrust.VERIFIED).passwords("secret", "123456");
    switched.begin("mysql_native_password");
    assertThat(switched.hearSwitch("dialog", bytes())).isEqualTo(text("secret\0"));
    assertThat(switched.hear(text("\5Code: "))).isEqualTo(text("123456\0"));

    AuthTalk first = mariaDb().trust(PeerTrust.VERIFIED).only("dialog");
    assertThat(first.begin("mysql_native_password")).isEqualTo(text("secret\0"));
  }

  /** Seen with MariaDB 10.11: an empty answer is asked for once more, in words. */
  @Test
  void dialogIsAskedAgainForAnEmptyPassword() {
    AuthTalk talk = mariaDb().trust(PeerTrust.VERIFIED).passwords("");
    talk.begin("mysql_native_password");
    assertThat(talk.hearSwitch("dialog", bytes())).isEqualTo(bytes(0));
    assertThat(talk.hear(text("\4Password: "))).isEqualTo(bytes(0));
  }

  @Test
  void dialogRefusesAQuestionWithoutAPasswordForIt() {
    AuthTalk talk = mariaDb().trust(PeerTrust.VERIFIED);
    talk.begin("mysql_native_password");
    talk.hearSwitch("dialog", text("\4Password: "));
    assertThatThrownBy(() -> talk.hear(text("\5" + "x".repeat(1 << 20))))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("password2 is not set");
  }

  @Test
  void dialogRefusesUnverifiedPeers() {
    AuthTalk talk = mariaDb();
    talk.begin("mysql_native_password");
    assertThatThrownBy(() -> talk.hearSwitch("dialog", text("\5Password: ")))
        .isInstanceOf(RefusedDemandException.class);
  }

  private static String decrypt(byte[] answer) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    cipher.init(Cipher.DECRYPT_MODE, PAIR.getPrivate());
    byte[] plain = cipher.doFinal(answer);
    for (int i = 0; i < plain.length; i++) {
      plain[i] ^= CHALLENGE[i % CHALLENGE.length];
    }
    return new String(plain, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static KeyPair rsa(int bits, BigInteger exponent) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(bits, exponent));
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
