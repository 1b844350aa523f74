package io.bonito.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Reads streams that are given as values. */
final class Streams {
  private static final int PIECE = 8192;

  private Streams() {}

  /**
   * @param length how much to read at most
   */
  static byte[] bytes(InputStream stream, long length) throws SQLException {
    try {
      return stream.readNBytes(limit(length));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  static String ascii(InputStream stream, long length) throws SQLException {
    return new String(bytes(stream, length), StandardCharsets.ISO_8859_1);
  }

  static String utf8(InputStream stream, long length) throws SQLException {
    return new String(bytes(stream, length), StandardCharsets.UTF_8);
  }

  static String text(Reader reader, long length) throws SQLException {
    StringBuilder out = new StringBuilder();
    char[] piece = new char[PIECE];
    long left = limit(length);
    try {
      while (left > 0) {
        int count = reader.read(piece, 0, (int) Math.min(left, PIECE));
        if (count < 0) {
          break;
        }
        out.append(piece, 0, count);
        left -= count;
      }
    } catch (IOException e) {
      throw failed(e);
    }
    return out.toString();
  }

  private static int limit(long length) throws SQLException {
    if (length < 0) {
      throw SqlExceptions.misuse("a length of " + length);
    }
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  private static SQLException failed(IOException e) {
    SQLException failure = SqlExceptions.general("a value's stream could not be read: " + e);
    failure.initCause(e);
    return failure;
  }
}
