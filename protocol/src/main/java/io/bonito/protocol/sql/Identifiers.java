package io.bonito.protocol.sql;

/** Names on their way into SQL text. */
public final class Identifiers {
  private Identifiers() {}

  /**
   * Quotes a name with backticks, which both servers understand in every sql_mode.
   *
   * @throws IllegalArgumentException where no server could have such a name
   */
  public static String quote(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an empty name");
    }
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a name with a NUL in it");
    }
    StringBuilder out = new StringBuilder(name.length() + 2).append('`');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '`') {
        out.append('`');
      }
      out.append(c);
    }
    return out.append('`').toString();
  }

  /**
   * Whether a name may stand unquoted as far as its characters go; it may still be a reserved word.
   */
  public static boolean isSimple(String name) {
    boolean onlyDigits = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '_' && c != '$' && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) {
        return false;
      }
      onlyDigits &= digit;
    }
    return !onlyDigits && name.length() <= 64;
  }
}
