package io.bonito.protocol.auth;

import static io.bonito.protocol.auth.AuthTalk.CHALLENGE;
import static io.bonito.protocol.auth.AuthTalk.CHALLENGE_32;
import static io.bonito.protocol.auth.AuthTalk.FINGERPRINT;
import static io.bonito.protocol.auth.AuthTalk.bytes;
import static io.bonito.protocol.auth.AuthTalk.counting;
import static io.bonito.protocol.auth.AuthTalk.mariaDb;
import static io.bonito.protocol.auth.AuthTalk.mysql;
import static io.bonito.protocol.auth.AuthTalk.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthConversationTest {
  /** SHA256 of SHA1(SHA1("secret")), CHALLENGE and FINGERPRINT, by Python's hashlib. */
  private static final String NATIVE_PROOF =
      "8008eaf486c5de44441c0f8d0731a62aceb81f2e74065585fc271e409e9372d5";

  @Test
  void theFirstAnswerIsInThePluginOfTheGreeting() {
    AuthTalk talk = mysql();
    assertThat(talk.begin("mysql_native_password")).hasSize(20);
    assertThat(talk.conversation().pluginName()).isEqualTo("mysql_native_password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "auth_gssapi_client", "no such plugin"})
  void anUnknownPluginInTheGreetingIsAnsweredInTheFamilysDefault(String plugin) {
    AuthTalk mysql = mysql();
    assertThat(mysql.begin(plugin)).hasSize(32);
    assertThat(mysql.conversation().pluginName()).isEqualTo("caching_sha2_password");
    AuthTalk mariaDb = mariaDb();
    assertThat(mariaDb.begin(plugin)).hasSize(20);
    assertThat(mariaDb.conversation().pluginName()).isEqualTo("mysql_native_password");
  }

  @Test
  void aMethodWithAChallengeOfItsOwnIsNamedAndAskedAgain() {
    AuthTalk talk = mariaDb().only("client_ed25519");
    assertThat(talk.begin("mysql_native_password")).isEmpty();
    assertThat(talk.conversation().pluginName()).isEqualTo("client_ed25519");
    assertThat(talk.hearSwitch("client_ed25519", CHALLENGE_32)).hasSize(64);
  }

  @Test
  void aSwitchIsAnsweredWithItsOwnChallenge() {
    AuthTalk talk = mysql();
    byte[] first = talk.begin("mysql_native_password");
    assertThat(talk.hearSwitch("mysql_native_password", CHALLENGE)).isEqualTo(first);
    assertThat(talk.hearSwitch("caching_sha2_password", counting(60, 20))).hasSize(32);
    assertThat(talk.conversation().pluginName()).isEqualTo("caching_sha2_password");
  }

  @Test
  void aFirstAnswerTooLongForAChangeOfUserIsLeftOut() {
    AuthTalk talk = mysql().trust(PeerTrust.VERIFIED).passwords("token".repeat(100));
    assertThat(talk.begin("mysql_clear_password")).hasSize(501);
    assertThat(talk.conversation().beginChangeUser("mysql_clear_password", CHALLENGE)).isEmpty();
    assertThat(talk.conversation().beginChangeUser("mysql_native_password", CHALLENGE)).hasSize(20);
  }

  @Test
  void theFourthSwitchIsOneTooMany() {
    AuthTalk talk = mysql();
    talk.begin("mysql_native_password");
    for (int i = 0; i < 3; i++) {
      talk.hearSwitch("mysql_native_password", CHALLENGE);
    }
    assertThatThrownBy(() -> talk.hearSwitch("mysql_native_password", CHALLENGE))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void theNinthPacketOfDataIsOneTooMany() {
    AuthTalk talk = mysql().with(new Chatty());
    talk.begin("chatty");
    for (int i = 0; i < 8; i++) {
      assertThat(talk.hear(bytes(1, 7))).isEqualTo(bytes(7));
    }
    assertThatThrownBy(() -> talk.hear(bytes(1, 7))).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void eachFactorHasItsPassword() {
    AuthTalk talk = mysql().trust(PeerTrust.VERIFIED).passwords("one", "two", "three");
    talk.begin("caching_sha2_password");
    talk.hear(bytes(1, 3));
    assertThat(talk.hear(bytes(2), text("mysql_clear_password"), bytes(0), CHALLENGE))
        .isEqualTo(text("two\0"));
    assertThat(talk.hear(bytes(2), text("mysql_clear_password"), bytes(0)))
        .isEqualTo(text("three\0"));
    assertThatThrownBy(() -> talk.hear(bytes(2), text("mysql_clear_password"), bytes(0)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void aFactorWithoutPasswordIsRefusedByName() {
    AuthTalk talk = mysql();
    talk.begin("caching_sha2_password");
    assertThatThrownBy(
            () -> talk.hear(bytes(2), text("caching_sha2_password"), bytes(0), CHALLENGE))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("password2 is not set");
  }

  @Test
  void onlyTheAllowedPluginsAreEverUsed() {
    AuthTalk talk = mysql().passwords("a", "b").only("caching_sha2_password");
    assertThat(talk.begin("mysql_native_password")).hasSize(32);
    assertThat(talk.conversation().pluginName()).isEqualTo("caching_sha2_password");
    assertThatThrownBy(() -> talk.hearSwitch("mysql_native_password", CHALLENGE))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("[caching_sha2_password]");
    assertThatThrownBy(
            () -> talk.hear(bytes(2), text("mysql_native_password"), bytes(0), CHALLENGE))
        .isInstanceOf(RefusedDemandException.class);
  }

  @Test
  void aRestrictionToUnknownPluginsIsAMistakeOfTheConfiguration() {
    assertThatThrownBy(() -> AuthPlugins.builtIn().restrictedTo(List.of("parsek")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parsek")
        .hasMessageContaining("parsec");
    assertThatThrownBy(() -> AuthPlugins.builtIn().restrictedTo(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOldPasswordIsRefusedInSoManyWords() {
    AuthTalk talk = mysql();
    talk.begin("mysql_native_password");
    assertThatThrownBy(() -> talk.hear(bytes(0xFE)))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("mysql_old_password");
    assertThatThrownBy(() -> talk.hearSwitch("mysql_old_password", counting(1, 8)))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("mysql_old_password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "\u001b[2J\r\n"})
  void anUnknownPluginIsRefusedAndItsNameMadeHarmless(String plugin) {
    AuthTalk talk = mysql();
    talk.begin("mysql_native_password");
    assertThatThrownBy(() -> talk.hearSwitch(plugin, CHALLENGE))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageNotContainingAny("\u001b", "\r", "\n")
        .message()
        .hasSizeLessThan(512);
  }

  @Test
  void aNameWithoutEndIsMalformed() {
    AuthTalk talk = mysql();
    talk.begin("mysql_native_password");
    assertThatThrownBy(() -> talk.hear(bytes(0xFE), text("mysql_native_password")))
        .isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x03, 0x0A, 0xFB, 0xFF})
  void otherPacketsAreMalformed(int header) {
    AuthTalk talk = mysql();
    talk.begin("caching_sha2_password");
    assertThatThrownBy(() -> talk.hear(bytes(header, 4, 4)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void emptyPacketsAreMalformed() {
    AuthTalk talk = mariaDb();
    talk.begin("mysql_native_password");
    assertThatThrownBy(talk::hear).isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> talk.hear(bytes(1))).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void aPluginOfTheUsersTakesPart() {
    AuthTalk talk = mysql().with(new Chatty());
    talk.begin("caching_sha2_password");
    assertThat(talk.hearSwitch("chatty", bytes(1, 2, 3))).isEqualTo(bytes(1, 2, 3));
  }

  @Test
  void theProofVerifiesTheServer() {
    AuthTalk talk = mariaDb().trust(PeerTrust.PROOF_DUE);
    talk.begin("mysql_native_password");
    assertThatCode(() -> talk.conversation().succeeded("\1" + NATIVE_PROOF))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\1",
        NATIVE_PROOF,
        "\1" + NATIVE_PROOF + "0",
        "\1" + "0" + NATIVE_PROOF,
        "\1" + "9008eaf486c5de44441c0f8d0731a62aceb81f2e74065585fc271e409e9372d5"
      })
  void aLoginWithoutTheRightProofHasFailed(String info) {
    AuthTalk talk = mariaDb().trust(PeerTrust.PROOF_DUE);
    talk.begin("mysql_native_password");
    assertThatThrownBy(() -> talk.conversation().succeeded(info))
        .isInstanceOf(RefusedDemandException.class);
  }

  @Test
  void aProofForAnotherCertificateOrChallengeIsWrong() {
    AuthTalk replayed = mariaDb().trust(PeerTrust.PROOF_DUE);
    replayed.begin("mysql_native_password", counting(2, 20));
    assertThatThrownBy(() -> replayed.conversation().succeeded("\1" + NATIVE_PROOF))
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("someone may sit between");
    assertThatThrownBy(
            () ->
                FingerprintProof.verify(
                    "\1" + NATIVE_PROOF, counting(0, 20), CHALLENGE, FINGERPRINT))
        .isInstanceOf(RefusedDemandException.class);
  }

  @Test
  void whileTheProofIsDueOnlyPluginsThatGiveOneAreUsed() {
    for (String plugin :
        List.of("mysql_clear_password", "dialog", "sha256_password", "caching_sha2_password")) {
      AuthTalk talk = mariaDb().trust(PeerTrust.PROOF_DUE);
      talk.begin("mysql_native_password");
      assertThatThrownBy(() -> talk.hearSwitch(plugin, CHALLENGE))
          .isInstanceOf(RefusedDemandException.class);
    }
    // An account without password has nothing to key a proof with, and MySQL makes none.
    assertThatThrownBy(
            () -> mariaDb().trust(PeerTrust.PROOF_DUE).passwords("").begin("mysql_native_password"))
        .isInstanceOf(RefusedDemandException.class);
    assertThatThrownBy(() -> mysql().trust(PeerTrust.PROOF_DUE).begin("mysql_native_password"))
        .isInstanceOf(RefusedDemandException.class);
  }

  @Test
  void aServerThatSkipsTheSignatureProvesNothing() {
    AuthTalk talk = mariaDb().trust(PeerTrust.PROOF_DUE);
    talk.begin("mysql_native_password");
    talk.hearSwitch("parsec", CHALLENGE_32);
    assertThatThrownBy(() -> talk.conversation().succeeded("\1" + NATIVE_PROOF))
        .isInstanceOf(RefusedDemandException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"VERIFIED", "UNVERIFIED"})
  void elsewhereNoProofIsDue(PeerTrust trust) {
    AuthTalk talk = mariaDb().trust(trust);
    talk.begin("mysql_native_password");
    assertThatCode(() -> talk.conversation().succeeded("")).doesNotThrowAnyException();
  }

  /** Answers with what it hears. */
  private static final class Chatty implements AuthPlugin {
    @Override
    public String name() {
      return "chatty";
    }

    @Override
    public boolean revealsPassword() {
      return false;
    }

    @Override
    public AuthMethod start(AuthContext context) {
      return new AuthMethod() {
        @Override
        public byte[] begin(byte[] challenge) {
          return challenge;
        }

        @Override
        public byte[] answer(io.bonito.protocol.buffer.ByteReader data) {
          return data.readRest();
        }
      };
    }
  }
}
