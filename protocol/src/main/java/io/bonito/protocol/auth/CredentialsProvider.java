package io.bonito.protocol.auth;

import io.bonito.protocol.option.Slot;

/**
 * Asked for the user and password at each physical connect, so that tokens which expire and
 * passwords which rotate are always the present ones.
 *
 * <p>The core never calls this: transports and faces do, before they make a session. It may take
 * its time, within the connect deadline, and is never called on an event loop. What it throws fails
 * that one connect.
 */
@FunctionalInterface
public interface CredentialsProvider {
  /** The place for one in the options; it goes before their user and passwords. */
  Slot<CredentialsProvider> SLOT = new Slot<>("credentialsProvider", CredentialsProvider.class);

  /**
   * @param host as configured, before any resolution; empty for a Unix socket
   * @param port 0 for a Unix socket
   * @return a new object each time: it is wiped after the login
   */
  Credentials credentialsFor(String host, int port);

  /** Always the same user and passwords. */
  static CredentialsProvider fixed(String user, String... passwords) {
    String[] kept = passwords.clone();
    return (host, port) -> Credentials.of(user, kept);
  }
}
