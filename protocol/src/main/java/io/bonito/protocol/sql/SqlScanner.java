package io.bonito.protocol.sql;

/**
 * Cuts SQL text into tokens as the servers' own lexers do; the only scanner of SQL in the project.
 *
 * <pre>
 *   skipped        white space   -- line   # line   /* comment *&#47;   /*+ hint *&#47;
 *   looked into    /*! executable, /*!80000 by version, /*M! by MariaDB *&#47;
 *   as a whole     'string'  "string or name"  `name`  $tag$ text $tag$
 * </pre>
 *
 * <p>It goes over each character once, takes any text, and never fails: what does not end is a
 * token up to the end, and {@link #isComplete} is then false. Characters of the grammar are all
 * ASCII, so text is read as UTF-16.
 *
 * <p>Whether an executable comment is executed, and whether {@code $$} quotes, depends on the
 * server's version. Where such a thing holds quotes or placeholders, {@link #isConditional} is
 * true: then only the server knows where its parameters are.
 */
public final class SqlScanner {
  /** What {@link #next} has found. */
  public enum Token {
    /** A run of letters, digits, underscores, dollars and characters beyond ASCII. */
    WORD,
    /** A name in quotes. */
    QUOTED_NAME,
    STRING,
    /** A parameter's place: one question mark. */
    PLACEHOLDER,
    SEMICOLON,
    /** One character of any other kind. */
    SYMBOL,
    END
  }

  /** After so many dollar quotes without an end, the rest are taken for names. */
  private static final int MOST_OPEN_DOLLARS = 16;

  private static final int DELETE = 0x7F;

  private final String sql;
  private final SqlRules rules;
  private int start;
  private int position;
  private boolean complete = true;
  private boolean conditional;
  private boolean inExecutableComment;
  private int openDollars;

  public SqlScanner(String sql, SqlRules rules) {
    this.sql = sql;
    this.rules = rules;
  }

  /** Goes on to the next token. */
  public Token next() {
    while (skipBlanksAndComments()) {
      start = position;
      char c = sql.charAt(position);
      if (c == '*' && inExecutableComment && charAt(position + 1) == '/') {
        inExecutableComment = false;
        position += 2;
        continue;
      }
      return switch (c) {
        case '\'' -> quoted(c, !rules.noBackslashEscapes(), Token.STRING);
        case '`' -> quoted(c, /* backslashEscapes= */ false, Token.QUOTED_NAME);
        case '"' ->
            rules.ansiQuotes()
                ? quoted(c, /* backslashEscapes= */ false, Token.QUOTED_NAME)
                : quoted(c, !rules.noBackslashEscapes(), Token.STRING);
        case '?' -> questionMark();
        case ';' -> {
          position++;
          conditional |= inExecutableComment;
          yield Token.SEMICOLON;
        }
        case '$' -> skipDollarQuoted() ? Token.STRING : word();
        default -> isWordPart(c) ? word() : symbol();
      };
    }
    start = position;
    return Token.END;
  }

  private Token word() {
    do {
      position++;
    } while (isWordPart(charAt(position)));
    return Token.WORD;
  }

  private Token symbol() {
    position++;
    return Token.SYMBOL;
  }

  private Token questionMark() {
    position++;
    // The servers take ?x for no parameter, and refuse it.
    if (isWordPart(charAt(position))) {
      return Token.SYMBOL;
    }
    conditional |= inExecutableComment;
    return Token.PLACEHOLDER;
  }

  /** Where the last token begins: an index of a character. */
  public int start() {
    return start;
  }

  /** Where the last token ends, exclusively. */
  public int end() {
    return position;
  }

  /** Whether the last token is this word, in any case; {@code word} is in capitals. */
  public boolean isWord(String word) {
    return position - start == word.length() && startsWith(word);
  }

  /** Whether the last token begins with these letters, in any case. */
  public boolean startsWith(String letters) {
    return position - start >= letters.length()
        && sql.regionMatches(/* ignoreCase= */ true, start, letters, 0, letters.length());
  }

