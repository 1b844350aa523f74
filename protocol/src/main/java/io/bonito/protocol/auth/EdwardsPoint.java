package io.bonito.protocol.auth;

import java.math.BigInteger;

/**
 * A point of the curve edwards25519, {@code -x^2 + y^2 = 1 + d x^2 y^2}.
 *
 * <p>In extended coordinates: {@code x = X/Z}, {@code y = Y/Z}, {@code x y = T/Z}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1.4">RFC 8032, 5.1.4</a>
 */
final class EdwardsPoint {
  /** 2d, where d = -121665/121666. */
  private static final FieldElement TWO_D =
      FieldElement.of(-2 * 121_665).multiply(FieldElement.of(121_666).invert());

  private static final EdwardsPoint NEUTRAL =
      new EdwardsPoint(
          FieldElement.of(0), FieldElement.of(1), FieldElement.of(1), FieldElement.of(0));

  private static final EdwardsPoint BASE = base();

  private final FieldElement x;
  private final FieldElement y;
  private final FieldElement z;
  private final FieldElement t;

  private EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.t = t;
  }

  private static EdwardsPoint base() {
    FieldElement x =
        FieldElement.of(
            new BigInteger(
                "15112221349535400772501151409588531511454012693041857206046113283949847762202"));
    FieldElement y = FieldElement.of(4).multiply(FieldElement.of(5).invert());
    return new EdwardsPoint(x, y, FieldElement.of(1), x.multiply(y));
  }

  /**
   * The base point, that many times. Each bit costs a doubling and an addition, set or not.
   *
   * @param scalar little-endian
   */
  static EdwardsPoint multiplyBase(byte[] scalar) {
    EdwardsPoint product = NEUTRAL;
    for (int bit = scalar.length * 8 - 1; bit >= 0; bit--) {
      product = product.add(product);
      EdwardsPoint more = product.add(BASE);
      product = select((scalar[bit >> 3] >> (bit & 7)) & 1, more, product);
    }
    return product;
  }

  /** 32 bytes: y, little-endian, with the lowest bit of x in the highest bit. */
  byte[] encode() {
    FieldElement inverse = z.invert();
    byte[] encoded = y.multiply(inverse).encode();
    byte[] encodedX = x.multiply(inverse).encode();
    encoded[31] |= (byte) ((encodedX[0] & 1) << 7);
    return encoded;
  }

  /** The formula holds for any two points of this curve, equal ones too. */
  private EdwardsPoint add(EdwardsPoint other) {
    FieldElement a = y.minus(x).multiply(other.y.minus(other.x));
    FieldElement b = y.plus(x).multiply(other.y.plus(other.x));
    FieldElement c = t.multiply(TWO_D).multiply(other.t);
    FieldElement d = z.multiply(other.z);
    d = d.plus(d);
    FieldElement e = b.minus(a);
    FieldElement f = d.minus(c);
    FieldElement g = d.plus(c);
    FieldElement h = b.plus(a);
    return new EdwardsPoint(e.multiply(f), g.multiply(h), f.multiply(g), e.multiply(h));
  }

  private static EdwardsPoint select(int bit, EdwardsPoint one, EdwardsPoint zero) {
    return new EdwardsPoint(
        FieldElement.select(bit, one.x, zero.x),
        FieldElement.select(bit, one.y, zero.y),
        FieldElement.select(bit, one.z, zero.z),
        FieldElement.select(bit, one.t, zero.t));
  }
}
