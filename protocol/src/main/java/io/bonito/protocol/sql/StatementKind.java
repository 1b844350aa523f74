package io.bonito.protocol.sql;

/** What a statement does, told by its first words. */
public enum StatementKind {
  /** SELECT, VALUES, TABLE, also in parentheses and behind WITH. */
  SELECT,
  INSERT,
  REPLACE,
  UPDATE,
  DELETE,
  CALL,
  /** LOAD DATA or XML of a file on the server. */
  LOAD,
  /** LOAD DATA or XML with LOCAL: the server asks the client for the data. */
  LOAD_LOCAL,
  SET,
  USE,
  /** SHOW, DESCRIBE, EXPLAIN, ANALYZE, CHECK, HELP and others that answer with rows. */
  SHOW,
  /** BEGIN, START TRANSACTION. */
  BEGIN,
  COMMIT,
  ROLLBACK,
  SAVEPOINT,
  /** CREATE, ALTER, DROP, RENAME, TRUNCATE: ends a transaction unasked. */
  DEFINITION,
  /** Statements that go by the name of a statement the server keeps: EXECUTE. */
  EXECUTE,
  XA,
  OTHER,
  /** Nothing but blanks and comments. */
  EMPTY;

  /** Whether rows are what such a statement is run for; CALL and EXECUTE may give some too. */
  public boolean givesRows() {
    return this == SELECT || this == SHOW;
  }
}
