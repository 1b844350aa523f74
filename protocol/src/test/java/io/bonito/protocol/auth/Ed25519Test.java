package io.bonito.protocol.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Ed25519Test {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 8032, 7.1, tests 1 and 3. */
  @Test
  void signsAsTheStandardSays() {
    Ed25519 first =
        Ed25519.ofSeed(
            HEX.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    assertThat(HEX.formatHex(first.publicKey()))
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThat(HEX.formatHex(first.sign(new byte[0])))
        .isEqualTo(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    Ed25519 third =
        Ed25519.ofSeed(
            HEX.parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));
    assertThat(HEX.formatHex(third.sign(HEX.parseHex("af82"))))
        .isEqualTo(
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
                + "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  }

  @Test
  void signsAsThePlatformDoes() throws Exception {
    Random random = new Random(25519);
    for (int round = 0; round < 100; round++) {
      byte[] seed = new byte[32];
      byte[] message = new byte[random.nextInt(100)];
      random.nextBytes(seed);
      random.nextBytes(message);
      Signature platform = Signature.getInstance("Ed25519");
      platform.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
      platform.update(message);
      assertThat(Ed25519.ofSeed(seed).sign(message)).isEqualTo(platform.sign());
    }
  }

  /** Expected values: a textbook implementation in Python, over its unlimited integers. */
  @Test
  void takesSeedsOfAnyLength() {
    byte[] message = new byte[32];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) (100 + i);
    }
    Ed25519 tenCharacters = Ed25519.ofSeed("pässwörd €".getBytes(UTF_8));
    assertThat(HEX.formatHex(tenCharacters.publicKey()))
        .isEqualTo("65468549011f4d666d20a2844103fae982e62259f37ce4d07cf2e1d5b3d033e7");
    assertThat(HEX.formatHex(tenCharacters.sign(message)))
        .isEqualTo(
            "98bb81630609cfdeea7771774cbbe89dd46e0d47cd75582caaf498cd2709d7d88e86c2bec167b552"
                + "aaee2eaa859c3a39ecae5dc038f12bc598b7128452e1da05");
    assertThat(HEX.formatHex(Ed25519.ofSeed("x".repeat(200).getBytes(UTF_8)).sign(message)))
        .isEqualTo(
            "e7bdcaaaabb60ea41a340b42dab1745247ec76516c995aaff0c5bf03613221a80c6ca9a63690003b"
                + "d3980842cbf4f0014b494602e1eb7900ac79674bc929dd0d");
  }
}
