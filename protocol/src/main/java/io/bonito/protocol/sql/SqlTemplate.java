package io.bonito.protocol.sql;

import io.bonito.protocol.buffer.ByteWriter;

/**
 * A statement's text, cut at its placeholders, and what its words tell. Immutable, and made once
 * for each text: see {@link SqlTemplateCache}.
 *
 * <pre>
 *   INSERT INTO t VALUES (?, 'a?', ?)
 *   └──── piece 0 ──────┘└piece 1┘└ piece 2
 * </pre>
 */
public final class SqlTemplate {
  private final String sql;
  private final SqlRules rules;
  private final int[] placeholders;
  private final StatementKind kind;
  private final boolean multiple;
  private final boolean mayChangeCharset;
  private final boolean mayLoadLocal;
  private final boolean complete;
  private final boolean conditional;
  private final int rowStart;
  private final int rowEnd;

  SqlTemplate(SqlAnalysis analysis) {
    this.sql = analysis.sql;
    this.rules = analysis.rules;
    this.placeholders = analysis.placeholders();
    this.kind = analysis.kind();
    this.multiple = analysis.multiple;
    this.mayChangeCharset = analysis.mayChangeCharset;
    this.mayLoadLocal = analysis.mayLoadLocal;
    this.complete = analysis.scanner.isComplete();
    this.conditional = analysis.scanner.isConditional();
    boolean plain = analysis.isPlainInsert();
    this.rowStart = plain ? analysis.rowStart : 0;
    this.rowEnd = plain ? analysis.rowEnd : 0;
  }

  public static SqlTemplate of(String sql, SqlRules rules) {
    return new SqlTemplate(new SqlAnalysis(sql, rules));
  }

  public String sql() {
    return sql;
  }

  /** The sql_mode under which the text was read; under another it may mean something else. */
  public SqlRules rules() {
    return rules;
  }

  public int placeholderCount() {
    return placeholders.length;
  }

  /** Where a placeholder stands: an index of a character of {@link #sql}. */
  public int placeholderAt(int index) {
    return placeholders[index];
  }

  /**
   * The text before placeholder {@code index}; with index = placeholderCount, that behind the last.
   */
  public String piece(int index) {
    int from = index == 0 ? 0 : placeholders[index - 1] + 1;
    return sql.substring(from, index == placeholders.length ? sql.length() : placeholders[index]);
  }

  /** Writes a piece in UTF-8. */
  public void writePiece(int index, ByteWriter out) {
    int from = index == 0 ? 0 : placeholders[index - 1] + 1;
    out.writeText(sql, from, index == placeholders.length ? sql.length() : placeholders[index]);
  }

  /** What the first statement does. */
  public StatementKind kind() {
    return kind;
  }

  /** Whether another statement follows behind a semicolon. */
  public boolean isMultiple() {
    return multiple;
  }

  /** Whether a SET in it names a character set: the answer may then report a change of them. */
  public boolean mayChangeCharset() {
    return mayChangeCharset;
  }

  /** Whether it holds a LOAD ... LOCAL, be it not in its first statement. */
  public boolean mayLoadLocal() {
    return mayLoadLocal;
  }

  /**
   * Whether parameters may be written into the text. Not where a quote is left open, nor where the
   * server's version decides what is quoted.
   */
  public boolean takesLiterals() {
    return complete && !conditional;
  }

  /**
   * Whether it is {@code INSERT INTO t (a, b) VALUES (?, ?)} and nothing more: one row, all
   * placeholders in it, nothing behind it. Rows can be added to such a statement.
   */
  public boolean isPlainInsert() {
    return rowEnd > 0;
  }

  /** Where the parenthesis of a plain insert's row opens. */
  public int rowStart() {
    return rowStart;
  }

  /** Behind the parenthesis that closes a plain insert's row. */
  public int rowEnd() {
    return rowEnd;
  }

  @Override
  public String toString() {
    return sql;
  }
}
