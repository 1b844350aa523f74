package io.bonito.protocol.sql;

/** Names on their way into SQL text. */
public final class Identifiers {
  /** The most characters that a name of both servers has. */
  public static final int LONGEST = 64;

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
    return !onlyDigits && name.length() <= LONGEST;
  }

  /** The name itself where it stands in backticks or double quotes; else the same text. */
  public static String unquote(String name) {
    int last = name.length() - 1;
    char quote = last > 0 ? name.charAt(0) : 0;
    if ((quote != '`' && quote != '"') || name.charAt(last) != quote) {
      return name;
    }
    StringBuilder out = new StringBuilder(last);
    for (int i = 1; i < last; i++) {
      char c = name.charAt(i);
      out.append(c);
      if (c == quote) {
        if (i + 1 == last || name.charAt(i + 1) != quote) {
          return name; // a quote that stands alone: the first one did not open what the last closes
        }
        i++;
      }
    }
    return out.toString();
  }
}
