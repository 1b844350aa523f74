package io.bonito.jdbc;

import io.bonito.protocol.sql.SessionUse;
import io.bonito.protocol.sql.SqlTemplate;

/**
 * A text that was executed, or is to be, and whether that may be on a connection that is shared.
 */
final class SharedSql {
  private final SqlTemplate template;
  private volatile SessionUse use;

  /** True where its values are written into the text. */
  private volatile boolean literal;

  SharedSql(SqlTemplate template, boolean literal) {
    this.template = template;
    this.use = SessionUse.of(template);
    this.literal = literal;
  }

  SqlTemplate template() {
    return template;
  }

  SessionUse use() {
    return use;
  }

  /** The server has told that it changes the session after all. */
  void needSession() {
    use = SessionUse.NEEDS_SESSION;
  }

  boolean isLiteral() {
    return literal;
  }

  /** The server cannot prepare it. */
  void beLiteral() {
    literal = true;
  }
}
