package io.bonito.benchmarks.contest;

import java.io.IOException;
import java.sql.SQLException;

/**
 * One driver, ready to do one kind of work again and again on a connection of its own.
 *
 * <p>Each is made in a class loader of its own, together with its own copy of the work and of the
 * loop around it.
 */
public interface Entrant extends AutoCloseable {
  /** Works for about so long, and at least once. */
  Figures window(long nanos) throws IOException, SQLException;

  /** Works so many times. */
  Figures operations(int count) throws IOException, SQLException;

  @Override
  void close() throws IOException, SQLException;
}
