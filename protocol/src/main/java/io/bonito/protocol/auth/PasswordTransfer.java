package io.bonito.protocol.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.RefusedDemandException;
import java.util.Arrays;

/**
 * Hands the password itself over, in the one way that is safe here: readable to a verified peer,
 * encrypted for a pinned key, or, where the user allowed it, for a key that the peer sends.
 */
final class PasswordTransfer {
  private final String plugin;
  private final AuthContext context;
  private final byte keyRequest;
  private final boolean clearOverUnixSocket;

  /**
   * @param keyRequest what asks the server for its key in this method
   * @param clearOverUnixSocket whether the server's side of this method takes a Unix socket for a
   *     safe line
   */
  PasswordTransfer(
      String plugin, AuthContext context, byte keyRequest, boolean clearOverUnixSocket) {
    this.plugin = plugin;
    this.context = context;
    this.keyRequest = keyRequest;
    this.clearOverUnixSocket = clearOverUnixSocket;
  }

  byte[] password() {
    return context.password();
  }

  /** Whether {@link #send} will ask for a key, which {@link #encryptFor} then answers. */
  boolean needsKey() {
    return !mayBeClear()
        && !(context.keys() instanceof PublicKeyPolicy.Pinned)
        && (context.trust().isLocal() || context.keys() instanceof PublicKeyPolicy.Retrieved);
  }

  private boolean mayBeClear() {
    return context.trust() == PeerTrust.VERIFIED
        || (clearOverUnixSocket && context.trust() == PeerTrust.UNIX_SOCKET);
  }

  /**
   * The password, or the request for the key to hide it with.
   *
   * @throws RefusedDemandException where neither may be sent
   */
  byte[] send(byte[] challenge) {
    if (mayBeClear()) {
      return nulTerminated(password());
    }
    if (context.keys() instanceof PublicKeyPolicy.Pinned pinned) {
      return encrypt(pinned.key(), challenge);
    }
    if (needsKey()) {
      return new byte[] {keyRequest};
    }
    throw new RefusedDemandException(
        plugin
            + ": the server wants the password itself (it does so for a wrong one too), and this"
            + " connection may be read by others."
            + " Use TLS, or pin the server's key (serverRSAPublicKey),"
            + " or trust whatever key it sends (allowPublicKeyRetrieval=true)");
  }

  /**
   * The password, hidden for the key that the server has sent.
   *
   * @throws RefusedDemandException where that is no key, or a weak one
   */
  byte[] encryptFor(ByteReader sentKey, byte[] challenge) {
    String pem = new String(sentKey.readRest(), ISO_8859_1);
    ServerPublicKey key;
    try {
      key = ServerPublicKey.parse(pem);
    } catch (IllegalArgumentException e) {
      throw new RefusedDemandException(
          plugin + ": the key that the server sent is refused: " + e.getMessage());
    }
    return encrypt(key, challenge);
  }

  static byte[] nulTerminated(byte[] password) {
    return Arrays.copyOf(password, password.length + 1);
  }

  private byte[] encrypt(ServerPublicKey key, byte[] challenge) {
    try {
      return key.encrypt(password(), challenge, context.random());
    } catch (IllegalArgumentException e) {
      throw new RefusedDemandException(plugin + ": " + e.getMessage());
    }
  }
}
