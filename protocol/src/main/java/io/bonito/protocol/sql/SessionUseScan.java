package io.bonito.protocol.sql;

import io.bonito.protocol.sql.SqlScanner.Token;
import java.util.Locale;
import java.util.Set;

/**
 * One pass over the tokens of a text for {@link SessionUse}.
 *
 * <p>An opening parenthesis is what a call looks like. So it is let pass behind words that can be
 * no function's name, and directly behind the name of a function of the server's own that is known
 * to be harmless. With a blank between them, or with a schema before it, that may be a function of
 * somebody's of the same name.
 */
final class SessionUseScan {
  /** Reserved words: no function of a user's has such a name without quotes. */
  private static final Set<String> BEFORE_PARENTHESES =
      words(
          "ALL AND AS BETWEEN BINARY BY CASE CHAR DECIMAL DISTINCT DIV ELSE EXCEPT EXISTS FROM HAVING IN"
              + " INDEX INTERSECT INTERVAL IS JOIN KEY LIKE LIMIT MATCH NOT ON OR OVER PARTITION"
              + " REGEXP RLIKE SELECT SET THEN UNION USING VALUES WHEN WHERE XOR");

  /** Functions of the servers' own whose value depends on no session, and that change nothing. */
  private static final Set<String> FUNCTIONS =
      words(
          "ABS ACOS ADDDATE ADDTIME ASCII ASIN ATAN ATAN2 AVG BIN BIT_AND BIT_COUNT BIT_LENGTH BIT_OR"
              + " BIT_XOR CAST CEIL CEILING CHAR CHARACTER_LENGTH CHAR_LENGTH COALESCE CONCAT"
              + " CONCAT_WS CONV CONVERT CONVERT_TZ COS COT COUNT CRC32 CUME_DIST CURDATE"
              + " CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURTIME DATABASE DATE DATEDIFF DATE_ADD"
              + " DATE_FORMAT DATE_SUB DAY DAYNAME DAYOFMONTH DAYOFWEEK DAYOFYEAR DEGREES DENSE_RANK"
              + " ELT EXP EXTRACT FIELD FIND_IN_SET FIRST_VALUE FLOOR FORMAT FROM_BASE64 FROM_DAYS"
              + " FROM_UNIXTIME GREATEST GROUPING GROUP_CONCAT HEX HOUR IF IFNULL INET6_ATON INET6_NTOA"
              + " INET_ATON INET_NTOA INSTR ISNULL JSON_ARRAY JSON_ARRAYAGG JSON_CONTAINS"
              + " JSON_CONTAINS_PATH JSON_DEPTH JSON_EXTRACT JSON_INSERT JSON_KEYS JSON_LENGTH"
              + " JSON_OBJECT JSON_OBJECTAGG JSON_QUOTE JSON_REMOVE JSON_REPLACE JSON_SEARCH JSON_SET"
              + " JSON_TYPE JSON_UNQUOTE JSON_VALID JSON_VALUE LAG LAST_DAY LAST_VALUE LCASE LEAD"
              + " LEAST LEFT LENGTH LN LOCALTIME LOCALTIMESTAMP LOCATE LOG LOG10 LOG2 LOWER LPAD LTRIM"
              + " MAKEDATE MAKETIME MAX MD5 MICROSECOND MID MIN MINUTE MOD MONTH MONTHNAME NOW"
              + " NTH_VALUE NTILE NULLIF OCT OCTET_LENGTH ORD PERCENT_RANK PERIOD_ADD PERIOD_DIFF PI"
              + " POSITION POW POWER QUARTER QUOTE RADIANS RAND RANK REGEXP_INSTR REGEXP_LIKE"
              + " REGEXP_REPLACE REGEXP_SUBSTR REPEAT REPLACE REVERSE RIGHT ROUND ROW_NUMBER RPAD RTRIM"
              + " SCHEMA SECOND SEC_TO_TIME SHA SHA1 SHA2 SIGN SIN SOUNDEX SPACE SQRT STD STDDEV"
              + " STDDEV_POP STDDEV_SAMP STRCMP STR_TO_DATE SUBDATE SUBSTR SUBSTRING SUBSTRING_INDEX"
              + " SUBTIME SUM SYSDATE TAN TIME TIMEDIFF TIMESTAMP TIMESTAMPADD TIMESTAMPDIFF"
              + " TIME_FORMAT TIME_TO_SEC TO_BASE64 TO_DAYS TO_SECONDS TRIM TRUNCATE UCASE UNHEX"
              + " UNIX_TIMESTAMP UPPER UTC_DATE UTC_TIME UTC_TIMESTAMP UUID VARIANCE VAR_POP VAR_SAMP"
              + " VERSION WEEK WEEKDAY WEEKOFYEAR YEAR YEARWEEK");

  /** Locks, what belongs to one session, and places to put a result. */
  private static final Set<String> NEVER =
      words(
          "CURRVAL DELAYED FOR HANDLER INTO LASTVAL LOCK NEXTVAL PERFORMANCE_SCHEMA PROCEDURE"
              + " SESSION_STATUS SESSION_VARIABLES SETVAL SQL_CALC_FOUND_ROWS");

  private static final Set<String> ROWS_FROM_ELSEWHERE = words("SELECT TABLE WITH");
  private static final Set<String> VARIABLES_BEHIND =
      words("IDENTITY LAST_INSERT_ID WARNING_COUNT ERROR_COUNT");

