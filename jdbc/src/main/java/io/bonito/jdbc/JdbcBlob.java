package io.bonito.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;

/** Bytes in memory as a {@link Blob}. Positions count from 1. */
final class JdbcBlob implements Blob {
  private byte[] bytes;

  JdbcBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public byte[] getBytes(long position, int length) throws SQLException {
    int from = index(position);
    if (length < 0) {
      throw SqlExceptions.misuse("a length of " + length);
    }
    return Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, (long) from + length));
  }

  @Override
  public InputStream getBinaryStream() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream getBinaryStream(long position, long length) throws SQLException {
    int from = index(position);
    if (length < 0 || length > bytes.length - from) {
      throw SqlExceptions.misuse(length + " bytes from " + position + " of " + bytes.length);
    }
    return new ByteArrayInputStream(bytes, from, (int) length);
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    for (int at = index(start); at <= bytes.length - pattern.length; at++) {
      if (Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
        return at + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    return position(pattern.getBytes(1, (int) pattern.length()), start);
  }

  @Override
  public int setBytes(long position, byte[] added) throws SQLException {
    return setBytes(position, added, 0, added.length);
  }

  @Override
  public int setBytes(long position, byte[] added, int offset, int length) throws SQLException {
    int at = index(position);
    if (at + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, at + length);
    }
    System.arraycopy(added, offset, bytes, at, length);
    return length;
  }

  @Override
  public OutputStream setBinaryStream(long position) throws SQLException {
    int at = index(position);
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        if (at + count > bytes.length) {
          bytes = Arrays.copyOf(bytes, at + count);
        }
        System.arraycopy(buf, 0, bytes, at, count);
      }
    };
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0 || length > bytes.length) {
      throw SqlExceptions.misuse("a length of " + length + " where there are " + bytes.length);
    }
    bytes = Arrays.copyOf(bytes, (int) length);
  }

  @Override
  public void free() {
    bytes = new byte[0];
  }

  private int index(long position) throws SQLException {
    if (position < 1 || position > bytes.length + 1L) {
      throw SqlExceptions.misuse("position " + position + " of " + bytes.length);
    }
    return (int) (position - 1);
  }
}
