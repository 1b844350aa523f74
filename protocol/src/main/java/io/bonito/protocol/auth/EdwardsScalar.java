package io.bonito.protocol.auth;

/**
 * Numbers modulo the order of Ed25519's group, L = 2^252 + 27742317777372353535851937790883648493.
 *
 * <p>Worked out bit by bit, from the highest: double, add, subtract L where that leaves something.
 * Slow, some microseconds, and the same steps for every number.
 *
 * <p>Numbers outside are 32 bytes, little-endian; inside eight limbs of 32 bits.
 */
final class EdwardsScalar {
  private static final int LIMBS = 8;
  private static final long MASK = 0xFFFF_FFFFL;

  /** L, lowest limb first. */
  private static final long[] ORDER = {
    0x5cf5d3edL, 0x5812631aL, 0xa2f79cd6L, 0x14def9deL, 0, 0, 0, 0x10000000L
  };

  private EdwardsScalar() {}

  /**
   * @param number little-endian, of any length
   */
  static byte[] reduce(byte[] number) {
    long[] one = new long[LIMBS];
    one[0] = 1;
    return encode(multiplyAdd(number, one, new long[LIMBS]));
  }

  /** {@code left * right + addend}; {@code right} and {@code addend} are reduced already. */
  static byte[] multiplyAdd(byte[] left, byte[] right, byte[] addend) {
    return encode(multiplyAdd(left, decode(right), decode(addend)));
  }

  private static long[] multiplyAdd(byte[] left, long[] right, long[] addend) {
    long[] sum = new long[LIMBS];
    for (int bit = left.length * 8 - 1; bit >= 0; bit--) {
      add(sum, sum, MASK);
      add(sum, right, -((left[bit >> 3] >> (bit & 7)) & 1L) & MASK);
    }
    add(sum, addend, MASK);
    return sum;
  }

  /** Adds what the mask lets through: the whole of {@code addend}, or nothing. Both are below L. */
  private static void add(long[] sum, long[] addend, long mask) {
    long carry = 0;
    for (int i = 0; i < LIMBS; i++) {
      carry += sum[i] + (addend[i] & mask);
      sum[i] = carry & MASK;
      carry >>>= 32;
    }
    // Below 2L, so subtracting L once is enough, and a borrow says that it was too much.
    long[] difference = new long[LIMBS];
    long borrow = 0;
    for (int i = 0; i < LIMBS; i++) {
      borrow += sum[i] - ORDER[i];
      difference[i] = borrow & MASK;
      borrow >>= 32;
    }
    for (int i = 0; i < LIMBS; i++) {
      sum[i] = (sum[i] & borrow) | (difference[i] & ~borrow);
    }
  }

  private static long[] decode(byte[] bytes) {
    long[] limbs = new long[LIMBS];
    for (int i = 0; i < bytes.length; i++) {
      limbs[i >> 2] |= (bytes[i] & 0xFFL) << ((i & 3) * 8);
    }
    return limbs;
  }

  private static byte[] encode(long[] limbs) {
    byte[] bytes = new byte[LIMBS * 4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (limbs[i >> 2] >> ((i & 3) * 8));
    }
    return bytes;
  }
}
