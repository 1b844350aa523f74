package io.bonito.testkit.server;

import java.util.List;

/**
 * A user of a server, to log in as.
 *
 * @param plugin the server's name of the method
 * @param password empty for none
 * @param furtherPasswords of the second and third factor
 * @param tlsRequired whether the server refuses it without TLS
 * @param socketRequired whether it can log in over the Unix socket only, as this JVM's user
 */
public record Account(
    String user,
    String plugin,
    String password,
    List<String> furtherPasswords,
    boolean tlsRequired,
    boolean socketRequired) {

  @Override
  public String toString() {
    return user;
  }
}
