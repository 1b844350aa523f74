package io.bonito.protocol.sql;

import io.bonito.protocol.sql.SqlScanner.Token;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** One pass over the tokens of a text, noting what {@link SqlTemplate} tells. */
final class SqlAnalysis {
  /** Their bodies hold semicolons that end no statement of ours. */
  private static final Set<String> ROUTINES =
      Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE");

  /** What else can be created, and may be called like one of those. */
  private static final Set<String> OBJECTS =
      Set.of(
          "TABLE",
          "VIEW",
          "INDEX",
          "DATABASE",
          "SCHEMA",
          "USER",
          "ROLE",
          "SERVER",
          "TABLESPACE",
          "SEQUENCE",
          "INSTANCE",
          "LOGFILE",
          "RESOURCE",
          "UNDO");

  final String sql;
  final SqlRules rules;
  final SqlScanner scanner;
  boolean multiple;
  boolean mayChangeCharset;
  boolean mayLoadLocal;
  int rowStart;
  int rowEnd;

  private int[] placeholders = new int[4];
  private int placeholderCount;

  private StatementKind firstKind = StatementKind.EMPTY;

  // The statement that is being read, of several.
  private StatementKind kind = StatementKind.EMPTY;
  private int wordCount;
  private int depth;

  /** The depth at which WITH was read and its verb is still to come; -1 for none. */
  private int withDepth = -1;

  private boolean objectKnown;
  private boolean holdsStatements;

  private Insert insert = Insert.HEAD;

  /**
   * How far a plain insert has come.
   *
   * <pre>
   *   HEAD ─VALUES─▶ VALUES ──(──▶ ROW ──)──▶ ROW_ENDED      anything else ─▶ NOT_PLAIN
   * </pre>
   */
  private enum Insert {
    HEAD,
    VALUES,
    ROW,
    ROW_ENDED,
    NOT_PLAIN
  }

