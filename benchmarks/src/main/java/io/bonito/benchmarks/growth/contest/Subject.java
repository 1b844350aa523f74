package io.bonito.benchmarks.growth.contest;

import java.sql.SQLException;

/** One driver, in a class loader of its own. */
public interface Subject extends AutoCloseable {
  /**
   * Reads rows of a number and a text as they arrive.
   *
   * @param rows that are due
   */
  Cost stream(String sql, int rows) throws SQLException;

  /**
   * Runs a query of numbers again and again for about so long, and at least once.
   *
   * @param rows that are due each time
   * @return the cost of one time
   */
  Cost query(String sql, int rows, int columns, long nanos) throws SQLException;

  /** Opens connections, has each answer a query, and lets them rest until {@link #closeIdle}. */
  Cost openIdle(int count) throws SQLException;

  void closeIdle() throws SQLException;

  @Override
  void close() throws SQLException;
}
