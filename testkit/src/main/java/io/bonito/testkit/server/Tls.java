package io.bonito.testkit.server;

/** With which certificate a server offers TLS. */
public enum Tls {
  /**
   * Signed by {@link io.bonito.testkit.tls.CertificateAuthority#shared}, for 127.0.0.1, ::1 and
   * localhost.
   */
  OWN_CA,

  /** Signed by itself, made by us: only a fingerprint can vouch for it. */
  SELF_SIGNED,

  /** Made by the server itself; MariaDB 11.4 takes seconds for it at every start. */
  AUTOMATIC,

  /** The server does not offer TLS. */
  NONE
}
