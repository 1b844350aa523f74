package io.bonito.jdbc;

import io.bonito.protocol.message.Capability;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.sql.Identifiers;
import io.bonito.protocol.sql.SqlScanner;
import io.bonito.protocol.sql.SqlScanner.Token;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.sql.StatementKind;
import io.bonito.protocol.value.ParameterRows;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which inserts may go to a connection's server many rows at once.
 *
 * <p>Where one row of them is refused, the others are to be as if nothing had been sent, so that
 * the rows can be run one by one to find it. That is so for a plain {@code INSERT INTO t VALUES (?,
 * …)} into one table of an engine with transactions, without triggers, which could write into
 * others. The server is asked about a table once for each connection, and again before rows are
 * repeated. Used under the link's lock.
 */
final class InsertTables {
  private static final int MOST_TABLES = 100;

  /** Engines that undo a statement that fails. */
  private static final Set<String> TRANSACTIONAL = Set.of("innodb", "rocksdb");

  /** What a row may hold beside placeholders, texts, numbers and signs. */
  private static final Set<String> PLAIN_WORDS =
      Set.of("NULL", "DEFAULT", "TRUE", "FALSE", "NOW", "CURRENT_TIMESTAMP", "CURRENT_DATE");

  private static final String ENGINE = "\n) ENGINE=";

  private final Link link;

  /** By schema in use and table as written. */
  private final Map<String, Boolean> tables =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_TABLES;
        }
      };

  /** The statement that was looked at last, and its table. */
  private @Nullable SqlTemplate latest;

  private String latestTable = "";

  InsertTables(Link link) {
    this.link = link;
  }

  /** Whether rows of this statement may go together. */
  boolean takes(SqlTemplate template) throws SQLException {
    if (!link.options().get(Options.USE_BULK_STMTS) || template.placeholderCount() == 0) {
      return false;
    }
    if (latest != template) {
      latestTable = table(template);
      latest = template;
    }
    String table = latestTable;
    if (table.isEmpty()) {
      return false;
    }
    String key = link.state().schema() + '\n' + table;
    Boolean known = tables.get(key);
    if (known == null) {
      known = isTransactional(table);
      tables.put(key, known);
    }
    return known;
  }

  /** Whether rows that were refused together have left nothing behind. */
  boolean leftNothing(SqlTemplate template) throws SQLException {
    String table = table(template);
    boolean still = isTransactional(table);
    tables.put(link.state().schema() + '\n' + table, still);
    return still;
  }

  /** Whether the server has a command for many rows of parameters. */
  boolean isBulk() {
    return link.state().has(Capability.MARIADB_STMT_BULK_OPERATIONS);
  }

  /**
   * Whether these rows in one VALUES list are what they are alone. A NULL is not, outside of the
   * server's strict modes: one row with it is refused where the column has none, and of many it
   * becomes a 0 or an empty text.
   */
  boolean areSameTogether(SqlTemplate template, ParameterRows rows) throws SQLException {
    String row =
        template.sql().substring(template.rowStart(), template.rowEnd()).toUpperCase(Locale.ROOT);
    boolean nulls = row.contains("NULL") || row.contains("DEFAULT") || rows.holdsNull();
    return !nulls || link.ask("SELECT @@SESSION.sql_mode", 0).contains("STRICT_");
  }

  /** Whether rows of this statement have a result and a key each, if that is asked for. */
  boolean tellsKeys() {
    return link.state().has(Capability.MARIADB_BULK_UNIT_RESULTS);
  }

  private boolean isTransactional(String table) throws SQLException {
    try {
      // Of a temporary table that hides another one this tells the right engine, and of a view
      // none.
      String definition = link.ask("SHOW CREATE TABLE " + table, 1);
      int at = definition.lastIndexOf(ENGINE) + ENGINE.length();
      if (at < ENGINE.length()) {
        return false;
      }
      int end = at;
      while (end < definition.length() && Character.isLetterOrDigit(definition.charAt(end))) {
        end++;
      }
      return TRANSACTIONAL.contains(definition.substring(at, end).toLowerCase(Locale.ROOT))
          && link.ask(triggers(table), 0).equals("0");
    } catch (SQLException e) {
      if (!link.transport().isOpen()) {
        throw e;
      }
      return false; // whatever it may not know about the table
    }
  }

  static boolean isPlainWord(String word) {
    return PLAIN_WORDS.contains(word.toUpperCase(Locale.ROOT));
  }

  /** A question for the number of a table's triggers. */
  static String triggers(String table) {
    int dot = dot(table);
    String schema = dot < 0 ? "DATABASE()" : literal(table.substring(0, dot));
    return "SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = "
        + schema
        + " AND EVENT_OBJECT_TABLE = "
        + literal(table.substring(dot + 1));
  }

  private static int dot(String table) {
    boolean quoted = false;
    for (int i = 0; i < table.length(); i++) {
      char c = table.charAt(i);
      quoted ^= c == '`' || c == '"';
      if (c == '.' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static String literal(String name) {
    byte[] bytes = Identifiers.unquote(name).getBytes(StandardCharsets.UTF_8);
    return "_utf8mb4 X'" + HexFormat.of().formatHex(bytes) + "'";
  }

  /** The table of an insert that says nothing special, as written; else empty. */
  static String table(SqlTemplate template) {
    if (!template.isPlainInsert() || template.kind() != StatementKind.INSERT) {
      return "";
    }
    SqlScanner scanner = new SqlScanner(template.sql(), template.rules());
    scanner.next(); // INSERT
    Token token = scanner.next();
    if (scanner.isWord("INTO")) {
      token = scanner.next();
    } else if (token == Token.WORD) {
      return ""; // IGNORE, DELAYED, …
    }
    if (!isName(token)) {
      return "";
    }
    StringBuilder table = new StringBuilder(scanner.text());
    token = scanner.next();
    if (scanner.isSymbol('.')) {
      token = scanner.next();
      if (!isName(token)) {
        return "";
      }
      table.append('.').append(scanner.text());
      token = scanner.next();
    }
    boolean columnsFollow = token == Token.SYMBOL && scanner.isSymbol('(');
    boolean rowFollows = scanner.isWord("VALUES") || scanner.isWord("VALUE");
    return (columnsFollow || rowFollows) && hasPlainRow(scanner, template) ? table.toString() : "";
  }

  private static boolean isName(Token token) {
    return token == Token.WORD || token == Token.QUOTED_NAME;
  }

  /** A function could do anything, and LAST_INSERT_ID() differs from row to row. */
  private static boolean hasPlainRow(SqlScanner scanner, SqlTemplate template) {
    for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
      if (scanner.start() < template.rowStart()) {
        continue;
      }
      boolean special =
          switch (token) {
            case WORD ->
                !Character.isDigit(template.sql().charAt(scanner.start()))
                    && !isPlainWord(scanner.text());
            case SYMBOL -> "(),+-.".indexOf(template.sql().charAt(scanner.start())) < 0;
            case QUOTED_NAME -> true;
            case STRING, PLACEHOLDER, SEMICOLON, END -> false;
          };
      if (special) {
        return false;
      }
    }
    return true;
  }
}
