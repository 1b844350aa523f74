package io.bonito.protocol.message;

/**
 * What a server says of its version.
 *
 * <p>The family is not told by the number: MySQL's reached 26 while MariaDB's was 12, and MariaDB's
 * servers before 11 put {@code 5.5.5-} in front so that old replicas would talk to them.
 *
 * @param text as sent, without that prefix
 * @param mariaDb true for MariaDB, false for MySQL and all who speak like it
 */
public record ServerVersion(String text, boolean mariaDb, int major, int minor, int patch) {
  private static final String REPLICATION_PREFIX = "5.5.5-";

  public static ServerVersion of(Greeting greeting) {
    boolean extended = (greeting.capabilities() & Capability.LONG_PASSWORD) == 0;
    return parse(greeting.serverVersion(), extended);
  }

  /**
   * @param extendedCapabilities whether the greeting carried capabilities that only MariaDB has
   */
  public static ServerVersion parse(String sent, boolean extendedCapabilities) {
    boolean mariaDb = extendedCapabilities || sent.contains("MariaDB") || sent.contains("-mariadb");
    String text =
        sent.startsWith(REPLICATION_PREFIX) && mariaDb
            ? sent.substring(REPLICATION_PREFIX.length())
            : sent;
    int[] numbers = new int[3];
    int at = 0;
    for (int i = 0; i < numbers.length; i++) {
      int number = 0;
      int digits = 0;
      while (at < text.length() && isDigit(text.charAt(at)) && digits < 6) {
        number = number * 10 + text.charAt(at) - '0';
        at++;
        digits++;
      }
      numbers[i] = number;
      if (at >= text.length() || text.charAt(at) != '.') {
        break;
      }
      at++;
    }
    return new ServerVersion(text, mariaDb, numbers[0], numbers[1], numbers[2]);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** True for this version and all later ones of whatever family the server is of. */
  public boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
    if (major != otherMajor) {
      return major > otherMajor;
    }
    if (minor != otherMinor) {
      return minor > otherMinor;
    }
    return patch >= otherPatch;
  }
}
