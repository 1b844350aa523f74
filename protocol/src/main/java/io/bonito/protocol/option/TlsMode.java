package io.bonito.protocol.option;

/**
 * How much TLS is asked for, in the words of both rivals.
 *
 * <pre>
 *                   TLS        chain   host name   a server without TLS
 *   DISABLED        no         -       -           is used
 *   PREFERRED       if offered no      no          is used
 *   ALLOW           if offered yes     yes         is used
 *   REQUIRED        yes        no      no          is refused
 *   VERIFY_CA       yes        yes     no          is refused
 *   VERIFY_IDENTITY yes        yes     yes         is refused
 * </pre>
 *
 * <p>Where nothing is written out, {@link #byDefault} decides: VERIFY_IDENTITY towards another
 * machine.
 */
public enum TlsMode {
  DISABLED("disable"),
  PREFERRED("preferred"),
  ALLOW("allow"),
  REQUIRED("trust"),
  VERIFY_CA("verify-ca"),
  VERIFY_IDENTITY("verify-full");

  private final String mariaDbWord;

  TlsMode(String mariaDbWord) {
    this.mariaDbWord = mariaDbWord;
  }

  /** On the machine itself an unverified or plain peer is accepted; elsewhere only a proven one. */
  public static TlsMode byDefault(Peer peer) {
    return switch (peer) {
      case REMOTE -> VERIFY_IDENTITY;
      // Some accounts are made with REQUIRE SSL, so TLS is used where it is to be had.
      case LOOPBACK -> PREFERRED;
      // Servers call a Unix socket a secure transport; encrypting it would only cost time.
      case UNIX_SOCKET -> DISABLED;
    };
  }

  /** Whether to ask for TLS where the server offers it. */
  public boolean usesTls() {
    return this != DISABLED;
  }

  /** Whether a server that does not offer TLS is refused, before anything is sent to it. */
  public boolean requiresTls() {
    return this == REQUIRED || this == VERIFY_CA || this == VERIFY_IDENTITY;
  }

  public boolean verifiesChain() {
    return this == ALLOW || this == VERIFY_CA || this == VERIFY_IDENTITY;
  }

  public boolean verifiesHostName() {
    return this == ALLOW || this == VERIFY_IDENTITY;
  }

  /** MariaDB Connector/J's word for it, or our own where it has none. */
  public String mariaDbWord() {
    return mariaDbWord;
  }

  /**
   * Reads either vocabulary, in any case, with {@code _} and {@code -} as one.
   *
   * @throws IllegalArgumentException naming the words that are understood
   */
  static TlsMode parse(String text) {
    for (TlsMode mode : values()) {
      String hyphened = text.replace('_', '-');
      if (hyphened.equalsIgnoreCase(mode.name().replace('_', '-'))
          || hyphened.equalsIgnoreCase(mode.mariaDbWord)) {
        return mode;
      }
    }
    return switch (text) {
      // What MariaDB Connector/J 2 and 3 took for booleans in the place of a mode.
      case "0", "false" -> DISABLED;
      case "1", "true" -> VERIFY_IDENTITY;
      default ->
          throw new IllegalArgumentException(
              "one of DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY,"
                  + " disable, allow, trust, verify-ca, verify-full is due");
    };
  }
}
