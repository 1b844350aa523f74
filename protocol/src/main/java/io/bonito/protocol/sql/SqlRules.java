package io.bonito.protocol.sql;

/**
 * The two switches of sql_mode that decide where a string ends.
 *
 * @param ansiQuotes whether {@code "x"} is an identifier instead of a string
 * @param noBackslashEscapes whether a backslash in a string is a character like any other
 */
public record SqlRules(boolean ansiQuotes, boolean noBackslashEscapes) {
  public static final SqlRules DEFAULT = new SqlRules(false, false);

  /** Reads the server's value of sql_mode, in which combined modes are written out. */
  public static SqlRules of(String sqlMode) {
    return new SqlRules(has(sqlMode, "ANSI_QUOTES"), has(sqlMode, "NO_BACKSLASH_ESCAPES"));
  }

  /** The same, with what the status flag of the last answer says of backslashes. */
  public SqlRules withNoBackslashEscapes(boolean on) {
    return on == noBackslashEscapes ? this : new SqlRules(ansiQuotes, on);
  }

  private static boolean has(String sqlMode, String mode) {
    int start = 0;
    while (start <= sqlMode.length()) {
      int comma = sqlMode.indexOf(',', start);
      int end = comma < 0 ? sqlMode.length() : comma;
      if (end - start == mode.length()
          && sqlMode.regionMatches(/* ignoreCase= */ true, start, mode, 0, mode.length())) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }
}
