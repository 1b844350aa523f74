package io.bonito.protocol.auth;

/**
 * What is known of who is at the other end, and so what may be sent there.
 *
 * <pre>
 *   VERIFIED     its certificate was verified, or it is on this machine, or the user has
 *                written out that it is to be trusted: even a password may be sent
 *   UNVERIFIED   it may be anyone: only answers that hide the password
 *   PROOF_DUE    TLS is up, but the certificate convinced nobody; the login's OK must carry
 *                MariaDB's {@link FingerprintProof}, else the login has failed
 * </pre>
 */
public enum PeerTrust {
  VERIFIED,
  UNVERIFIED,
  PROOF_DUE
}
