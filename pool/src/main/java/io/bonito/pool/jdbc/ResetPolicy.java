package io.bonito.pool.jdbc;

/** What becomes of an open transaction when its connection is closed. */
public enum ResetPolicy {
  ROLLBACK,
  COMMIT,
  NONE
}
