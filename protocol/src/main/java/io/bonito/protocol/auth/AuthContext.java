package io.bonito.protocol.auth;

import java.util.random.RandomGenerator;

/**
 * What a method may know of the login it serves.
 *
 * @param factor which of the account's passwords is to be proved, 1 to 3
 * @param trust what may be sent to the peer
 * @param mariaDb whether the server is of MariaDB's family
 * @param random a source fit for secrets (a {@code SecureRandom} outside of tests)
 */
public record AuthContext(
    Credentials credentials,
    int factor,
    PeerTrust trust,
    boolean mariaDb,
    PublicKeyPolicy keys,
    RandomGenerator random) {

  /** The password of this factor in UTF-8; empty for none. Shared, not copied: do not change. */
  public byte[] password() {
    return credentials.password(factor);
  }
}