  private static final int LONGEST_WORD = 24;

  private final String sql;
  private final SqlScanner scanner;
  private final boolean inserts;
  private final boolean shows;

  private boolean needsSession;
  private boolean looksBack;

  private int depth;
  private boolean behindValues;
  private boolean behindRows;
  private int rows;

  // The tokens before.
  private Token before = Token.END;
  private String wordBefore = "";
  private int endBefore;
  private boolean qualified;
  private boolean variable;

  /** Set between the parentheses of {@code LAST_INSERT_ID()}. */
  private boolean asksForId;

  SessionUseScan(SqlTemplate template) {
    this.sql = template.sql();
    this.scanner = new SqlScanner(sql, template.rules());
    StatementKind kind = template.kind();
    this.inserts = kind == StatementKind.INSERT || kind == StatementKind.REPLACE;
    this.shows = kind == StatementKind.SHOW;
    this.needsSession =
        template.isMultiple()
            || !template.takesLiterals()
            || switch (kind) {
              case SELECT, INSERT, REPLACE, UPDATE, DELETE -> false;
              case CALL,
                  LOAD,
                  LOAD_LOCAL,
                  SET,
                  USE,
                  SHOW,
                  BEGIN,
                  COMMIT,
                  ROLLBACK,
                  SAVEPOINT,
                  DEFINITION,
                  EXECUTE,
                  XA,
                  OTHER,
                  EMPTY ->
                  true;
            };
    boolean first = true;
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (first && token == Token.WORD) {
        looksBack = scanner.isWord("GET"); // GET DIAGNOSTICS
      }
      token(token);
      first = false;
    }
  }

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }

  SessionUse use() {
    if (looksBack) {
      return SessionUse.LOOKS_BACK;
    }
    return needsSession || rows > 1 ? SessionUse.NEEDS_SESSION : SessionUse.STANDS_ALONE;
  }

  private void token(Token token) {
    String word = "";
    boolean afterDot = false;
    boolean afterAt = false;
    switch (token) {
      case WORD -> {
        word = upper();
        word(word);
      }
      case QUOTED_NAME -> {
        if (variable) {
          lookBehind(
              sql.substring(scanner.start() + 1, Math.max(scanner.start() + 1, scanner.end() - 1)));
        }
      }
      case SYMBOL -> {
        if (scanner.isSymbol('(')) {
          open();
        } else if (scanner.isSymbol(')')) {
          depth--;
          looksBack |= asksForId && before == Token.SYMBOL;
        } else if (scanner.isSymbol('@')) {
          needsSession = true;
          afterAt = true;
        }
        afterDot = scanner.isSymbol('.');
      }
      case STRING, PLACEHOLDER, SEMICOLON, END -> {}
    }
    asksForId &= token == Token.SYMBOL && scanner.isSymbol('(');
    // @@session.warning_count: the last name counts.
    variable = afterAt || (variable && (afterDot || token == Token.WORD));
    qualified = before == Token.SYMBOL && endBefore > 0 && sql.charAt(endBefore - 1) == '.';
    before = token;
    wordBefore = word;
    endBefore = scanner.end();
  }

  private void word(String word) {
    if (variable) {
      lookBehind(word);
    }
    if (shows) {
      looksBack |= word.equals("WARNINGS") || word.equals("ERRORS");
    }
    if (inserts) {
      needsSession |= ROWS_FROM_ELSEWHERE.contains(word);
      if (depth == 0) {
        behindRows |=
            behindValues && (word.equals("ON") || word.equals("AS") || word.equals("RETURNING"));
        behindValues |= word.equals("VALUES") || word.equals("VALUE") || word.equals("SET");
      }
      needsSession |= NEVER.contains(word) && !(word.equals("INTO") && !behindValues);
    } else {
      needsSession |= NEVER.contains(word);
    }
  }

  private void lookBehind(String name) {
    looksBack |= VARIABLES_BEHIND.contains(name.toUpperCase(Locale.ROOT));
  }

  private void open() {
    boolean top = depth == 0;
    depth++;
    if (inserts && top) {
      if (!behindValues) {
        return; // the list of columns
      }
      if (!behindRows && before != Token.QUOTED_NAME && isRow()) {
        rows++;
        return;
      }
    }
    if (before == Token.QUOTED_NAME) {
      needsSession = true;
    } else if (before == Token.WORD) {
      call(wordBefore, /* adjacent= */ scanner.start() == endBefore);
    }
  }

  /** Whether a parenthesis behind VALUES begins a row. */
  private boolean isRow() {
    return before != Token.WORD || wordBefore.equals("VALUES") || wordBefore.equals("VALUE");
  }

  private void call(String name, boolean adjacent) {
    switch (name) {
      case "FOUND_ROWS", "ROW_COUNT" -> looksBack = true;
      case "LAST_INSERT_ID" -> asksForId = true;
      default -> {}
    }
    boolean harmless = !qualified && adjacent && FUNCTIONS.contains(name);
    needsSession |= !harmless && (qualified || !BEFORE_PARENTHESES.contains(name));
  }

  /** The last word in capitals; long ones are none of ours. */
  private String upper() {
    return scanner.end() - scanner.start() > LONGEST_WORD
        ? "-"
        : scanner.text().toUpperCase(Locale.ROOT);
  }
}
