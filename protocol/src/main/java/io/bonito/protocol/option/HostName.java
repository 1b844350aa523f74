package io.bonito.protocol.option;

/** What may stand in the place of a host: a name, an address, or the path of a Unix socket. */
final class HostName {
  private static final int LONGEST = 255;

  private HostName() {}

  /**
   * @throws OptionException where the text is none of the three
   */
  static void check(String host) {
    if (host.isEmpty()) {
      throw new OptionException("host", "an empty host");
    }
    if (host.length() > LONGEST) {
      throw new OptionException("host", "a host of " + host.length() + " characters, at most 255");
    }
    boolean socket = host.charAt(0) == '/';
    boolean address = !socket && host.indexOf(':') >= 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean allowed = socket ? !Character.isISOControl(c) : address ? inAddress(c) : inName(c);
      if (!allowed) {
        throw new OptionException(
            "host", "host " + OptionException.quote(host) + " holds " + shown(c));
      }
    }
  }

  private static boolean inName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_';
  }

  /** IPv6, with a zone behind a percent sign. */
  private static boolean inAddress(char c) {
    return (c < 0x80 && Character.isLetterOrDigit(c)) || c == ':' || c == '.' || c == '%';
  }

  private static String shown(char c) {
    return Character.isWhitespace(c) ? "white space" : OptionException.quote(String.valueOf(c));
  }
}
