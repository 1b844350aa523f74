package io.bonito.protocol.buffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A little-endian cursor over part of a byte array.
 *
 * <p>A read moves {@link #position()} forward and never passes {@link #limit()}. A read that would
 * is a {@link MalformedPacketException}: only a broken server can cause it.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_data_types.html">Basic
 *     data types</a>
 */
public final class ByteReader {
  /** What {@link #readLength()} returns where a row says NULL. */
  public static final int NULL_LENGTH = -1;

  private static final VarHandle INT16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int position;
  private int limit;

  /** Starts over at {@code bytes[offset]}. The array is shared, not copied. */
  public ByteReader wrap(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.limit = offset + length;
    return this;
  }

  /** Starts over at the beginning of {@code bytes}. The array is shared, not copied. */
  public ByteReader wrap(byte[] bytes) {
    return wrap(bytes, 0, bytes.length);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int position() {
    return position;
  }

  public int limit() {
    return limit;
  }

  public int remaining() {
    return limit - position;
  }

  /** The next byte, 0 to 255, without moving. */
  public int peekUint8() {
    require(1);
    return bytes[position] & 0xFF;
  }

  public int readUint8() {
    return bytes[advance(1)] & 0xFF;
  }

  public int readUint16() {
    return (short) INT16.get(bytes, advance(2)) & 0xFFFF;
  }

  public int readUint24() {
    int at = advance(3);
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
  }

  public int readInt32() {
    return (int) INT32.get(bytes, advance(4));
  }

  public long readUint32() {
    return (int) INT32.get(bytes, advance(4)) & 0xFFFF_FFFFL;
  }

  public long readInt64() {
    return (long) INT64.get(bytes, advance(8));
  }

  /**
   * Reads the length of what follows, as rows have them (1, 3, 4 or 9 bytes).
   *
   * @return the length, or {@link #NULL_LENGTH} for the byte {@code 0xFB}
   * @throws MalformedPacketException also where the length is 2<sup>63</sup> or more
   */
  public long readLength() {
    int first = readUint8();
    if (first < 0xFB) {
      return first;
    }
    if (first == 0xFB) {
      return NULL_LENGTH;
    }
    long length = readWide(first);
    if (length < 0) {
      throw new MalformedPacketException(
          "length of " + Long.toUnsignedString(length) + " bytes, " + remaining() + " left");
    }
    return length;
  }

  /**
   * Reads a length-encoded integer (1, 3, 4 or 9 bytes) that is no length.
   *
   * @return all 64 bits: 2<sup>63</sup> and more come out negative
   */
  public long readUnsigned() {
    int first = readUint8();
    return first < 0xFB ? first : readWide(first);
  }

  private long readWide(int first) {
    return switch (first) {
      case 0xFC -> readUint16();
      case 0xFD -> readUint24();
      case 0xFE -> readInt64();
      default ->
          throw new MalformedPacketException(
              "0x" + Integer.toHexString(first) + " begins no integer");
    };
  }

  /** Reads a length-encoded string; the protocol's own text is always UTF-8 here. */
  public String readText() {
    return readText(readPresentLength());
  }

  public String readText(int length) {
    return length == 0 ? "" : new String(bytes, advance(length), length, UTF_8);
  }

  /** Reads a length-encoded string of bytes. */
  public byte[] readLengthEncodedBytes() {
    return readBytes(readPresentLength());
  }

  /** Passes over a length-encoded string. */
  public void skipText() {
    skip(readPresentLength());
  }

  /**
   * The length of a string that must be there: one that does not end within the packet is refused.
   */
  private int readPresentLength() {
    long length = readLength();
    if (length < 0 || length > remaining()) {
      throw new MalformedPacketException("text of " + length + " bytes, " + remaining() + " left");
    }
    return (int) length;
  }

  public String readNulTerminatedText() {
    int end = indexOfNul();
    if (end < 0) {
      throw new MalformedPacketException("text without its terminating NUL");
    }
    String text = readText(end - position);
    skip(1);
    return text;
  }

  /** Reads up to a NUL, or where there is none up to the end: some proxies leave it out. */
  public byte[] readBytesToNulOrEnd() {
    int end = indexOfNul();
    byte[] read = readBytes((end < 0 ? limit : end) - position);
    if (end >= 0) {
      skip(1);
    }
    return read;
  }

  private int indexOfNul() {
    for (int at = position; at < limit; at++) {
      if (bytes[at] == 0) {
        return at;
      }
    }
    return -1;
  }

  /** Everything up to the limit. */
  public byte[] readRest() {
    return readBytes(remaining());
  }

  public byte[] readBytes(int length) {
    int at = advance(length);
    return Arrays.copyOfRange(bytes, at, at + length);
  }

  public void skip(int count) {
    advance(count);
  }

  /** Refuses what stands after the end of a message. */
  public void requireEnd(String message) {
    if (position != limit) {
      throw new MalformedPacketException(remaining() + " bytes after the end of " + message);
    }
  }

  private int advance(int count) {
    require(count);
    int at = position;
    position = at + count;
    return at;
  }

  private void require(int count) {
    if (count < 0 || count > limit - position) {
      throw new MalformedPacketException(
          "packet ends early: " + count + " bytes wanted, " + remaining() + " left");
    }
  }
}
