package io.bonito.protocol.auth;

/**
 * Where the public key comes from that hides a password from everyone but the server, when the
 * connection itself does not.
 */
public sealed interface PublicKeyPolicy {
  /** No key: methods that need one are refused towards an unverified peer. The default. */
  record None() implements PublicKeyPolicy {}

  /** The server's key, known beforehand. */
  record Pinned(ServerPublicKey key) implements PublicKeyPolicy {}

  /**
   * Whatever key the peer sends ({@code allowPublicKeyRetrieval=true}). Whoever sits between client
   * and server can send their own and read the password.
   */
  record Retrieved() implements PublicKeyPolicy {}

  static PublicKeyPolicy none() {
    return new None();
  }

  /**
   * @param pem the text of the server's {@code public_key.pem}
   * @throws IllegalArgumentException where it is no RSA key, or a weak one
   */
  static PublicKeyPolicy pinned(String pem) {
    return new Pinned(ServerPublicKey.parse(pem));
  }

  static PublicKeyPolicy retrieved() {
    return new Retrieved();
  }
}
