package io.bonito.jdbc;

import io.bonito.protocol.sql.Identifiers;
import io.bonito.protocol.sql.SqlScanner;
import io.bonito.protocol.sql.SqlScanner.Token;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the keys of several rows that one statement inserted are known from the first of them.
 *
 * <p>InnoDB gives a statement whose number of rows it knows beforehand keys that follow each other,
 * in all modes of {@code innodb_autoinc_lock_mode}. So they are known where the statement is {@code
 * INSERT INTO t (…) VALUES (…), (…)} and nothing more, all of its rows are in, its columns are
 * named and the key's is not among them, and no trigger can give keys. The server is asked about
 * the table, and about the step between keys.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/refman/8.0/en/innodb-auto-increment-handling.html">AUTO_INCREMENT
 *     handling in InnoDB</a>
 */
final class ConsecutiveKeys {
  private static final String ENGINE = "\n) ENGINE=InnoDB";

  private final SqlScanner scanner;
  private final String sql;
  private final StringBuilder table = new StringBuilder();
  private final List<String> columns = new ArrayList<>();

  private ConsecutiveKeys(Link link, String sql) {
    this.scanner = new SqlScanner(sql, link.rules());
    this.sql = sql;
  }

  /**
   * How far apart the keys of a statement's rows are.
   *
   * @param affectedRows what the server said
   * @return 0 where that is not certain
   */
  static long step(Link link, String sql, long affectedRows) throws SQLException {
    ConsecutiveKeys insert = new ConsecutiveKeys(link, sql);
    if (!insert.namesColumns() || insert.rows() != affectedRows) {
      return 0;
    }
    try {
      String definition = link.ask("SHOW CREATE TABLE " + insert.table, 1);
      String key = definition.contains(ENGINE) ? generatedColumn(definition) : null;
      if (key == null || insert.columns.stream().anyMatch(key::equalsIgnoreCase)) {
        return 0;
      }
      String triggers = InsertTables.triggers(insert.table.toString());
      return link.ask(triggers, 0).equals("0")
          ? Long.parseLong(link.ask("SELECT @@SESSION.auto_increment_increment"))
          : 0;
    } catch (SQLException e) {
      if (!link.transport().isOpen()) {
        throw e;
      }
      return 0; // whatever the user may not know about the table
    }
  }

  /** Reads {@code INSERT INTO t (a, b)}. */
  private boolean namesColumns() {
    scanner.next();
    if (!scanner.isWord("INSERT")) {
      return false;
    }
    Token token = scanner.next();
    if (scanner.isWord("INTO")) {
      token = scanner.next();
    } else if (token == Token.WORD) {
      return false; // IGNORE, DELAYED, …
    }
    if (!isName(token)) {
      return false;
    }
    table.append(scanner.text());
    scanner.next();
    if (scanner.isSymbol('.')) {
      if (!isName(scanner.next())) {
        return false;
      }
      table.append('.').append(scanner.text());
      scanner.next();
    }
    while (scanner.isSymbol(columns.isEmpty() ? '(' : ',')) {
      if (!isName(scanner.next())) {
        return false;
      }
      columns.add(Identifiers.unquote(scanner.text()));
      scanner.next();
    }
    return !columns.isEmpty() && scanner.isSymbol(')');
  }

  /** How many rows follow VALUES; -1 where anything else follows too. */
  private int rows() {
    scanner.next();
    if (!scanner.isWord("VALUES") && !scanner.isWord("VALUE")) {
      return -1;
    }
    int rows = 0;
    int depth = 0;
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (scanner.isSymbol('(')) {
        rows += depth == 0 ? 1 : 0;
        depth++;
      } else if (scanner.isSymbol(')')) {
        depth--;
      } else if (depth == 0 ? !scanner.isSymbol(',') : !isPlain(token)) {
        return -1;
      }
    }
    return scanner.isComplete() && !scanner.isConditional() && depth == 0 ? rows : -1;
  }

  /** A value, or a sign between values; a function or a query could do anything. */
  private boolean isPlain(Token token) {
    return switch (token) {
      case WORD ->
          Character.isDigit(sql.charAt(scanner.start()))
              || InsertTables.isPlainWord(scanner.text());
      case SYMBOL -> ",+-.".indexOf(sql.charAt(scanner.start())) >= 0;
      case STRING, PLACEHOLDER -> true;
      case QUOTED_NAME, SEMICOLON, END -> false;
    };
  }

  private static boolean isName(Token token) {
    return token == Token.WORD || token == Token.QUOTED_NAME;
  }

  /** The column with AUTO_INCREMENT of a table as SHOW CREATE TABLE describes it. */
  private static @Nullable String generatedColumn(String definition) {
    for (String line : definition.split("\n", -1)) {
      int end = line.startsWith("  `") ? line.indexOf("` ", 3) : -1;
      if (end < 0) {
        continue;
      }
      // Up to a comment, a default or the name of another column.
      String type = line.substring(end + 1).split("['`\"]", 2)[0];
      if (type.contains(" AUTO_INCREMENT")) {
        return Identifiers.unquote(line.substring(2, end + 1));
      }
    }
    return null;
  }
}
