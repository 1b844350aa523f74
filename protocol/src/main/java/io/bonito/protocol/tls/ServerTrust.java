package io.bonito.protocol.tls;

import io.bonito.protocol.auth.PeerTrust;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLSession;

/**
 * What one connection asks of its server's certificate, and how a refusal is told.
 *
 * @param marked whether a passed check leaves a mark on the TLS session; without, a handshake that
 *     succeeded is all that is asked for
 */
record ServerTrust(String host, boolean marked) {
  /**
   * What may be sent now that the handshake has succeeded. Where the user has written out that any
   * certificate will do, that is consent.
   */
  PeerTrust in(SSLSession session) {
    return !marked || ServerCertificates.hasVerified(session)
        ? PeerTrust.VERIFIED
        : PeerTrust.PROOF_DUE;
  }

  /** The refusal in words: what was found, and the ways out. */
  String explain(Throwable refusal) {
    Throwable deepest = refusal;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String reason = String.valueOf(deepest.getMessage());
    if (deepest instanceof CertificateExpiredException
        || deepest instanceof CertificateNotYetValidException) {
      return "its certificate is refused, the time is wrong: " + reason;
    }
    if (deepest instanceof CertificateException && namesDiffer(reason)) {
      return "its certificate is not for \""
          + host
          + "\" ("
          + reason
          + "). Connect by a name that it holds, or, where any server of its CA will do, write"
          + " sslMode=verify-ca";
    }
    return "its certificate is signed by nobody known here ("
        + reason
        + "). Three ways out: name the server's CA with serverSslCert=/path/to/ca.pem; or log in"
        + " to MariaDB 11.4 or newer with a password, which then proves the certificate; or accept"
        + " any certificate on purpose with sslMode=trust (sslMode=REQUIRED)";
  }

  private static boolean namesDiffer(String reason) {
    return reason.contains("subject alternative") || reason.contains("No name matching");
  }
}
