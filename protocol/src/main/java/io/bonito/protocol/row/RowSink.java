package io.bonito.protocol.row;

import io.bonito.protocol.value.ColumnDecoder;

/**
 * Takes over values where they lie, without a copy and without an object.
 *
 * <p>For whom a getter a value is too many, or who keeps values in a form of their own: columns of
 * numbers, another serialisation, an arena.
 */
public interface RowSink {
  /**
   * One value of the current row; columns come in their order.
   *
   * @param decoder says what the column is and in which format its values are, and can read them:
   *     {@code decoder.getLong(bytes, offset, length)}
   * @param bytes holds the value among other things, until the session is asked for its next event
   */
  void value(int column, ColumnDecoder decoder, byte[] bytes, int offset, int length);

  void nullValue(int column, ColumnDecoder decoder);

  default void endOfRow() {}
}
