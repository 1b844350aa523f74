package io.bonito.testkit.script;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Cuts a stream of bytes into packets, and writes packets.
 *
 * <pre>
 *   length(3) sequence(1) payload(length)      a length of 0xFFFFFF goes on in the next packet
 * </pre>
 */
public final class Frames {
  private static final int HEADER = 4;
  private static final int LARGEST = 0xffffff;

  private byte[] pending = {};
  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

  /**
   * Takes bytes as they arrive and tells every payload that is complete by now.
   *
   * @param receiver is given the sequence number of the payload's last packet, and the payload
   */
  public void feed(byte[] bytes, int offset, int length, BiConsumer<Integer, byte[]> receiver) {
    byte[] all = Arrays.copyOf(pending, pending.length + length);
    System.arraycopy(bytes, offset, all, pending.length, length);
    int start = 0;
    // What the receiver throws leaves nothing behind that would be read twice.
    pending = new byte[0];
    while (all.length - start >= HEADER && all.length - start - HEADER >= lengthAt(all, start)) {
      int size = lengthAt(all, start);
      int sequence = all[start + 3] & 0xff;
      payload.write(all, start + HEADER, size);
      start += HEADER + size;
      if (size < LARGEST) {
        byte[] complete = payload.toByteArray();
        payload.reset();
        receiver.accept(sequence, complete);
      }
    }
    pending = Arrays.copyOfRange(all, start, all.length);
  }

  /** The bytes that belong to no packet yet; they are forgotten. */
  byte[] takeRest() {
    byte[] rest = pending;
    pending = new byte[0];
    return rest;
  }

  static int lengthAt(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff)
        | (bytes[offset + 1] & 0xff) << 8
        | (bytes[offset + 2] & 0xff) << 16;
  }

  /** A payload as packets: one, or more where it has 16 MiB. */
  public static byte[] frame(int sequence, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + HEADER);
    int number = sequence;
    int offset = 0;
    for (int length = LARGEST; length == LARGEST; ) {
      length = Math.min(LARGEST, payload.length - offset);
      out.write(length);
      out.write(length >> 8);
      out.write(length >> 16);
      out.write(number++);
      out.write(payload, offset, length);
      offset += length;
    }
    return out.toByteArray();
  }
}
