package io.bonito.protocol.sql;

/**
 * SQL as it may be shown to others: each value in it is a question mark, whether the application
 * has left a place for it or has written it into the text.
 *
 * <pre>
 *   SELECT a FROM t WHERE b = 'x' AND c IN (?, 2.5)   →   SELECT a FROM t WHERE b = ? AND c IN (?, ?)
 * </pre>
 *
 * <p>What begins with a digit counts as a number, and what does not end as a string. Comments stay:
 * they often tell who asks.
 */
public final class SqlDigest {
  private static final char CUT = '…';

  private SqlDigest() {}

  /**
   * @param rules how the server reads quotes
   * @param longest characters at most, from 1; what is cut ends with an ellipsis
   */
  public static String of(String sql, SqlRules rules, int longest) {
    SqlScanner scanner = new SqlScanner(sql, rules);
    StringBuilder out = new StringBuilder(Math.min(sql.length(), longest + 1));
    int told = 0;
    boolean behindNumber = false;
    SqlScanner.Token token = scanner.next();
    while (token != SqlScanner.Token.END && out.length() <= longest) {
      boolean number = isNumber(token, sql.charAt(scanner.start()));
      if (number || token == SqlScanner.Token.STRING) {
        boolean fraction = behindNumber && scanner.start() == told + 1 && sql.charAt(told) == '.';
        if (!fraction) {
          append(out, sql, told, scanner.start(), longest).append('?');
        }
        told = scanner.end();
        behindNumber = number;
      }
      token = scanner.next();
    }
    append(out, sql, told, sql.length(), longest);
    if (out.length() > longest) {
      out.setLength(longest - 1);
      out.append(CUT);
    }
    return out.toString();
  }

  private static boolean isNumber(SqlScanner.Token token, char first) {
    return token == SqlScanner.Token.WORD && first >= '0' && first <= '9';
  }

  /** No more than shows that something is to be cut. */
  private static StringBuilder append(
      StringBuilder out, String sql, int from, int to, int longest) {
    return out.append(sql, from, Math.max(from, Math.min(to, from + longest + 1 - out.length())));
  }
}
