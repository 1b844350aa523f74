package io.bonito.protocol.exchange;

import io.bonito.protocol.auth.AuthConversation;
import io.bonito.protocol.auth.AuthPlugins;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.auth.PublicKeyPolicy;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Who connects, and on what conditions.
 *
 * @param credentials wiped by whoever made them, after the login
 * @param database the schema to start in, or empty for none
 * @param capabilities the capabilities wanted beyond those that every session asks for: FOUND_ROWS,
 *     LOCAL_FILES, MULTI_STATEMENTS, COMPRESS, INTERACTIVE, QUERY_ATTRIBUTES
 * @param tls whether TLS is used
 * @param plainTrust what may be sent where TLS is not used: UNIX_SOCKET, LOOPBACK or UNVERIFIED
 * @param attributes names and values that the server shows in its {@code session_connect_attrs}
 * @param random a source fit for secrets, a {@code SecureRandom} outside of simulations
 */
public record Login(
    Credentials credentials,
    String database,
    long capabilities,
    Tls tls,
    PeerTrust plainTrust,
    AuthPlugins plugins,
    PublicKeyPolicy keys,
    Map<String, String> attributes,
    RandomGenerator random) {
  /**
   * @throws IllegalArgumentException for a NUL in the schema's name, which would end that name and
   *     begin the next field of the packet
   */
  public Login {
    if (database.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a schema's name cannot hold a NUL");
    }
  }

  /** Whether TLS is used. */
  public enum Tls {
    NEVER,
    /** Where the server offers it; whoever sits between can make it not offer. */
    IF_OFFERED,
    /** Nothing is sent before it is up, and a server without it is refused. */
    ALWAYS
  }

  AuthConversation converse(TlsPeer peer, boolean mariaDb) {
    return new AuthConversation(
        plugins, credentials, keys, peer.trust(), peer.fingerprint(), mariaDb, random);
  }

  /** The same for another user and schema. */
  public Login as(Credentials other, String otherDatabase) {
    return new Login(
        other, otherDatabase, capabilities, tls, plainTrust, plugins, keys, attributes, random);
  }
}
