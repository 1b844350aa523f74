package io.bonito.protocol.packet;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The four bytes in front of a packet's body.
 *
 * <pre>
 *   size(3)  sequence(1)
 * </pre>
 */
public final class PacketHeader {
  public static final int SIZE = 4;

  /** A body of this size goes on in the next packet. */
  public static final int LARGEST_BODY = 0xFFFFFF;

  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);

  private PacketHeader() {}

  /** Both parts in one number; the array must hold all four bytes. */
  public static int read(byte[] bytes, int at) {
    return (int) INT32.get(bytes, at);
  }

  public static int bodySize(int header) {
    return header & LARGEST_BODY;
  }

  public static int sequence(int header) {
    return header >>> 24;
  }

  /** Writes a header of sequence 0. */
  public static void write(byte[] bytes, int at, int bodySize) {
    INT32.set(bytes, at, bodySize);
  }
}
