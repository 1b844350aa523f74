package io.bonito.pool.scope;

/** What a connection knows of its own transaction. */
public interface Transactional {
  /**
   * Whether something was done that has been neither committed nor rolled back, and that closing
   * this would end; not where others use the same connection and go on.
   */
  boolean isInTransaction();

  /** Whose it is and what it has done last, without literals. */
  String description();
}
