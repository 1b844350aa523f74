package io.bonito.protocol.row;

import io.bonito.protocol.buffer.MalformedPacketException;

/**
 * A binary row: a zero byte, a bitmap of the NULL columns, then the others' values.
 *
 * <p>The bitmap starts at its third bit; the first two are reserved. A value is either of a fixed
 * size or preceded by its length.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html">Binary
 *     protocol result set</a>
 */
final class BinaryRowLayout extends RowLayout {
  private static final int FIRST_BIT = 2;

  /** Bytes that each column takes, or 0 where the value carries its own length. */
  private final int[] sizes;

  BinaryRowLayout(int[] sizes) {
    this.sizes = sizes;
  }

  @Override
  void locate(byte[] bytes, int offset, int length, int[] offsets, int[] lengths) {
    int[] sizes = this.sizes;
    int end = offset + length;
    int bitmapAt = offset + 1;
    int at = bitmapAt + (sizes.length + FIRST_BIT + 7) / 8;
    if (at > end) {
      throw new MalformedPacketException(
          "a binary row of "
              + length
              + " bytes has no room for the NULL bits of "
              + sizes.length
              + " columns");
    }
    if (bytes[offset] != 0) {
      throw new MalformedPacketException("a binary row begins with " + bytes[offset] + ", not 0");
    }
    int nulls = bytes[bitmapAt] >> FIRST_BIT;
    for (int column = 0; column < sizes.length; column++, nulls >>= 1) {
      if (((column + FIRST_BIT) & 7) == 0) {
        nulls = bytes[bitmapAt + ((column + FIRST_BIT) >> 3)];
      }
      if ((nulls & 1) != 0) {
        offsets[column] = at;
        lengths[column] = NULL_LENGTH;
        continue;
      }
      int size = sizes[column];
      if (size == 0) {
        if (at >= end) {
          throw missing(column, sizes.length);
        }
        size = bytes[at++] & 0xFF;
        if (size >= NULL_PREFIX) {
          size = longLength(bytes, at, end, column);
          at += prefixSize(bytes[at - 1]);
        }
      }
      if (size > end - at) {
        throw tooLong(column, size, end - at);
      }
      offsets[column] = at;
      lengths[column] = size;
      at += size;
    }
    if (at != end) {
      throw leftOver(end - at);
    }
  }
}
