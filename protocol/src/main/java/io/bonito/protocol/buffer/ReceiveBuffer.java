package io.bonito.protocol.buffer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes received and not yet consumed.
 *
 * <pre>
 *   0 ........ start ............ end ............ capacity
 *     consumed       unconsumed       free space
 * </pre>
 *
 * <p>Consumed bytes stay readable until the next {@link #space}, so a row can be decoded in place.
 *
 * <p>The array at most doubles when it is full: a length that a server only declares costs nothing,
 * memory grows with what has really arrived.
 */
public final class ReceiveBuffer {
  /** A larger array is given up when it runs empty. */
  private static final int KEPT_CAPACITY = 256 * 1024;

  private final int initialCapacity;
  private byte[] bytes;
  private int start;
  private int end;
  private ByteBuffer view;

  public ReceiveBuffer(int capacity) {
    initialCapacity = capacity;
    bytes = new byte[capacity];
    view = ByteBuffer.wrap(bytes);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public int size() {
    return end - start;
  }

  public void consume(int count) {
    start += count;
  }

  /** Room for bytes that arrive, from its position to its limit; never empty. */
  public ByteBuffer space() {
    int free = bytes.length - end;
    if (start == end) {
      start = 0;
      end = 0;
      if (bytes.length > KEPT_CAPACITY) {
        replace(new byte[initialCapacity]);
      }
    } else if (start > 0 && free < bytes.length / 4) {
      System.arraycopy(bytes, start, bytes, 0, size());
      end -= start;
      start = 0;
    }
    if (end == bytes.length) {
      if (bytes.length > Integer.MAX_VALUE / 2) {
        throw new MalformedPacketException("more than 1 GiB received for one packet");
      }
      replace(Arrays.copyOf(bytes, bytes.length * 2));
    }
    return view.limit(bytes.length).position(end);
  }

  private void replace(byte[] larger) {
    bytes = larger;
    view = ByteBuffer.wrap(larger);
  }

  /** Takes over {@code count} bytes that the transport put into {@link #space}. */
  public void received(int count) {
    end += count;
  }

  /** Takes over bytes from elsewhere, where a stage in between has made them. */
  public void append(byte[] source, int offset, int length) {
    int left = length;
    while (left > 0) {
      ByteBuffer room = space();
      int part = Math.min(left, room.remaining());
      System.arraycopy(source, offset + length - left, bytes, end, part);
      end += part;
      left -= part;
    }
  }
}
