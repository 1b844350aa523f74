package io.bonito.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a pool may ask of a connection beside what java.sql has: {@code
 * connection.unwrap(Leasable.class)}. A pool lends {@link ConnectionHandle}s on it.
 *
 * <pre>
 *   opened ─▶ haveChangesTold, rememberState ─▶ lent: a handle ─▶ restore ─▶ isReady ─▶ lent …
 * </pre>
 */
public interface Leasable {
  /** What becomes of a transaction that a borrower has left open. */
  enum TransactionEnd {
    ROLLBACK,
    COMMIT,
    /** It stays open, for the next borrower. */
    NONE
  }

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

  /**
   * Asks the server to tell of the variables that are set in the session: MariaDB of all, MySQL of
   * those that change what statements do. One that cannot tells of those that it always does:
   * autocommit, time zone and character sets.
   *
   * @throws SQLException where the connection is lost
   */
  void haveChangesTold() throws SQLException;

  /**
   * From now on each loan begins with the state that the session has now: autocommit, isolation,
   * read-only, schema, network timeout, and the variables that the server tells of. Sends nothing.
   */
  void rememberState();

  /**
   * Undoes what a borrower has changed and left open, as far as the server has told of it; sends
   * nothing where nothing is to be undone. What is sent is sent at once, so that no lock outlives a
   * loan; it is {@link #isReady} that awaits the answers. Only to end with COMMIT is waited for.
   *
   * <p>Variables that were set go back to the server's global values. Users' variables, temporary
   * tables and named locks stay.
   *
   * @return false where the connection is of no use any more
   */
  boolean restore(TransactionEnd end);

  /**
   * Whether the next borrower may have it: all that {@link #restore} sent has succeeded. Where it
   * sent nothing, nothing is waited for.
   *
   * @param nanos how long to wait for the answers, above 0; where they do not come in time the
   *     connection is closed
   */
  boolean isReady(long nanos);

  /**
   * Whether it is open and {@link #restore} has left nothing to be answered. Takes no lock: only
   * for who has come to hold the connection after whoever restored it, as pools see to.
   */
  boolean isReadyAtOnce();

  /**
   * Whether the server has not hung up, as far as the system knows by itself: nothing is sent.
   * Takes a millisecond on TCP.
   */
  boolean isConnected();

  /**
   * Whether the server answers: what {@code isValid} asks, which counts whole seconds.
   *
   * @param nanos how long to wait for the answer, above 0; where it does not come in time the
   *     connection is closed
   */
  boolean answers(long nanos);

  /** Has errors told: of the server, and of the connection. Null for nobody. */
  void onError(@Nullable Consumer<SQLException> listener);

  /** The SQL that was sent last; null before the first. May be asked by any thread. */
  @Nullable String latestSql();

  /** Whether a statement is being executed. May be asked by any thread. */
  boolean isExecuting();
}
