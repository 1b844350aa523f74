package io.bonito.protocol.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.protocol.buffer.ByteReader;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A conversation under test, with the server's side typed in. */
final class AuthTalk {
  static final byte[] CHALLENGE = counting(1, 20);
  static final byte[] CHALLENGE_32 = counting(100, 32);
  static final byte[] FINGERPRINT = counting(200, 32);

  private AuthPlugins plugins = AuthPlugins.builtIn();
  private Credentials credentials = Credentials.of("user", "secret");
  private PublicKeyPolicy keys = PublicKeyPolicy.none();
  private PeerTrust trust = PeerTrust.UNVERIFIED;
  private boolean mariaDb;
  private @Nullable AuthConversation conversation;

  static AuthTalk mysql() {
    return new AuthTalk();
  }

  static AuthTalk mariaDb() {
    AuthTalk talk = new AuthTalk();
    talk.mariaDb = true;
    return talk;
  }

  AuthTalk passwords(String... passwords) {
    credentials = Credentials.of("user", passwords);
    return this;
  }

  AuthTalk trust(PeerTrust given) {
    trust = given;
    return this;
  }

  AuthTalk keys(PublicKeyPolicy given) {
    keys = given;
    return this;
  }

  AuthTalk only(String... names) {
    plugins = plugins.restrictedTo(List.of(names));
    return this;
  }

  AuthTalk with(AuthPlugin plugin) {
    plugins = plugins.with(plugin);
    return this;
  }

  byte[] begin(String plugin) {
    return begin(plugin, CHALLENGE);
  }

  byte[] begin(String plugin, byte[] challenge) {
    AuthConversation begun =
        new AuthConversation(
            plugins, credentials, keys, trust, FINGERPRINT, mariaDb, new Random(1));
    conversation = begun;
    return begun.begin(plugin, challenge);
  }

  byte @Nullable [] hear(byte[]... parts) {
    // Poisoned on both sides: reading beyond the packet would show.
    byte[] packet = join(parts);
    byte[] framed = join(bytes(0xEE, 0xEE, 0xEE), packet, bytes(0xEE, 0xEE, 0xEE));
    return conversation().answer(new ByteReader().wrap(framed, 3, packet.length));
  }

  byte @Nullable [] hearSwitch(String plugin, byte[] challenge) {
    return hear(bytes(0xFE), text(plugin), bytes(0), challenge);
  }

  AuthConversation conversation() {
    if (conversation == null) {
      throw new IllegalStateException("not begun");
    }
    return conversation;
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] counting(int from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static String pem(java.security.PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }
}
