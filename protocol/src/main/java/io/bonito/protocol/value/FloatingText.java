package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
  private static final int NONE = -1;

  /** A sign, a zero and a point, and the digits; or zeros for missing ones. */
  private static final int LONGEST_PLAIN = 24;

  private static final int SIX = 6;
  private static final double PLAIN_FLOAT_FROM = 1e-9;
  private static final double PLAIN_FLOAT_BELOW = 1e14;
  private static final double NEAR = 1e-6;

  private FloatingText() {}

  static String ofDouble(double value) {
    if (value == 0) {
      return zero(value);
    }
    double size = Math.abs(value);
    int places = fewestPlaces(size);
    return places == NONE
        ? plainOrExponent(shortest(value))
        : plain(value < 0, digits(size, places), places);
  }

  static String ofFloat(float value) {
    if (value == 0) {
      return zero(value);
    }
    double size = Math.abs((double) value);
    if (size >= PLAIN_FLOAT_FROM && size < PLAIN_FLOAT_BELOW) {
      int places = SIX - 1 - (int) Math.floor(Math.log10(size));
      double power = AsciiNumbers.powerOfTen(Math.abs(places));
      double scaled = places < 0 ? size / power : size * power;
      double down = Math.floor(scaled);
      double rest = scaled - down;
      // The scaled number is off by less than a billionth: near the middle it decides nothing.
      if (Math.abs(rest - 0.5) > NEAR) {
        return plainOfSix(value < 0, (long) (rest > 0.5 ? down + 1 : down), places);
      }
    }
    return plainOrExponent(new BigDecimal(value).round(SIX_DIGITS));
  }

  /** With a fixed number of digits after the point. */
  static String fixed(double value, int decimals) {
    if (decimals <= MOST_PLACES) {
      long whole = digits(Math.abs(value), decimals);
      if (whole != NONE) {
        return plain(value < 0, whole, decimals);
      }
    }
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

  /** How many decimal places tell this double from all others; {@link #NONE} where not 15 do. */
  private static int fewestPlaces(double size) {
    int places = 0;
    while (places <= MOST_PLACES && digits(size, places) == NONE) {
      places++;
    }
    return places <= MOST_PLACES ? places : NONE;
  }

  /**
   * The size of a double with so many decimal places, without the point.
   *
   * @return {@link #NONE} where it needs more places, or has more digits than tell doubles apart
   */
  private static long digits(double size, int places) {
    // Powers of ten up to 22 are exact, so this division is rounded once, as reading would be.
    double power = AsciiNumbers.powerOfTen(places);
    double scaled = Math.rint(size * power);
    return scaled < DISTINCT_LIMIT && scaled / power == size ? (long) scaled : NONE;
  }

  /** A number of up to six digits, whose zeros at the end are not written behind the point. */
  private static String plainOfSix(boolean negative, long six, int sixPlaces) {
    long digits = six;
    int places = sixPlaces;
    for (; places < 0; places++) {
      digits *= 10;
    }
    for (; places > 0 && digits % 10 == 0; places--) {
      digits /= 10;
    }
    return plain(negative, digits, places);
  }

  /** The digits with the point before the last so many of them, and a zero before the point. */
  private static String plain(boolean negative, long digits, int places) {
    byte[] text = new byte[LONGEST_PLAIN];
    int at = text.length;
    long left = digits;
    for (int written = 0; left > 0 || written <= places; written++) {
      if (written == places && places > 0) {
        text[--at] = '.';
      }
      text[--at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    if (negative) {
      text[--at] = '-';
    }
    return new String(text, at, text.length - at, ISO_8859_1);
  }

  /** The decimal number of fewest digits that is nearest to this double and to no other. */
  private static BigDecimal shortest(double value) {
    if (value == 0) {
      return BigDecimal.ZERO;
    }
    double size = Math.abs(value);
    int places = fewestPlaces(size);
    if (places != NONE) {
      long digits = digits(size, places);
      return BigDecimal.valueOf(value < 0 ? -digits : digits, places);
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
