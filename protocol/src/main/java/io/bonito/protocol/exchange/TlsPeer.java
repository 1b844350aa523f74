package io.bonito.protocol.exchange;

import io.bonito.protocol.auth.PeerTrust;

/**
 * Who answered at the other end of TLS, as far as the transport could find out.
 *
 * @param trust what may be sent there
 * @param fingerprint SHA-256 of the server's certificate; empty where it does not matter
 */
public record TlsPeer(PeerTrust trust, byte[] fingerprint) {}
