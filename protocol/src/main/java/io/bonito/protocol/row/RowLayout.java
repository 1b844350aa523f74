package io.bonito.protocol.row;

import io.bonito.protocol.buffer.MalformedPacketException;

/**
 * Finds each column's bytes in a row, in one pass that checks the whole row.
 *
 * <p>After it, every offset and length lies within the row, so nothing that reads a value needs to
 * look at the row's bounds again.
 */
abstract sealed class RowLayout permits TextRowLayout, BinaryRowLayout {
  /** The length of a value that is NULL. */
  static final int NULL_LENGTH = -1;

  /** The first byte of a text value that is NULL. */
  static final int NULL_PREFIX = 0xFB;

  /**
   * @param offsets receives where each column's value begins in {@code bytes}
   * @param lengths receives each column's length in bytes, or {@link #NULL_LENGTH}
   * @throws MalformedPacketException where a value passes the row's end, a column is missing, or
   *     bytes are left over
   */
  abstract void locate(byte[] bytes, int offset, int length, int[] offsets, int[] lengths);

  /**
   * Reads the rest of a length prefix of more than one byte.
   *
   * <pre>
   *   0xFC length(2)     0xFD length(3)     0xFE length(8)
   * </pre>
   *
   * @param at where the rest begins
   * @param end the row's end
   */
  static int longLength(byte[] bytes, int at, int end, int column) {
    int size = prefixSize(bytes[at - 1]);
    if (size > end - at) {
      throw new MalformedPacketException(
          "column " + column + ": the row ends within the length of a value");
    }
    long length = 0;
    for (int i = size - 1; i >= 0; i--) {
      length = length << 8 | (bytes[at + i] & 0xFF);
    }
    if (length < 0 || length > end - at - size) {
      throw tooLong(column, length, end - at - size);
    }
    return (int) length;
  }

  /** Bytes that follow the first byte of a length prefix of more than one byte. */
  static int prefixSize(byte first) {
    return switch (first & 0xFF) {
      case 0xFC -> 2;
      case 0xFD -> 3;
      case 0xFE -> 8;
      default ->
          throw new MalformedPacketException(
              "0x" + Integer.toHexString(first & 0xFF) + " is not a length prefix");
    };
  }

  static MalformedPacketException tooLong(int column, long length, int left) {
    return new MalformedPacketException(
        "column "
            + column
            + ": a value of "
            + Long.toUnsignedString(length)
            + " bytes, "
            + left
            + " left in the row");
  }

  static MalformedPacketException missing(int column, int count) {
    return new MalformedPacketException("the row ends before column " + column + " of " + count);
  }

  static MalformedPacketException leftOver(int count) {
    return new MalformedPacketException(count + " bytes after the last column of a row");
  }
}
