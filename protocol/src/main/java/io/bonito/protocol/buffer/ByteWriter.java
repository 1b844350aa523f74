package io.bonito.protocol.buffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Appends little-endian values to an array that grows as needed, for a transport to drain.
 *
 * <pre>
 *   0 ........ drained ............ end ............ capacity
 *     sent               to send         free space
 * </pre>
 */
public final class ByteWriter {
  private static final VarHandle INT16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private static final int INITIAL_CAPACITY = 512;

  /**
   * A larger array is given up once its bytes are sent, so that one large command costs no memory
   * for ever.
   */
  private static final int KEPT_CAPACITY = 64 * 1024;

  private byte[] bytes = new byte[INITIAL_CAPACITY];
  private int end;
  private ByteBuffer drained = ByteBuffer.wrap(bytes, 0, 0);

  /** Where the next byte goes; valid as an index until {@link #reclaim}. */
  public int end() {
    return end;
  }

  /** The array written to; another one after it has grown. */
  public byte[] array() {
    return bytes;
  }

  public void writeInt8(int value) {
    int at = grow(1); // before the array is read: growing replaces it
    bytes[at] = (byte) value;
  }

  public void writeInt16(int value) {
    int at = grow(2);
    INT16.set(bytes, at, (short) value);
  }

  public void writeInt24(int value) {
    setInt24(grow(3), value);
  }

  public void writeInt32(int value) {
    int at = grow(4);
    INT32.set(bytes, at, value);
  }

  public void writeInt64(long value) {
    int at = grow(8);
    INT64.set(bytes, at, value);
  }

  /** Writes a length-encoded integer of 1, 3, 4 or 9 bytes; its 64 bits are taken as unsigned. */
  public void writeLength(long length) {
    if (length >= 0 && length < 0xFB) {
      writeInt8((int) length);
    } else if (length >= 0 && length <= 0xFFFF) {
      writeInt8(0xFC);
      writeInt16((int) length);
    } else if (length >= 0 && length <= 0xFFFFFF) {
      writeInt8(0xFD);
      writeInt24((int) length);
    } else {
      writeInt8(0xFE);
      writeInt64(length);
    }
  }

  public void writeBytes(byte[] source) {
    writeBytes(source, 0, source.length);
  }

  public void writeBytes(byte[] source, int offset, int length) {
    int at = grow(length);
    System.arraycopy(source, offset, bytes, at, length);
  }

  /** Writes text in UTF-8, without its length. */
  public void writeText(String text) {
    if (!writeAscii(text)) {
      writeBytes(text.getBytes(UTF_8));
    }
  }

  /** Writes a part of a text in UTF-8, without its length. */
  public void writeText(String text, int from, int to) {
    if (!writeAscii(text, from, to)) {
      writeBytes(text.substring(from, to).getBytes(UTF_8));
    }
  }

  /** Writes a number's decimal digits; a sign in front of one below 0. */
  public void writeDecimal(long number) {
    if (number < 0) {
      writeText(Long.toString(number));
      return;
    }
    int count = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      count++;
    }
    int at = grow(count) + count;
    long rest = number;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
  }

  /**
   * Writes text of ASCII characters alone.
   *
   * @return false where it has others; nothing is written then
   */
  public boolean writeAscii(String text) {
    return writeAscii(text, 0, text.length());
  }

  @SuppressWarnings("deprecation") // exact for ASCII, and the fastest there is
  private boolean writeAscii(String text, int from, int to) {
    int at = grow(to - from);
    text.getBytes(from, to, bytes, at);
    for (int i = from; i < to; i++) {
      if (text.charAt(i) > 0x7F) {
        end = at;
        return false;
      }
    }
    return true;
  }

  /** Writes text in UTF-8 after its length. */
  public void writeLengthEncodedText(String text) {
    writeLengthEncodedBytes(text.getBytes(UTF_8));
  }

  public void writeLengthEncodedBytes(byte[] source) {
    writeLength(source.length);
    writeBytes(source);
  }

  public void writeZeros(int count) {
    int at = grow(count);
    Arrays.fill(bytes, at, at + count, (byte) 0);
  }

  /** Overwrites three bytes already written, for lengths known only afterwards. */
  public void setInt24(int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >>> 8);
    bytes[at + 2] = (byte) (value >>> 16);
  }

  public void setInt8(int at, int value) {
    bytes[at] = (byte) value;
  }

  /**
   * Makes {@code count} bytes of room at {@link #end} that the caller fills through {@link #array}.
   */
  public int grow(int count) {
    int at = end;
    int newEnd = at + count;
    if (newEnd < at) {
      throw new IllegalArgumentException("a command of more than 2 GiB");
    }
    if (newEnd > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(newEnd, bytes.length * 2L)));
    }
    end = newEnd;
    return at;
  }

  /** Takes back everything from {@code at} on, a place that {@link #end} was at. */
  public void truncate(int at) {
    end = at;
  }

  /** Bytes not yet drained. */
  public int undrained() {
    return end - drained.position();
  }

  /** A view of everything not yet drained; the transport moves its position as it sends. */
  public ByteBuffer drain() {
    if (drained.position() == end) {
      reclaim();
    }
    if (drained.array() == bytes) {
      drained.limit(end);
    } else {
      drained = ByteBuffer.wrap(bytes, drained.position(), end - drained.position());
    }
    return drained;
  }

  /** Forgets what has been sent. Every index taken from {@link #end} before is void afterwards. */
  public void reclaim() {
    int sent = drained.position();
    if (sent == 0) {
      return;
    }
    if (sent == end) {
      end = 0;
      if (bytes.length > KEPT_CAPACITY) {
        bytes = new byte[INITIAL_CAPACITY];
      }
    } else if (sent > bytes.length / 2) {
      System.arraycopy(bytes, sent, bytes, 0, end - sent);
      end -= sent;
    } else {
      return;
    }
    drained = drained.array() == bytes ? drained : ByteBuffer.wrap(bytes);
    drained.clear().limit(end);
  }
}
