package io.bonito.conformance.types;

import io.bonito.protocol.value.WireFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection, and the format in which statements and rows go through it. */
interface Way extends AutoCloseable {
  WireFormat format();

  /** Runs a statement that has no rows, as text. */
  void run(String sql) throws Exception;

  /**
   * Runs a statement that has no rows and one question mark: in binary, or with the value as a
   * literal.
   */
  void run(String sql, @Nullable Object value) throws Exception;

  /**
   * Reads all rows.
   *
   * @param sql gives an id, the value, its text and its bytes in hexadecimal; ends in a condition,
   *     so that one more can be added
   */
  List<Reading> read(String sql) throws Exception;

  @Override
  void close() throws Exception;
}
