package io.bonito.protocol.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating numbers as both servers write them in text rows.
 *
 * <pre>
 *   DOUBLE          the fewest digits that name the number: 0.1, 1e300, -0.000000000000001
 *   FLOAT           six significant digits:                 3.14159, 1.23457e15
 *   DOUBLE(10,2)    so many digits after the point:         2.35
 * </pre>
 *
 * <p>The point moves by up to 15 places before an exponent is written. (MySQL's CAST of a FLOAT is
 * narrower than its text rows and writes an exponent earlier; MariaDB's is not.)
 */
final class FloatingText {
  /** What a column's {@code decimals} says where their number is not fixed. */
  static final int ANY_DECIMALS = 31;

  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  /** No two decimal numbers of so many digits are the same double, unless it is subnormal. */
  private static final int ALWAYS_DISTINCT_DIGITS = 15;

  private static final double DISTINCT_LIMIT = 1e15;

  private static final int MOST_PLACES = 15;

  private FloatingText() {}

  static String ofDouble(double value) {
    return value == 0 ? zero(value) : plainOrExponent(shortest(value));
  }

  static String ofFloat(float value) {
    return value == 0 ? zero(value) : plainOrExponent(new BigDecimal(value).round(SIX_DIGITS));
  }

  /** With a fixed number of digits after the point. */
  static String fixed(double value, int decimals) {
    BigDecimal digits = shortest(value);
    if (digits.scale() > decimals) {
      digits = new BigDecimal(value);
    }
    String text = digits.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    return value < 0 && text.charAt(0) != '-' ? "-" + text : text;
  }

  private static String zero(double value) {
    return 1 / value < 0 ? "-0" : "0";
  }

  /** The decimal number of fewest digits that is nearest to this double and to no other. */
  private static BigDecimal shortest(double value) {
    if (value == 0) {
      return BigDecimal.ZERO;
    }
    // Powers of ten up to 22 are exact, so this division is rounded once, as reading would be.
    double size = Math.abs(value);
    for (int places = 0; places <= MOST_PLACES; places++) {
      double power = AsciiNumbers.powerOfTen(places);
      double scaled = Math.rint(size * power);
      if (scaled >= DISTINCT_LIMIT) {
        break;
      }
      if (scaled / power == size) {
        long digits = (long) scaled;
        return BigDecimal.valueOf(value < 0 ? -digits : digits, places);
      }
    }
    // Not Double.toString: on JDK 17 it is at times longer than need be, or not the nearest.
    BigDecimal exact = new BigDecimal(value);
    int digits = size < Double.MIN_NORMAL ? 1 : ALWAYS_DISTINCT_DIGITS;
    for (; ; digits++) {
      BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (nearest.doubleValue() == value) {
        return nearest;
      }
      // The neighbours of a power of two are not equally far: the farther one leaves more room.
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      if (above.doubleValue() == value) {
        return above;
      }
    }
  }

  private static String plainOrExponent(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    BigInteger unscaled = stripped.unscaledValue().abs();
    String digits = unscaled.toString();
    // The number is 0.digits times ten to the power of point.
    int point = digits.length() - stripped.scale();
    boolean plain = point > MOST_PLACES ? digits.length() > point : point > -MOST_PLACES;
    if (plain && point <= MOST_PLACES + 1) {
      return stripped.toPlainString();
    }
    StringBuilder text = new StringBuilder(24);
    if (stripped.signum() < 0) {
      text.append('-');
    }
    text.append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    return text.append('e').append(point - 1).toString();
  }
}
