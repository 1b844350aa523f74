package io.bonito.protocol.auth;

import static io.bonito.protocol.auth.AuthTalk.CHALLENGE;
import static io.bonito.protocol.auth.AuthTalk.CHALLENGE_32;
import static io.bonito.protocol.auth.AuthTalk.bytes;
import static io.bonito.protocol.auth.AuthTalk.counting;
import static io.bonito.protocol.auth.AuthTalk.join;
import static io.bonito.protocol.auth.AuthTalk.mariaDb;
import static io.bonito.protocol.auth.AuthTalk.mysql;
import static io.bonito.protocol.auth.AuthTalk.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each method that never shows its password says, against values that Python's hashlib and a
 * textbook Ed25519 gave.
 */
class PasswordMethodsTest {
  private static final byte[] SALT = counting(50, 18);

  @ParameterizedTest
  @CsvSource({
    "secret, b32bb3a583e1340c0a1108d58b1be49781ad8c2f",
    "pässwörd €, e5dcb13ec93f3156f293ca4b4ad7245c5260dc3e"
  })
  void nativePasswordAnswersWithAHash(String password, String answer) {
    assertThat(hex(mysql().passwords(password).begin("mysql_native_password"))).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "secret, 746ebe205d56a0707acb3e796e834e0dd7b1d61743b26bd5202c7a623230c7c9",
    "pässwörd €, 1032b4cde18391fa9bd4c37f587e8d123f8b73850719c7b01fcfc94377eaa4b4"
  })
  void cachingSha2AnswersWithAHash(String password, String answer) {
    assertThat(hex(mysql().passwords(password).begin("caching_sha2_password"))).isEqualTo(answer);
  }

  @Test
  void ed25519SignsTheChallenge() {
    AuthTalk talk = mariaDb();
    talk.begin("mysql_native_password");
    assertThat(hex(talk.hearSwitch("client_ed25519", CHALLENGE_32)))
        .isEqualTo(
            "e0a9e03bece507b9eda5d38bfb779fc7e6fb4faa10b29d87581286583cce0ec5f27a0bb5147c2a2e"
                + "83aae004748cf3134004f74f6805ba9ce60b8d38a83e1d04");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 31, 33, 64})
  void ed25519RefusesChallengesOfAnyOtherSize(int size) {
    AuthTalk talk = mariaDb();
    talk.begin("mysql_native_password");
    assertThatThrownBy(() -> talk.hearSwitch("client_ed25519", counting(1, size)))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("a challenge of " + size + " bytes where 32 were due");
  }

  @Test
  void parsecAsksForTheSaltAndSignsBothNonces() throws Exception {
    AuthTalk talk = mariaDb();
    talk.begin("mysql_native_password");
    assertThat(talk.hearSwitch("parsec", CHALLENGE_32)).isEmpty();

    byte[] answer = talk.hear(text("P"), bytes(0), SALT);

    assertThat(answer).hasSize(96);
    byte[] clientNonce = java.util.Arrays.copyOf(answer, 32);
    byte[] signature = java.util.Arrays.copyOfRange(answer, 32, 96);
    // Python's hashlib.pbkdf2_hmac derived this public key.
    byte[] publicKey =
        HexFormat.of().parseHex("f3b14dafa9541ed63ee809505ecd92f81af2d9d69dd4e33becbcecf5dc4540f1");
    java.security.Signature verifier = java.security.Signature.getInstance("Ed25519");
    verifier.initVerify(
        java.security.KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new java.security.spec.X509EncodedKeySpec(
                    join(HexFormat.of().parseHex("302a300506032b6570032100"), publicKey))));
    verifier.update(join(CHALLENGE_32, clientNonce));
    assertThat(verifier.verify(signature)).isTrue();
  }

  @Test
  void parsecTakesItsSaltWithAHeaderToo() {
    AuthTalk plain = mariaDb();
    plain.begin("mysql_native_password");
    plain.hearSwitch("parsec", CHALLENGE_32);
    AuthTalk headed = mariaDb();
    headed.begin("mysql_native_password");
    headed.hearSwitch("parsec", CHALLENGE_32);
    assertThat(headed.hear(bytes(1), text("P"), bytes(2), SALT))
        .isEqualTo(plain.hear(text("P"), bytes(2), SALT));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 20, 128, 255})
  void parsecRefusesToWorkForLong(int cost) {
    AuthTalk talk = mariaDb();
    talk.begin("mysql_native_password");
    talk.hearSwitch("parsec", CHALLENGE_32);
    assertThatThrownBy(() -> talk.hear(text("P"), bytes(cost), SALT))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("cost of " + cost);
  }

  @Test
  void parsecRefusesAWrongMarkAndAnEmptySalt() {
    AuthTalk talk = mariaDb();
    talk.begin("mysql_native_password");
    talk.hearSwitch("parsec", CHALLENGE_32);
    assertThatThrownBy(() -> talk.hear(text("Q"), bytes(0), SALT))
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> talk.hear(text("P"), bytes(0)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql_native_password", "caching_sha2_password"})
  void anEmptyPasswordIsAnEmptyAnswer(String plugin) {
    assertThat(mysql().passwords().begin(plugin)).isEmpty();
    assertThat(mysql().passwords("").begin(plugin)).isEmpty();
    AuthTalk talk = mysql().passwords("");
    talk.begin("mysql_native_password");
    assertThat(talk.hearSwitch(plugin, CHALLENGE)).isEmpty();
  }

  /** MariaDB keeps a public key for the empty password as for any other. */
  @Test
  void ed25519SignsWithAnEmptyPasswordToo() {
    AuthTalk talk = mariaDb().passwords();
    talk.begin("mysql_native_password");
    assertThat(talk.hearSwitch("client_ed25519", CHALLENGE_32)).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql_native_password", "caching_sha2_password", "sha256_password"})
  void aNulAfterTheChallengeIsNoPartOfIt(String plugin) {
    AuthTalk with = mysql().trust(PeerTrust.VERIFIED);
    AuthTalk without = mysql().trust(PeerTrust.VERIFIED);
    assertThat(with.begin(plugin, join(CHALLENGE, bytes(0)))).isEqualTo(without.begin(plugin));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 19, 22, 255})
  void challengesOfOtherSizesAreMalformed(int size) {
    assertThatThrownBy(() -> mysql().begin("mysql_native_password", counting(1, size)))
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> mysql().begin("caching_sha2_password", counting(1, size)))
        .isInstanceOf(MalformedPacketException.class);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
