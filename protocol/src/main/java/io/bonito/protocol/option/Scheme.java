package io.bonito.protocol.option;

/**
 * Whose URL it is, and so whose defaults hold where the rivals differ.
 *
 * <p>Defaults that guard secrets (TLS, LOCAL INFILE, key retrieval) are the same for all three.
 */
public enum Scheme {
  /** {@code jdbc:bonito://}, and everything configured without a URL. */
  BONITO("Bonito", "jdbc:bonito:"),
  /** MySQL Connector/J: {@code jdbc:mysql:} and {@code jdbc:bonito:mysql:}. */
  MYSQL("Connector/J", "jdbc:mysql:"),
  /** MariaDB Connector/J: {@code jdbc:mariadb:} and {@code jdbc:bonito:mariadb:}. */
  MARIADB("MariaDB Connector/J", "jdbc:mariadb:");

  private final String product;
  private final String prefix;

  Scheme(String product, String prefix) {
    this.product = product;
    this.prefix = prefix;
  }

  /** The driver that owns this scheme, as its users call it. */
  public String product() {
    return product;
  }

  public String prefix() {
    return prefix;
  }
}
