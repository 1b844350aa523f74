package io.bonito.netty;

import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;

/**
 * Where the answer to one command goes.
 *
 * <pre>
 *   (columns row* resultEnd | resultEnd)*  then one of  done | refused | failed
 * </pre>
 *
 * <p>All methods are called on the connection's event loop and must not wait. What they throw ends
 * the interest in this answer: it is passed over, and {@link #failed} is told; the connection goes
 * on.
 */
public interface Sink {
  /** A result with rows begins. */
  default void columns(Columns columns) {}

  /**
   * A row has come; it is valid during this call alone.
   *
   * @return whether to go on; where not, no row is read until {@link LoopCommand#request} asks for
   *     more
   */
  default boolean row(Row row) {
    return true;
  }

  /** A result has ended, with rows or without; another one may follow. */
  default void resultEnd(Ok end) {}

  /**
   * The statement loads data, and the line can take more of it: give a piece, or the end. Called
   * again after each piece. Where nothing is at hand yet, it can be given later, from any thread.
   *
   * <p>Only a statement that was allowed to, by {@code takeLocalData} before it was given, loads
   * data; and only where {@code allowLoadLocalInfile} is on.
   */
  default void localData(LocalData data) {
    data.end();
  }

  /** The command is complete. */
  void done();

  /** The server said no. The connection goes on. */
  void refused(ServerError error);

  /**
   * There will be no answer.
   *
   * @param failure a {@link io.bonito.protocol.failure.ConnectionException}: the connection is
   *     closed; or a {@link io.bonito.protocol.value.ConversionException}: the command was not
   *     sent, the connection goes on; or what a method of this sink has thrown
   */
  void failed(Throwable failure);
}
