package io.bonito.protocol.auth;

/**
 * What is known of who is at the other end, and so what may be sent there.
 *
 * <pre>
 *   VERIFIED     TLS, and its certificate was verified, or the user has written out that it is to
 *                be trusted: even a password may be sent
 *   UNIX_SOCKET  on this machine: as verified, though not to every method of the server's
 *   LOOPBACK     plain TCP on this machine: as verified, but MySQL does not see that the line is
 *                safe, and takes a password only encrypted; so its key is fetched unasked
 *   UNVERIFIED   it may be anyone: only answers that hide the password
 *   PROOF_DUE    TLS is up, but the certificate convinced nobody; the login's OK must carry
 *                MariaDB's {@link FingerprintProof}, else the login has failed
 * </pre>
 */
public enum PeerTrust {
  VERIFIED,
  UNIX_SOCKET,
  LOOPBACK,
  UNVERIFIED,
  PROOF_DUE;

  /** Whether the password itself may be sent. */
  public boolean isVerified() {
    return this == VERIFIED || isLocal();
  }

  /** Whether nothing leaves this machine. */
  public boolean isLocal() {
    return this == UNIX_SOCKET || this == LOOPBACK;
  }
}
