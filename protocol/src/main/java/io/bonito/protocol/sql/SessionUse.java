package io.bonito.protocol.sql;

/**
 * Whether a statement could be executed in a session that others use too, told by its text.
 *
 * <p>Only what is known to be harmless {@linkplain #STANDS_ALONE stands alone}; what is not known
 * needs a session. What triggers, views and stored functions do that the text does not name (a view
 * that calls one, a trigger of a table) cannot be told.
 */
public enum SessionUse {
  /**
   * It neither leaves anything in the session nor depends on what others may have left there: a
   * SELECT without locks, variables and unknown functions, an UPDATE or a DELETE, an INSERT or a
   * REPLACE of one row.
   */
  STANDS_ALONE,

  /** It may change the session, lock something, or be meant for this session and no other. */
  NEEDS_SESSION,

  /** It asks what became of the statement before: LAST_INSERT_ID(), ROW_COUNT(), SHOW WARNINGS. */
  LOOKS_BACK;

  /** Reads the text once more; the caller keeps what is said here. */
  public static SessionUse of(SqlTemplate template) {
    return new SessionUseScan(template).use();
  }
}
