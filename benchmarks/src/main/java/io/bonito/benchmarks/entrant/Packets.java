package io.bonito.benchmarks.entrant;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Little-endian numbers in packets, unchecked. */
final class Packets {
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private Packets() {}

  static int bodySize(byte[] bytes, int at) {
    return (int) INT32.get(bytes, at) & 0xFFFFFF;
  }

  static int int32(byte[] bytes, int at) {
    return (int) INT32.get(bytes, at);
  }

  static long int64(byte[] bytes, int at) {
    return (long) INT64.get(bytes, at);
  }

  static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  /** The digits of a number, with a sign or without. */
  static long number(byte[] bytes, int at, int length) {
    boolean negative = bytes[at] == '-';
    long number = 0;
    for (int i = negative ? 1 : 0; i < length; i++) {
      number = number * 10 + bytes[at + i] - '0';
    }
    return negative ? -number : number;
  }
}
