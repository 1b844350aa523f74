package io.bonito.protocol.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges the certificate that a server shows.
 *
 * <pre>
 *   ANY             nothing is checked: the user has written that out, or the peer is local
 *   CHAIN_OR_PROOF  what fails the check is let through unmarked; the server must then prove the
 *                   certificate with the password
 *   CHAIN           what fails the check fails the handshake
 * </pre>
 *
 * <p>Whether the host name is part of the check is said to the engine, by its endpoint
 * identification. A mark on the TLS session says that the check passed; a session without mark
 * counts as unverified, so that a mark lost on the way costs a proof and never safety.
 */
final class ServerCertificates extends X509ExtendedTrustManager {
  enum Demand {
    ANY,
    CHAIN_OR_PROOF,
    CHAIN
  }

  private static final String MARK = "io.bonito.certificate-verified";
  private static final X509Certificate[] NO_ISSUERS = {};

  private final Demand demand;
  private final @Nullable X509ExtendedTrustManager pkix;

  /**
   * @param pkix what checks; null where nothing is to be trusted
   */
  ServerCertificates(Demand demand, @Nullable X509ExtendedTrustManager pkix) {
    this.demand = demand;
    this.pkix = pkix;
  }

  static boolean hasVerified(SSLSession session) {
    return session.getValue(MARK) != null;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (demand == Demand.ANY) {
      return;
    }
    try {
      if (pkix == null) {
        throw new CertificateException("no certificates to trust are known here");
      }
      pkix.checkServerTrusted(chain, authType, engine);
      if (engine.getSSLParameters().getEndpointIdentificationAlgorithm() != null
          && chain[0].getSubjectAlternativeNames() == null) {
        // The JDK would compare the subject's common name, which RFC 9525 forbids.
        throw new CertificateException("the certificate has no subject alternative names");
      }
      engine.getHandshakeSession().putValue(MARK, true);
    } catch (CertificateException e) {
      if (demand == Demand.CHAIN) {
        throw e;
      }
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NO_ISSUERS;
  }

  // What only servers and sockets ask for.

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("this trust manager serves engines only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("this trust manager serves engines only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("this trust manager serves clients only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw new UnsupportedOperationException("this trust manager serves clients only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("this trust manager serves clients only");
  }
}
