package io.bonito.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** Text in memory as a {@link Clob}. Positions count from 1. */
final class JdbcClob implements NClob {
  private String text;

  JdbcClob(String text) {
    this.text = text;
  }

  @Override
  public long length() {
    return text.length();
  }

  @Override
  public String getSubString(long position, int length) throws SQLException {
    int from = index(position);
    if (length < 0) {
      throw SqlExceptions.misuse("a length of " + length);
    }
    return text.substring(from, (int) Math.min(text.length(), (long) from + length));
  }

  @Override
  public Reader getCharacterStream() {
    return new StringReader(text);
  }

  @Override
  public Reader getCharacterStream(long position, long length) throws SQLException {
    int from = index(position);
    if (length < 0 || length > text.length() - from) {
      throw SqlExceptions.misuse(length + " characters from " + position + " of " + text.length());
    }
    return new StringReader(text.substring(from, from + (int) length));
  }

  @Override
  public InputStream getAsciiStream() {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(String pattern, long start) throws SQLException {
    int found = text.indexOf(pattern, index(start));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob pattern, long start) throws SQLException {
    return position(pattern.getSubString(1, (int) pattern.length()), start);
  }

  @Override
  public int setString(long position, String added) throws SQLException {
    int at = index(position);
    int end = Math.min(text.length(), at + added.length());
    text = text.substring(0, at) + added + text.substring(end);
    return added.length();
  }

  @Override
  public int setString(long position, String added, int offset, int length) throws SQLException {
    return setString(position, added.substring(offset, offset + length));
  }

  @Override
  public OutputStream setAsciiStream(long position) throws SQLException {
    int at = index(position) + 1;
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        replace(at, toString(StandardCharsets.US_ASCII));
      }
    };
  }

  @Override
  public Writer setCharacterStream(long position) throws SQLException {
    int at = index(position) + 1;
    return new StringWriter() {
      @Override
      public void close() {
        replace(at, toString());
      }
    };
  }

  private void replace(int position, String added) {
    try {
      setString(position, added);
    } catch (SQLException e) {
      throw new IllegalStateException("the text was cut while it was written to", e);
    }
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0 || length > text.length()) {
      throw SqlExceptions.misuse("a length of " + length + " where there are " + text.length());
    }
    text = text.substring(0, (int) length);
  }

  @Override
  public void free() {
    text = "";
  }

  private int index(long position) throws SQLException {
    if (position < 1 || position > text.length() + 1L) {
      throw SqlExceptions.misuse("position " + position + " of " + text.length());
    }
    return (int) (position - 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
