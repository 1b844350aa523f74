package io.bonito.async;

import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;

/**
 * Where the answer to a statement goes, as it comes.
 *
 * <pre>
 *   (columns row* resultEnd | resultEnd)*  then  completed or failed
 * </pre>
 *
 * <p>All methods are called on the connection's event loop and must not wait. What the first three
 * throw ends the interest in this answer: {@link #failed} is told it, and the connection goes on.
 * Nothing is told after {@link Execution#cancel} was called on the loop.
 */
public interface Receiver {
  /** A result with rows begins. */
  default void columns(Columns columns) {}

  /** A row that was requested; it is valid during this call alone. */
  default void row(Row row) {}

  /** A result has ended, with rows or without; another one may follow. */
  default void resultEnd(Outcome outcome) {}

  /** The statement is complete. */
  void completed();

  /**
   * There is no result, or no more of it.
   *
   * @param failure an {@link AsyncException}, or what a method of this receiver has thrown
   */
  void failed(RuntimeException failure);
}
