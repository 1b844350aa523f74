package io.bonito.protocol.value;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Fixed-width numbers of a binary row. The row's layout has checked that they are there. */
final class LittleEndian {
  private static final VarHandle INT16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private LittleEndian() {}

  static short int16(byte[] bytes, int at) {
    return (short) INT16.get(bytes, at);
  }

  static int int32(byte[] bytes, int at) {
    return (int) INT32.get(bytes, at);
  }

  static long int64(byte[] bytes, int at) {
    return (long) INT64.get(bytes, at);
  }

  static float float32(byte[] bytes, int at) {
    return Float.intBitsToFloat(int32(bytes, at));
  }

  static double float64(byte[] bytes, int at) {
    return Double.longBitsToDouble(int64(bytes, at));
  }

  /** A VECTOR: its numbers one behind the other. */
  static float[] floats(byte[] bytes, int at, int length) {
    float[] vector = new float[length / Float.BYTES];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = float32(bytes, at + Float.BYTES * i);
    }
    return vector;
  }

  static byte[] bytes(float[] vector) {
    byte[] bytes = new byte[vector.length * Float.BYTES];
    for (int i = 0; i < vector.length; i++) {
      INT32.set(bytes, Float.BYTES * i, Float.floatToRawIntBits(vector[i]));
    }
    return bytes;
  }
}
