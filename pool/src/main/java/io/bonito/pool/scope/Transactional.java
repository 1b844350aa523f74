package io.bonito.pool.scope;

/** What a connection knows of its own transaction. */
public interface Transactional {
  /** Whether something was done that has been neither committed nor rolled back. */
  boolean isInTransaction();

  /** Whose it is and what it has done last, without literals. */
  String description();
}
