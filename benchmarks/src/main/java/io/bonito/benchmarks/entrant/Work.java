package io.bonito.benchmarks.entrant;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done again and again. */
abstract class Work implements AutoCloseable {
  /** Where values are put, so that nobody is spared making them. */
  final @Nullable Object[] kept = new @Nullable Object[8];

  /** One operation; what it returns only keeps it from being optimised away. */
  abstract long run() throws IOException, SQLException;

  @Override
  public abstract void close() throws IOException, SQLException;

  static void requireEqual(long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException("found " + found + " where " + expected + " was due");
    }
  }
}
