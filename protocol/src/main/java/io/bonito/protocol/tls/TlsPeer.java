package io.bonito.protocol.tls;

import java.util.HexFormat;

/**
 * Whom the TLS handshake found at the other end.
 *
 * @param verified true where the certificate stood every check that the options ask for (none, with
 *     {@code sslMode=trust}); false where nobody vouches for it and the server has yet to prove it
 *     with the password, as MariaDB does since 11.4
 * @param sha256Fingerprint of the server's own certificate, 32 bytes
 */
public record TlsPeer(boolean verified, byte[] sha256Fingerprint) {
  @Override
  public String toString() {
    return (verified ? "verified " : "unverified ") + HexFormat.of().formatHex(sha256Fingerprint);
  }
}
