package io.bonito.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Independent statements of one connection, sent together and answered one after the other: twenty
 * reads cost one round trip and not twenty.
 *
 * <pre>{@code
 * try (Pipeline pipeline = connection.unwrap(BonitoConnection.class).pipeline()) {
 *   Pipeline.Result total = pipeline.add("SELECT COUNT(*) FROM orders");
 *   byKey.setInt(1, 7);
 *   Pipeline.Result seven = pipeline.add(byKey);
 *   pipeline.run();
 *   ResultSet order = seven.resultSet();
 * }
 * }</pre>
 *
 * <p>The server does not stop at an error: what stands behind a statement that fails is executed
 * all the same. So nothing belongs here that needs the success of what stands before it. To servers
 * and proxies that cannot bear commands ahead of answers they go one by one.
 *
 * <p>Results are read into memory. A pipeline belongs to one thread at a time and cannot be
 * cancelled; its timeout is the connection's {@code statementTimeout}, at which the connection is
 * closed.
 */
public interface Pipeline extends AutoCloseable {
  /** Adds a statement without parameters. Nothing is sent yet. */
  Result add(String sql) throws SQLException;

  /**
   * Adds a prepared statement of the same connection, with the values that it has now; it can be
   * given others at once and be added again. Nothing is sent yet.
   *
   * @throws SQLException where a parameter has no value, or it is a call
   */
  Result add(PreparedStatement statement) throws SQLException;

  /**
   * Executes all statements and awaits their answers; once for each pipeline.
   *
   * @throws SQLException the first statement's that failed, with the others' behind it ({@link
   *     SQLException#getNextException}); all have been executed then, unless the connection is
   *     closed, and each result tells its own
   */
  void run() throws SQLException;

  /** Closes the results, those of statements that were not executed too. */
  @Override
  void close() throws SQLException;

  /** What came of one statement; where it gave several results, the first. */
  interface Result {
    /**
     * Its rows, the same object each time.
     *
     * @throws SQLException where it failed, was not executed, or gave no rows
     */
    ResultSet resultSet() throws SQLException;

    /**
     * How many rows it has changed.
     *
     * @throws SQLException where it failed, was not executed, or gave rows
     */
    long updateCount() throws SQLException;

    /**
     * The keys that the server has made for new rows, as {@link
     * java.sql.Statement#getGeneratedKeys} tells them.
     *
     * @throws SQLException where it failed or was not executed
     */
    ResultSet generatedKeys() throws SQLException;
  }
}
