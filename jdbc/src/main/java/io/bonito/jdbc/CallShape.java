package io.bonito.jdbc;

import io.bonito.protocol.sql.Identifiers;
import io.bonito.protocol.sql.SqlRules;
import io.bonito.protocol.sql.SqlScanner;
import io.bonito.protocol.sql.SqlScanner.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Which routine a statement calls, and what its placeholders stand for.
 *
 * <pre>
 *   CALL shop.pay(?, 5, ?)    schema shop, routine pay, arguments 0 and 2
 * </pre>
 *
 * @param schema empty for the one in use
 * @param routine empty where the statement calls none, or this cannot be told
 * @param arguments for each placeholder the index of the argument that it is the whole of, or -1
 */
record CallShape(boolean function, String schema, String routine, List<Integer> arguments) {
  /**
   * @param sql without JDBC's escapes: {@code CALL …}, or for a function {@code SELECT …}
   */
  static CallShape of(String sql, boolean function, SqlRules rules) {
    SqlScanner scanner = new SqlScanner(sql, rules);
    scanner.next(); // CALL or SELECT
    List<String> names = new ArrayList<>();
    Token token = scanner.next();
    while (token == Token.WORD || token == Token.QUOTED_NAME) {
      names.add(Identifiers.unquote(scanner.text()));
      token = scanner.next();
      if (token == Token.SYMBOL && scanner.isSymbol('.')) {
        token = scanner.next();
      }
    }
    if (names.isEmpty() || names.size() > 2) {
      return new CallShape(function, "", "", List.of());
    }
    List<Integer> arguments =
        token == Token.SYMBOL && scanner.isSymbol('(') ? arguments(scanner) : List.of();
    return new CallShape(
        function, names.size() == 2 ? names.get(0) : "", names.get(names.size() - 1), arguments);
  }

  private static List<Integer> arguments(SqlScanner scanner) {
    List<Integer> arguments = new ArrayList<>();
    int depth = 1;
    int argument = 0;
    int tokens = 0;
    int first = 0; // placeholders before this argument
    for (Token token = scanner.next(); token != Token.END && depth > 0; token = scanner.next()) {
      if (token == Token.SYMBOL && scanner.isSymbol('(')) {
        depth++;
      } else if (token == Token.SYMBOL && scanner.isSymbol(')')) {
        depth--;
      } else if (token == Token.SYMBOL && scanner.isSymbol(',') && depth == 1) {
        argument++;
        tokens = 0;
        first = arguments.size();
        continue;
      }
      if (token == Token.PLACEHOLDER) {
        arguments.add(tokens == 0 ? argument : -1);
      } else if (depth > 0) {
        // The argument is more than a placeholder.
        for (int i = first; i < arguments.size(); i++) {
          arguments.set(i, -1);
        }
      }
      tokens++;
    }
    return arguments;
  }

  /** Whether the text of a call is that of a function: {@code {?= call f(?)}}. */
  static boolean isFunction(String sql, SqlRules rules) {
    SqlScanner scanner = new SqlScanner(sql, rules);
    Token token = scanner.next();
    if (token == Token.SYMBOL && scanner.isSymbol('{')) {
      token = scanner.next();
    }
    return token == Token.PLACEHOLDER && scanner.next() == Token.SYMBOL && scanner.isSymbol('=');
  }

  /** The same where a call of a function has its braces, which some leave out. */
  static String braced(String sql, SqlRules rules) {
    return isFunction(sql, rules) && !sql.stripLeading().startsWith("{") ? "{" + sql + "}" : sql;
  }
}
