package io.bonito.jdbc;

import java.time.Duration;

/**
 * What a pool may ask of a connection beside what java.sql has: {@code
 * connection.unwrap(Leasable.class)}. Nothing here asks the server.
 */
public interface Leasable {
  /**
   * Closes, and waits until the server has hung up: an account's limit of connections has room for
   * another from then on. After a plain {@code close()} a server counts the connection until it has
   * read the goodbye. Never throws.
   *
   * @param most how long to wait for it; above 0
   */
  void closeAndAwaitServer(Duration most);

  /**
   * Whether there may be something to commit or to roll back, by what the server has said with its
   * answers; false where there is surely nothing.
   */
  boolean mayBeInTransaction();
}