  /** Whether the last token is this character alone. */
  public boolean isSymbol(char symbol) {
    return position == start + 1 && sql.charAt(start) == symbol;
  }

  /** The last token as it stands in the text. */
  public String text() {
    return sql.substring(start, position);
  }

  /** Whether all quotes and comments so far have ended. */
  public boolean isComplete() {
    return complete && !(inExecutableComment && position == sql.length());
  }

  /** Whether what was read so far means one thing to some servers and another to others. */
  public boolean isConditional() {
    return conditional;
  }

  // ---- what is skipped

  private boolean skipBlanksAndComments() {
    while (position < sql.length()) {
      char c = sql.charAt(position);
      if (c <= ' ') {
        position++;
      } else if (c == '#' || (c == '-' && beginsLineComment())) {
        skipLine();
      } else if (c == '/' && charAt(position + 1) == '*') {
        skipComment();
      } else {
        return true;
      }
    }
    return false;
  }

  /** Two hyphens and a blank, a control character or the end: {@code 1--1} is a subtraction. */
  private boolean beginsLineComment() {
    if (charAt(position + 1) != '-') {
      return false;
    }
    int after = charAt(position + 2);
    return after <= ' ' || after == DELETE;
  }

  private void skipLine() {
    // The servers' loops end at a NUL too.
    while (position < sql.length() && sql.charAt(position) != '\n' && sql.charAt(position) != 0) {
      position++;
    }
  }

  private void skipComment() {
    int third = charAt(position + 2);
    boolean forMariaDb = third == 'M' && charAt(position + 3) == '!';
    if (third == '!' || forMariaDb) {
      if (inExecutableComment) {
        // One inside the other: servers disagree about which end ends which.
        conditional = true;
      }
      inExecutableComment = true;
      position += forMariaDb ? 4 : 3;
      while (charAt(position) >= '0' && charAt(position) <= '9') {
        position++;
      }
      return;
    }
    conditional |= inExecutableComment;
    int end = sql.indexOf("*/", position + 2);
    if (third == '+') {
      // Hints have a lexer of their own, which knows quotes.
      conditional |= hasQuote(position, end < 0 ? sql.length() : end);
    }
    complete &= end >= 0;
    position = end < 0 ? sql.length() : end + 2;
  }

  private boolean hasQuote(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = sql.charAt(i);
      if (c == '\'' || c == '"' || c == '`') {
        return true;
      }
    }
    return false;
  }

  // ---- what is taken as a whole

  private Token quoted(char quote, boolean backslashEscapes, Token token) {
    conditional |= inExecutableComment;
    position++;
    while (position < sql.length()) {
      char c = sql.charAt(position++);
      if (c == '\\' && backslashEscapes) {
        position++;
      } else if (c == quote) {
        if (charAt(position) != quote) {
          return token;
        }
        position++;
      }
    }
    position = sql.length();
    complete = false;
    return token;
  }

  /**
   * {@code $tag$ text $tag$}, a string since MySQL 8.0.34 and a name before; nothing is skipped
   * where it is certainly a name.
   */
  private boolean skipDollarQuoted() {
    int tagEnd = position + 1;
    while (isWordPart(charAt(tagEnd)) && charAt(tagEnd) != '$') {
      tagEnd++;
    }
    if (charAt(tagEnd) != '$') {
      return false;
    }
    conditional = true;
    if (openDollars == MOST_OPEN_DOLLARS) {
      return false;
    }
    String tag = sql.substring(position, tagEnd + 1);
    int end = sql.indexOf(tag, tagEnd + 1);
    if (end < 0) {
      openDollars++;
      return false;
    }
    position = end + tag.length();
    return true;
  }

  // ---- characters

  /** The character at this index, or -1 behind the end. */
  private int charAt(int index) {
    return index < sql.length() ? sql.charAt(index) : -1;
  }

  private static boolean isWordPart(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }
}
