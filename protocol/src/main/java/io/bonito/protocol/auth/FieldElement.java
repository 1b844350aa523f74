package io.bonito.protocol.auth;

import java.math.BigInteger;

/**
 * A number modulo p = 2^255 - 19, in ten limbs of 26 bits.
 *
 * <p>A product's limbs are 0 to 2^26, but for a few just outside. Sums and differences are not
 * carried: up to four of them may pile up before a product, whose columns then stay below 2^63.
 * Every operation takes the same steps for every number.
 */
final class FieldElement {
  private static final int LIMBS = 10;
  private static final int LIMB_BITS = 26;
  private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;

  /** 2^260, the weight of an eleventh limb, modulo p. */
  private static final long FOLD = 19 << 5;

  /** How many of the tenth limb's bits are below 2^255. */
  private static final int TOP_BITS = 255 - 9 * LIMB_BITS;

  private final long[] limbs;

  private FieldElement(long[] limbs) {
    this.limbs = limbs;
  }

  static FieldElement of(int small) {
    long[] limbs = new long[LIMBS];
    limbs[0] = small;
    return new FieldElement(limbs);
  }

  /**
   * @param number 0 to 2^260
   */
  static FieldElement of(BigInteger number) {
    long[] limbs = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] = number.shiftRight(i * LIMB_BITS).longValue() & LIMB_MASK;
    }
    return new FieldElement(limbs);
  }

  FieldElement plus(FieldElement other) {
    long[] sum = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      sum[i] = limbs[i] + other.limbs[i];
    }
    return new FieldElement(sum);
  }

  FieldElement minus(FieldElement other) {
    long[] difference = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      difference[i] = limbs[i] - other.limbs[i];
    }
    return new FieldElement(difference);
  }

  FieldElement multiply(FieldElement other) {
    long[] columns = new long[2 * LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      for (int j = 0; j < LIMBS; j++) {
        columns[i + j] += limbs[i] * other.limbs[j];
      }
    }
    // Carried before it is folded: a whole column times FOLD would not fit.
    for (int i = 0; i < 2 * LIMBS - 1; i++) {
      columns[i + 1] += columns[i] >> LIMB_BITS;
      columns[i] &= LIMB_MASK;
    }
    long[] product = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      product[i] = columns[i] + FOLD * columns[i + LIMBS];
    }
    carry(product);
    return new FieldElement(product);
  }

  /** The number to the power of p - 2, which is 2^255 - 21: all ones but for bits 2 and 4. */
  FieldElement invert() {
    FieldElement power = this;
    for (int bit = 253; bit >= 0; bit--) {
      power = power.multiply(power);
      if (bit != 2 && bit != 4) {
        power = power.multiply(this);
      }
    }
    return power;
  }

  static FieldElement select(int bit, FieldElement one, FieldElement zero) {
    long mask = -bit;
    long[] selected = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      selected[i] = (one.limbs[i] & mask) | (zero.limbs[i] & ~mask);
    }
    return new FieldElement(selected);
  }

  /** 32 bytes, little-endian, the one form below p. */
  byte[] encode() {
    long[] number = limbs.clone();
    // Each round leaves less outside of its limbs; after the third nothing is, and nothing
    // negative.
    carry(number);
    carry(number);
    carry(number);
    foldTop(number, number[LIMBS - 1] >> TOP_BITS);
    // Below 2^255 now, perhaps not below p: adding 19 tells by whether it reaches 2^255.
    long reach = 19;
    for (int i = 0; i < LIMBS - 1; i++) {
      reach = (number[i] + reach) >> LIMB_BITS;
    }
    foldTop(number, (number[LIMBS - 1] + reach) >> TOP_BITS);
    byte[] encoded = new byte[32];
    for (int bit = 0; bit < 255; bit++) {
      long value = (number[bit / LIMB_BITS] >> (bit % LIMB_BITS)) & 1;
      encoded[bit >> 3] |= (byte) (value << (bit & 7));
    }
    return encoded;
  }

  /** Subtracts p so many times, by adding 19 below and dropping what is 2^255 and above. */
  private static void foldTop(long[] number, long times) {
    number[0] += 19 * times;
    for (int i = 0; i < LIMBS - 1; i++) {
      number[i + 1] += number[i] >> LIMB_BITS;
      number[i] &= LIMB_MASK;
    }
    number[LIMBS - 1] &= (1L << TOP_BITS) - 1;
  }

  private static void carry(long[] number) {
    for (int i = 0; i < LIMBS - 1; i++) {
      number[i + 1] += number[i] >> LIMB_BITS;
      number[i] &= LIMB_MASK;
    }
    number[0] += FOLD * (number[LIMBS - 1] >> LIMB_BITS);
    number[LIMBS - 1] &= LIMB_MASK;
    number[1] += number[0] >> LIMB_BITS;
    number[0] &= LIMB_MASK;
  }
}
