package io.bonito.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.auth.AuthPlugins;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.auth.PublicKeyPolicy;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.exchange.TlsPeer;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A password leaves only towards a peer that was verified, whatever the server asks for, and where
 * in a session it asks. Every plugin is tried with every trust at every place.
 */
class SecretsTest {
  private static final String PASSWORD = "hidden-canary";

  private static final byte[] CHALLENGE = Packets.scramble();

  private static final byte[] LONG_CHALLENGE = new byte[32];

  private static final List<String> PLUGINS =
      List.of(
          "mysql_clear_password",
          "dialog",
          "sha256_password",
          "caching_sha2_password",
          "mysql_native_password",
          "client_ed25519",
          "parsec",
          "mysql_old_password",
          "nobody_knows");

  /** Where the server brings the plugin in. */
  enum Place {
    GREETING,
    SWITCH,
    NEXT_FACTOR,
    CHANGE_OF_USER,
    SWITCH_AT_A_CHANGE_OF_USER
  }

  record Case(String plugin, PeerTrust trust, Place place, boolean mariaDb) {}

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String plugin : PLUGINS) {
      for (PeerTrust trust : PeerTrust.values()) {
        for (Place place : Place.values()) {
          cases.add(new Case(plugin, trust, place, /* mariaDb= */ false));
          cases.add(new Case(plugin, trust, place, /* mariaDb= */ true));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thePasswordStaysWhereNobodyIsVerified(Case given) {
    Rogue rogue = new Rogue(given);
    rogue.ask();
    String captured = rogue.captured.toString(ISO_8859_1);
    if (captured.contains(PASSWORD)) {
      assertThat(given.trust()).matches(PeerTrust::isVerified, "a verified peer");
    }
    assertThat(rogue.said()).doesNotContain(PASSWORD);
  }

  /** So that the test above could see one. */
  @ParameterizedTest
  @ValueSource(
      strings = {"mysql_clear_password", "dialog", "sha256_password", "caching_sha2_password"})
  void aVerifiedPeerGetsItWhereThePluginWantsIt(String plugin) {
    Rogue rogue =
        new Rogue(new Case(plugin, PeerTrust.VERIFIED, Place.SWITCH, /* mariaDb= */ false));
    rogue.ask();
    assertThat(rogue.captured.toString(ISO_8859_1)).contains(PASSWORD);
  }

  /** Takes down all that the client says. */
  private static final class Rogue {
    private final Case given;
    private final SessionTalk talk;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
    private final StringBuilder said = new StringBuilder();
    private int due;

    Rogue(Case given) {
      this.given = given;
      boolean tls = given.trust() == PeerTrust.VERIFIED || given.trust() == PeerTrust.PROOF_DUE;
      Login login =
          new Login(
              Credentials.of("user", PASSWORD, PASSWORD, PASSWORD),
              "",
              0,
              tls ? Login.Tls.ALWAYS : Login.Tls.NEVER,
              tls ? PeerTrust.UNVERIFIED : given.trust(),
              AuthPlugins.builtIn(),
              PublicKeyPolicy.none(),
              Map.of(),
              new Random(1));
      talk = new SessionTalk(new SessionOptions(login, DecodingOptions.DEFAULT, 1 << 20, 4096));
      said.append(login);
    }

    void ask() {
      boolean greeting = given.place() == Place.GREETING;
      String first = greeting ? given.plugin() : "mysql_native_password";
      long offered =
          (given.mariaDb() ? SessionTalk.MARIADB : SessionTalk.MYSQL)
              | Capability.MULTI_FACTOR_AUTHENTICATION;
      String version = given.mariaDb() ? "11.4.5-MariaDB" : "8.0.33";
      hear(Packets.greeting(version, offered, first));
      switch (given.place()) {
        case GREETING -> {}
        case SWITCH -> hear(wanted(0xFE));
        case NEXT_FACTOR -> hear(wanted(2));
        case CHANGE_OF_USER, SWITCH_AT_A_CHANGE_OF_USER -> {
          hear(Packets.ok());
          if (talk.session.hasEnded()) {
            return;
          }
          talk.session.changeUser(Credentials.of("other", PASSWORD, PASSWORD), "");
          take();
          hear(wanted(0xFE));
        }
      }
      hear(Packets.moreAuthData((byte) 4));
      hear(Packets.moreAuthData("\5Password: ".getBytes(ISO_8859_1)));
      hear("\4Password: ".getBytes(ISO_8859_1));
      hear(Packets.localInfile("/etc/passwd"));
    }

    private byte[] wanted(int header) {
      boolean longer = given.plugin().equals("client_ed25519") || given.plugin().equals("parsec");
      return new Payload()
          .int8(header)
          .nulText(given.plugin())
          .raw(given.plugin().equals("dialog") ? new byte[0] : longer ? LONG_CHALLENGE : CHALLENGE)
          .bytes();
    }

    private void hear(byte[] payload) {
      if (talk.session.hasEnded()) {
        return;
      }
      talk.hear(due++, payload);
      try {
        if (talk.events().contains(Event.START_TLS)) {
          take();
          talk.session.tlsEstablished(new TlsPeer(given.trust(), new byte[32]));
          talk.events();
        }
      } catch (MalformedPacketException | RefusedDemandException e) {
        said.append(e);
      }
      take();
    }

    private void take() {
      byte[] sent = talk.sentBytes();
      captured.writeBytes(sent);
      for (int at = 0; at + 4 <= sent.length; ) {
        due = sent[at + 3] + 1;
        at += 4 + (sent[at] & 0xFF | (sent[at + 1] & 0xFF) << 8);
      }
    }

    String said() {
      return said.toString();
    }
  }
}
