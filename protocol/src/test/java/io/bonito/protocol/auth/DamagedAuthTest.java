package io.bonito.protocol.auth;

import static io.bonito.protocol.auth.AuthTalk.bytes;
import static io.bonito.protocol.auth.AuthTalk.counting;
import static io.bonito.protocol.auth.AuthTalk.join;
import static io.bonito.protocol.auth.AuthTalk.text;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Servers that say anything at all: whatever it is, only the two failures come of it. */
class DamagedAuthTest {
  private static final int ROUNDS = 20_000;
  private static final String CANARY = "CANARY-of-a-password";

  private static final List<String> PLUGINS =
      List.of(
          "mysql_native_password",
          "caching_sha2_password",
          "sha256_password",
          "mysql_clear_password",
          "mysql_old_password",
          "dialog",
          "client_ed25519",
          "parsec",
          "");

  private final Random random = new Random(20_000);

  @Test
  void nothingButTheTwoFailuresComesOfIt() {
    for (int round = 0; round < ROUNDS; round++) {
      PeerTrust trust = PeerTrust.values()[random.nextInt(PeerTrust.values().length)];
      try {
        talk(trust);
      } catch (MalformedPacketException | RefusedDemandException e) {
        if (e.toString().contains(CANARY)) {
          throw new AssertionError("round " + round + " told the password");
        }
      } catch (RuntimeException e) {
        throw new AssertionError("round " + round, e);
      }
    }
  }

  private void talk(PeerTrust trust) {
    AuthTalk talk = random.nextBoolean() ? AuthTalk.mysql() : AuthTalk.mariaDb();
    talk.trust(trust).passwords(CANARY, CANARY, "");
    if (random.nextBoolean()) {
      talk.keys(PublicKeyPolicy.retrieved());
    }
    checkSilence(trust, talk.begin(plugin(), challenge()));
    for (int packet = 0; packet < 12; packet++) {
      byte[] answer = talk.hear(packet());
      if (answer != null) {
        checkSilence(trust, answer);
      }
    }
    talk.conversation().succeeded("");
  }

  private static void checkSilence(PeerTrust trust, byte[] answer) {
    if (!trust.isVerified()
        && new String(answer, java.nio.charset.StandardCharsets.ISO_8859_1).contains(CANARY)) {
      throw new AssertionError("the password went to a peer that is " + trust);
    }
  }

  private byte[] packet() {
    return switch (random.nextInt(8)) {
      case 0 -> bytes(1, 3 + random.nextInt(2));
      case 1 -> join(bytes(1), noise(40));
      case 2 -> noise(40);
      case 3 ->
          join(text("P"), bytes(random.nextInt(100) == 0 ? 0 : 7 + random.nextInt(249)), noise(30));
      case 4 -> join(bytes(2 + random.nextInt(4)), text(plugin()), bytes(0), challenge());
      case 5 ->
          join(
              bytes(1),
              text("-----BEGIN PUBLIC KEY-----"),
              noise(60),
              text("-----END PUBLIC KEY-----"));
      default -> join(bytes(0xFE), text(plugin()), bytes(0), challenge());
    };
  }

  private String plugin() {
    return PLUGINS.get(random.nextInt(PLUGINS.size()));
  }

  private byte[] challenge() {
    return switch (random.nextInt(5)) {
      case 0 -> noise(40);
      // Signatures take a millisecond each; a few are enough.
      case 1 -> random.nextInt(50) == 0 ? counting(1, 32) : counting(1, 20);
      default -> counting(1, 20);
    };
  }

  private byte[] noise(int limit) {
    byte[] noise = new byte[random.nextInt(limit)];
    random.nextBytes(noise);
    return noise;
  }
}
