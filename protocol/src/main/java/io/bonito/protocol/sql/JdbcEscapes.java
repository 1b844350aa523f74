package io.bonito.protocol.sql;

import io.bonito.protocol.sql.SqlScanner.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JDBC's escapes in braces, written as the servers' own SQL.
 *
 * <pre>
 *   {d '2020-01-31'}               DATE '2020-01-31'
 *   {t '12:30:00'}                 TIME '12:30:00'
 *   {ts '2020-01-31 12:30:00'}     TIMESTAMP '2020-01-31 12:30:00'
 *   {ts ?}                         CAST( ? AS DATETIME(6))
 *   {fn CONVERT(a, SQL_INTEGER)}   CONVERT(a, SIGNED)
 *   {fn NOW()}   {oj a JOIN b}     NOW()    a JOIN b
 *   {escape '!'} {limit 5}         ESCAPE '!'    LIMIT 5
 *   {call p}     {call p(?)}       CALL p()    CALL p(?)
 *   {?= call f(?)}                 SELECT f(?)
 * </pre>
 *
 * <p>Braces in strings and comments are left alone, and so are braces that are no escapes: a server
 * that does not know them either says so in its own words.
 */
public final class JdbcEscapes {
  private enum Escape {
    DATE("DATE", "DATE"),
    TIME("TIME", "TIME(6)"),
    TIMESTAMP("TIMESTAMP", "DATETIME(6)"),
    FUNCTION("", ""),
    OUTER_JOIN("", ""),
    LIKE_ESCAPE("ESCAPE", ""),
    LIMIT("LIMIT", ""),
    CALL("CALL", ""),
    FUNCTION_CALL("SELECT", ""),
    NONE("{", "");

    private final String words;
    private final String castType;

    Escape(String words, String castType) {
      this.words = words;
      this.castType = castType;
    }

    boolean isTemporal() {
      return this == DATE || this == TIME || this == TIMESTAMP;
    }
  }

  /** An escape whose brace is still open. */
  private static final class Open {
    private final Escape escape;
    private boolean cast;
    private boolean hasParenthesis;
    private boolean converts;

    Open(Escape escape) {
      this.escape = escape;
    }
  }

  private final String sql;
  private final SqlScanner scanner;
  private final StringBuilder out;
  private final Deque<Open> opened = new ArrayDeque<>();

  /** How much of {@link #sql} is in {@link #out}, or was replaced there. */
  private int copied;

  private JdbcEscapes(String sql, SqlRules rules) {
    this.sql = sql;
    this.scanner = new SqlScanner(sql, rules);
    this.out = new StringBuilder(sql.length() + 16);
  }

  /** The same statement without escapes; the same text where it has none, or where one is open. */
  public static String translate(String sql, SqlRules rules) {
    return sql.indexOf('{') < 0 ? sql : new JdbcEscapes(sql, rules).translate();
  }

  private String translate() {
    Token token = scanner.next();
    // A word behind a comma is a type of CONVERT if a parenthesis closes behind it.
    boolean behindComma = false;
    int typeStart = -1;
    int typeEnd = -1;
    while (token != Token.END) {
      if (token == Token.SYMBOL && scanner.isSymbol('{')) {
        token = open();
        continue;
      }
      Open top = opened.peek();
      if (token == Token.SYMBOL && top != null) {
        if (scanner.isSymbol('}')) {
          close(opened.pop());
        } else if (scanner.isSymbol('(')) {
          top.hasParenthesis = true;
        } else if (scanner.isSymbol(')') && typeEnd > 0 && top.converts) {
          replaceType(typeStart, typeEnd);
        }
      }
      typeEnd = -1;
      if (token == Token.WORD && top != null) {
        if (top.escape == Escape.FUNCTION && scanner.isWord("CONVERT")) {
          top.converts = true;
        } else if (top.escape == Escape.FUNCTION && scanner.isWord("SQL_TSI_FRAC_SECOND")) {
          // No server has nanoseconds.
          copyTo(scanner.start());
          out.append("MICROSECOND");
          copied = scanner.end();
        } else if (behindComma) {
          typeStart = scanner.start();
          typeEnd = scanner.end();
        }
      }
      behindComma = token == Token.SYMBOL && scanner.isSymbol(',');
      token = scanner.next();
    }
    if (!opened.isEmpty()) {
      return sql;
    }
    copyTo(sql.length());
    return out.toString();
  }

  /** Reads what stands behind an opening brace; gives the token behind that. */
  private Token open() {
    copyTo(scanner.start());
    int brace = scanner.end();
    Token token = scanner.next();
    Escape escape = token == Token.WORD ? escape() : Escape.NONE;
    if (token == Token.PLACEHOLDER) {
      token = scanner.next();
      if (token == Token.SYMBOL && scanner.isSymbol('=')) {
        token = scanner.next();
        escape = token == Token.WORD && scanner.isWord("CALL") ? Escape.FUNCTION_CALL : Escape.NONE;
      }
    }
    Open open = new Open(escape);
    opened.push(open);
    if (escape == Escape.NONE) {
      out.append('{');
      copied = brace;
      return token;
    }
    copied = scanner.end();
    token = scanner.next();
    if (escape == Escape.FUNCTION || escape == Escape.OUTER_JOIN) {
      copied = scanner.start();
    }
    open.cast = escape.isTemporal() && token != Token.STRING;
    out.append(open.cast ? "CAST(" : escape.words);
    return token;
  }

  private Escape escape() {
    return switch (scanner.text().toLowerCase(Locale.ROOT)) {
      case "d" -> Escape.DATE;
      case "t" -> Escape.TIME;
      case "ts" -> Escape.TIMESTAMP;
      case "fn" -> Escape.FUNCTION;
      case "oj" -> Escape.OUTER_JOIN;
      case "escape" -> Escape.LIKE_ESCAPE;
      case "limit" -> Escape.LIMIT;
      case "call" -> Escape.CALL;
      default -> Escape.NONE;
    };
  }

  private void close(Open open) {
    copyTo(scanner.start());
    copied = scanner.end();
    if (open.cast) {
      out.append(" AS ").append(open.escape.castType).append(')');
    } else if (open.escape == Escape.NONE) {
      out.append('}');
    } else if ((open.escape == Escape.CALL || open.escape == Escape.FUNCTION_CALL)
        && !open.hasParenthesis) {
      out.append("()");
    }
  }

  private void replaceType(int start, int end) {
    String type = castType(sql.substring(start, end));
    if (type != null) {
      copyTo(start);
      out.append(type);
      copied = end;
    }
  }

  /** The servers' word for a type of JDBC; null where it is the same. */
  private static @Nullable String castType(String word) {
    String type = word.toUpperCase(Locale.ROOT);
    boolean prefixed = type.startsWith("SQL_");
    String name = prefixed ? type.substring("SQL_".length()) : type;
    return switch (name) {
      case "BIGINT", "INTEGER", "SMALLINT", "TINYINT" -> "SIGNED";
      case "BIT", "BOOLEAN" -> "UNSIGNED";
      case "DOUBLE", "FLOAT", "REAL" -> "DOUBLE";
      case "NUMERIC" -> "DECIMAL";
      case "VARCHAR", "LONGVARCHAR", "CLOB" -> "CHAR";
      case "VARBINARY", "LONGVARBINARY", "BLOB" -> "BINARY";
      case "TIMESTAMP" -> "DATETIME(6)";
      default -> prefixed ? name : null;
    };
  }

  private void copyTo(int end) {
    if (end > copied) {
      out.append(sql, copied, end);
      copied = end;
    }
  }
}
