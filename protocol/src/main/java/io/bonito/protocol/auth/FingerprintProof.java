package io.bonito.protocol.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.protocol.buffer.RefusedDemandException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * How a MariaDB server, since 11.4, shows with the account's password that the TLS certificate the
 * client saw is its own. So TLS is verified without any certificate authority.
 *
 * <pre>
 *   info of the login's OK:   0x01  hex( SHA256( key  challenge(20)  fingerprint(32) ) )
 *
 *   key           what both know of the password: {@link AuthMethod#fingerprintKey}
 *   challenge     the greeting's
 *   fingerprint   SHA256 of the certificate
 * </pre>
 *
 * <p>Someone in between has another certificate, and without the password cannot make the proof for
 * it.
 *
 * @see <a
 *     href="https://mariadb.com/docs/server/security/encryption/data-in-transit-encryption/zero-configuration-ssl">
 *     Zero-configuration SSL</a>
 */
final class FingerprintProof {
  private static final char MARK = 1;

  private FingerprintProof() {}

  /**
   * @throws RefusedDemandException where the OK holds no proof, or a wrong one
   */
  static void verify(String okInfo, byte[] key, byte[] challenge, byte[] fingerprint) {
    if (okInfo.isEmpty() || okInfo.charAt(0) != MARK) {
      throw new RefusedDemandException(
          "the server's certificate is not trusted, and the server did not prove with the password"
              + " that it is its own (MariaDB does since 11.4)");
    }
    byte[] due =
        HexFormat.of()
            .withUpperCase()
            .formatHex(Digests.sha256(key, challenge, fingerprint))
            .getBytes(ISO_8859_1);
    byte[] found = okInfo.substring(1).toUpperCase(java.util.Locale.ROOT).getBytes(ISO_8859_1);
    if (!MessageDigest.isEqual(due, found)) {
      throw new RefusedDemandException(
          "the server's proof of its certificate is wrong: someone may sit between");
    }
  }
}
