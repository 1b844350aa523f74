package io.bonito.protocol.auth;

/**
 * A way of proving a password, known to servers by its name.
 *
 * <p>To add one, implement this and {@link AuthMethod}, and hand the object to {@link
 * AuthPlugins#with}. A plugin is shared by all connections and keeps no state; what belongs to one
 * login lives in the method it starts.
 */
public interface AuthPlugin {
  /** The client-side name that servers put into greetings and switch requests. */
  String name();

  /**
   * Whether every answer holds the password itself. Such a plugin is only started towards a peer
   * that was verified; any other is refused before a byte is sent.
   */
  boolean revealsPassword();

  /**
   * Whether the greeting's challenge can be answered. A method that works on data of its own kind
   * says no; it {@linkplain AuthMethod#beginUnasked begins unasked} then.
   */
  default boolean answersGreeting() {
    return true;
  }

  /**
   * Whether the method gives a {@link AuthMethod#fingerprintKey}, and gives nothing away to an
   * impostor: only such plugins may run while {@link FingerprintProof} is still due.
   */
  default boolean canProveServer() {
    return false;
  }

  /** Begins one proof of one password. */
  AuthMethod start(AuthContext context);
}