  SqlAnalysis(String sql, SqlRules rules) {
    this.sql = sql;
    this.rules = rules;
    this.scanner = new SqlScanner(sql, rules);
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (token == Token.SEMICOLON && !holdsStatements) {
        endStatement();
      } else {
        token(token);
      }
    }
    if (firstKind == StatementKind.EMPTY) {
      firstKind = kind;
    }
  }

  int[] placeholders() {
    return Arrays.copyOf(placeholders, placeholderCount);
  }

  StatementKind kind() {
    return firstKind;
  }

  boolean isPlainInsert() {
    return (firstKind == StatementKind.INSERT || firstKind == StatementKind.REPLACE)
        && insert == Insert.ROW_ENDED
        && !multiple
        && scanner.isComplete()
        && !scanner.isConditional();
  }

  private void endStatement() {
    if (firstKind == StatementKind.EMPTY) {
      firstKind = kind;
    }
    kind = StatementKind.EMPTY;
    wordCount = 0;
    depth = 0;
    withDepth = -1;
  }

  private void token(Token token) {
    if (firstKind != StatementKind.EMPTY) {
      multiple = true;
    }
    switch (token) {
      case PLACEHOLDER -> placeholder();
      case WORD -> word();
      case SYMBOL -> {
        if (scanner.isSymbol('(')) {
          depth++;
        } else if (scanner.isSymbol(')')) {
          depth--;
        }
      }
      case QUOTED_NAME -> {
        // SET @@`character_set_client` = gbk
        if (kind == StatementKind.SET && namesCharset(unquoted())) {
          mayChangeCharset = true;
        }
      }
      case STRING, SEMICOLON, END -> {}
    }
    if (kind == StatementKind.EMPTY && !(token == Token.SYMBOL && scanner.isSymbol('('))) {
      kind = StatementKind.OTHER;
    }
    if (insert != Insert.NOT_PLAIN) {
      followInsert(token);
    }
  }

  private void placeholder() {
    if (placeholderCount == placeholders.length) {
      placeholders = Arrays.copyOf(placeholders, placeholderCount * 2);
    }
    placeholders[placeholderCount++] = scanner.start();
  }

  // ---- words

  private void word() {
    wordCount++;
    if (kind == StatementKind.EMPTY) {
      firstWord();
      return;
    }
    switch (kind) {
      case OTHER -> {
        if (withDepth == depth) {
          verbBehindWith();
        }
      }
      case BEGIN -> {
        if (wordCount == 2 && !scanner.isWord("TRANSACTION") && !scanner.isWord("WORK")) {
          // START REPLICA begins nothing of this kind; MariaDB's BEGIN NOT ATOMIC is a block.
          kind = StatementKind.OTHER;
          holdsStatements = scanner.isWord("NOT");
        }
      }
      case DEFINITION -> {
        if (!objectKnown) {
          String word = upper();
          objectKnown = OBJECTS.contains(word) || ROUTINES.contains(word);
          holdsStatements = ROUTINES.contains(word);
        }
      }
      case LOAD -> {
        if (wordCount <= 4 && scanner.isWord("LOCAL")) {
          kind = StatementKind.LOAD_LOCAL;
          mayLoadLocal = true;
        }
      }
      case SET -> mayChangeCharset |= namesCharset(scanner.text());
      case ROLLBACK -> {
        // ROLLBACK TO SAVEPOINT a: the transaction goes on.
        if (scanner.isWord("TO")) {
          kind = StatementKind.SAVEPOINT;
        }
      }
      default -> {}
    }
  }

  private void firstWord() {
    String word = upper();
    objectKnown = !word.equals("CREATE") && !word.equals("ALTER");
    kind =
        switch (word) {
          case "SELECT", "VALUES", "TABLE" -> StatementKind.SELECT;
          case "INSERT" -> StatementKind.INSERT;
          case "REPLACE" -> StatementKind.REPLACE;
          case "UPDATE" -> StatementKind.UPDATE;
          case "DELETE" -> StatementKind.DELETE;
          case "CALL" -> StatementKind.CALL;
          case "LOAD" -> StatementKind.LOAD;
          case "SET" -> StatementKind.SET;
          case "USE" -> StatementKind.USE;
          case "SHOW",
              "DESCRIBE",
              "DESC",
              "EXPLAIN",
              "ANALYZE",
              "CHECK",
              "CHECKSUM",
              "HELP",
              "OPTIMIZE",
              "REPAIR" ->
              StatementKind.SHOW;
          case "BEGIN", "START" -> StatementKind.BEGIN;
          case "COMMIT" -> StatementKind.COMMIT;
          case "ROLLBACK" -> StatementKind.ROLLBACK;
          case "SAVEPOINT", "RELEASE" -> StatementKind.SAVEPOINT;
          case "CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE" -> StatementKind.DEFINITION;
          case "EXECUTE" -> StatementKind.EXECUTE;
          case "XA" -> StatementKind.XA;
          case "WITH" -> {
            withDepth = depth;
            yield StatementKind.OTHER;
          }
          default -> StatementKind.OTHER;
        };
    if (kind != StatementKind.INSERT && kind != StatementKind.REPLACE) {
      insert = Insert.NOT_PLAIN;
    }
    // Compound statements of MariaDB outside of routines.
    holdsStatements |=
        switch (word) {
          case "IF", "CASE", "LOOP", "REPEAT", "WHILE", "FOR", "DECLARE" -> true;
          default -> false;
        };
  }

  /** The verb behind the common table expressions. */
  private void verbBehindWith() {
    if (scanner.isWord("SELECT") || scanner.isWord("VALUES") || scanner.isWord("TABLE")) {
      kind = StatementKind.SELECT;
    } else if (scanner.isWord("UPDATE")) {
      kind = StatementKind.UPDATE;
    } else if (scanner.isWord("DELETE")) {
      kind = StatementKind.DELETE;
    }
    if (kind != StatementKind.OTHER) {
      withDepth = -1;
    }
  }

  private static boolean namesCharset(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.equals("names")
        || lower.equals("charset")
        || lower.equals("character")
        || lower.equals("collation_connection")
        || lower.startsWith("character_set_");
  }

  private String unquoted() {
    int end = Math.max(scanner.start() + 1, scanner.end() - 1);
    return sql.substring(scanner.start() + 1, end);
  }

  /** The last word in capitals; long ones are none of ours. */
  private String upper() {
    return scanner.end() - scanner.start() > 16 ? "" : scanner.text().toUpperCase(Locale.ROOT);
  }

  // ---- plain inserts

  private void followInsert(Token token) {
    switch (insert) {
      case HEAD -> {
        if (token == Token.PLACEHOLDER) {
          insert = Insert.NOT_PLAIN;
        } else if (token == Token.WORD && depth == 0) {
          if (wordCount > 1 && (scanner.isWord("VALUES") || scanner.isWord("VALUE"))) {
            insert = Insert.VALUES;
          } else if (scanner.isWord("SELECT") || scanner.isWord("SET") || scanner.isWord("WITH")) {
            insert = Insert.NOT_PLAIN;
          }
        }
      }
      case VALUES -> {
        // INSERT INTO values ..., a table of that name, comes out here as well.
        boolean opens = token == Token.SYMBOL && scanner.isSymbol('(');
        insert = opens ? Insert.ROW : Insert.NOT_PLAIN;
        rowStart = scanner.start();
      }
      case ROW -> {
        if (token == Token.SYMBOL && depth == 0 && scanner.isSymbol(')')) {
          insert = Insert.ROW_ENDED;
          rowEnd = scanner.end();
        } else if (token == Token.WORD && scanner.isWord("SELECT")) {
          insert = Insert.NOT_PLAIN;
        }
      }
      // A second row, ON DUPLICATE KEY, AS new, RETURNING.
      case ROW_ENDED -> insert = Insert.NOT_PLAIN;
      case NOT_PLAIN -> {}
    }
  }
}
