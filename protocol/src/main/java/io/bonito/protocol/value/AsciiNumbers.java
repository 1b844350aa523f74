package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;

/** Numbers written in ASCII, read without making a string where that is possible. */
final class AsciiNumbers {
  /** Digits that fit a long whatever they are. */
  private static final int SAFE_LONG_DIGITS = 18;

  /** The digit zero eight times. */
  private static final long ZEROS = 0x3030_3030_3030_3030L;

  /** Lifts a byte above nine to sixteen or more. */
  private static final long ABOVE_NINE = 0x0606_0606_0606_0606L;

  private static final long HIGH_HALVES = 0xF0F0_F0F0_F0F0_F0F0L;

  /** No number that a column or an expression has is longer; a longer one costs too much. */
  private static final int LONGEST_NUMBER = 1024;

  /** The largest power of ten that an exponent may name; a DOUBLE needs 324. */
  private static final int LARGEST_EXPONENT = 1024;

  /** All integers of so many digits are exact as a double. */
  private static final int MOST_SCANNED = 15;

  /** What {@link #scan} returns for a number of more digits. */
  private static final long MANY_DIGITS = -1;

  private static final int DIGITS_SHIFT = 13;
  private static final int POWER_BIAS = 2048;

  /** Below this, a float holds every integer. */
  private static final long EXACT_FLOAT = 1L << 24;

  /** The powers of ten that a double holds exactly; a float holds those to 10. */
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int EXACT_DOUBLE_POWER = 22;
  private static final int EXACT_FLOAT_POWER = 10;

  private static final int QUOTED_LENGTH = 64;

  private AsciiNumbers() {}

  /**
   * Reads an optional minus and 1 to 19 digits.
   *
   * @throws ConversionException where anything else than a number is found, or it does not fit
   */
  static long parseLong(byte[] bytes, int offset, int length) {
    boolean negative = length > 0 && bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    int end = offset + length;
    if (end - at > SAFE_LONG_DIGITS || at == end) {
      return parseLongLong(bytes, offset, length);
    }
    long value = 0;
    do {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw notANumber(bytes, offset, length);
      }
      value = value * 10 + digit;
    } while (++at < end);
    return negative ? -value : value;
  }

  /**
   * Reads an optional minus and digits, as {@link #parseLong} does.
   *
   * <p>Up to eight digits are read at once, as numbers of unequal lengths make a loop's end hard to
   * foretell: the digits are moved to the top of a long, the first one lowest, and added up in
   * pairs, fours and eights.
   */
  static int parseInt(byte[] bytes, int offset, int length) {
    boolean negative = length > 0 && bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    int count = negative ? length - 1 : length;
    if (count > 0 && count <= Long.BYTES && at <= bytes.length - Long.BYTES) {
      int empty = Long.SIZE - Byte.SIZE * count;
      long zeros = ZEROS << empty;
      long digits = (LittleEndian.int64(bytes, at) << empty) - zeros;
      // A byte below '0' borrows and one above '9' carries: either way a high half is not zero.
      if (((digits | digits + ABOVE_NINE) & HIGH_HALVES) == 0) {
        long pairs = digits * 10 + (digits >>> 8);
        long value =
            ((pairs & 0x0000_00FF_0000_00FFL) * 0x000F_4240_0000_0064L
                    + (pairs >>> 16 & 0x0000_00FF_0000_00FFL) * 0x0000_2710_0000_0001L)
                >>> 32;
        return (int) (negative ? -value : value);
      }
    }
    long value = parseLong(bytes, offset, length);
    if ((int) value != value) {
      throw new ConversionException(value + " does not fit an int");
    }
    return (int) value;
  }

  /**
   * Reads digits, up to 18446744073709551615.
   *
   * @return the 64 bits of the number
   */
  static long parseUnsignedLong(byte[] bytes, int offset, int length) {
    if (length <= SAFE_LONG_DIGITS && length > 0 && bytes[offset] != '-') {
      return parseLong(bytes, offset, length);
    }
    if (length == 0) {
      throw notANumber(bytes, offset, length);
    }
    int end = offset + length;
    long value = 0;
    for (int at = offset; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw notANumber(bytes, offset, length);
      }
      // 1844674407370955161 is the largest that may be multiplied by ten.
      if (Long.compareUnsigned(value, 1844674407370955161L) > 0
          || (value == 1844674407370955161L && digit > 5)) {
        throw tooLarge(bytes, offset, length);
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /**
   * Reads an optional minus, digits and an optional fraction, which is checked and cut off.
   *
   * @return the whole part, or {@link Long#MIN_VALUE} where it does not fit 63 bits or the text is
   *     no such number; {@link #parseBigDecimal} tells which
   */
  static long parseWhole(byte[] bytes, int offset, int length) {
    int end = offset + length;
    boolean negative = length > 0 && bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    int first = at;
    long value = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (value >= Long.MAX_VALUE / 10) {
        return Long.MIN_VALUE;
      }
      value = value * 10 + digit;
    }
    if (at == first) {
      return Long.MIN_VALUE;
    }
    if (at < end) {
      if (bytes[at] != '.' || end - at > LONGEST_NUMBER) {
        return Long.MIN_VALUE;
      }
      while (++at < end) {
        int digit = bytes[at] - '0';
        if (digit < 0 || digit > 9) {
          return Long.MIN_VALUE;
        }
      }
    }
    return negative ? -value : value;
  }

  /**
   * Reads a number with or without a fraction and an exponent.
   *
   * <p>A number of up to 15 digits whose power of ten is small is read exactly with one division;
   * others take the way through a string.
   *
   * @throws ConversionException where it is no number, or larger than any double
   */
  static double parseDouble(byte[] bytes, int offset, int length) {
    long scanned = scan(bytes, offset, length);
    int power = power(scanned);
    if (scanned != MANY_DIGITS && power <= EXACT_DOUBLE_POWER && power >= -EXACT_DOUBLE_POWER) {
      double digits = digits(scanned);
      double size = power < 0 ? digits / POWERS_OF_TEN[-power] : digits * POWERS_OF_TEN[power];
      return isNegative(scanned) ? -size : size;
    }
    double value = Double.parseDouble(new String(bytes, offset, length, ISO_8859_1));
    if (Double.isInfinite(value)) {
      throw new ConversionException(quote(bytes, offset, length) + " does not fit a double");
    }
    return value;
  }

  /** Reads a float as {@link #parseDouble} reads a double: rounded once. */
  static float parseFloat(byte[] bytes, int offset, int length) {
    long scanned = scan(bytes, offset, length);
    int power = power(scanned);
    if (scanned != MANY_DIGITS
        && digits(scanned) <= EXACT_FLOAT
        && power <= EXACT_FLOAT_POWER
        && power >= -EXACT_FLOAT_POWER) {
      float digits = digits(scanned);
      float size =
          power < 0
              ? digits / (float) POWERS_OF_TEN[-power]
              : digits * (float) POWERS_OF_TEN[power];
      return isNegative(scanned) ? -size : size;
    }
    float value = Float.parseFloat(new String(bytes, offset, length, ISO_8859_1));
    if (Float.isInfinite(value)) {
      throw new ConversionException(quote(bytes, offset, length) + " does not fit a float");
    }
    return value;
  }

  /**
   * Reads a number with or without a fraction and an exponent.
   *
   * @param longest the most characters it may have
   */
  static BigDecimal parseBigDecimal(byte[] bytes, int offset, int length, int longest) {
    if (length > longest) {
      throw new ConversionException(
          "a number of " + length + " characters, where " + longest + " are the most");
    }
    long scanned = scan(bytes, offset, length);
    if (scanned != MANY_DIGITS) {
      long digits = digits(scanned);
      return BigDecimal.valueOf(isNegative(scanned) ? -digits : digits, -power(scanned));
    }
    return new BigDecimal(new String(bytes, offset, length, ISO_8859_1));
  }

  static double powerOfTen(int power) {
    return POWERS_OF_TEN[power];
  }

  private static long parseLongLong(byte[] bytes, int offset, int length) {
    boolean negative = length > 0 && bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    int end = offset + length;
    if (at == end) {
      throw notANumber(bytes, offset, length);
    }
    long value = 0; // negated, as there is one more negative number than there are positive ones
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw notANumber(bytes, offset, length);
      }
      if (value < Long.MIN_VALUE / 10
          || (value == Long.MIN_VALUE / 10 && digit > (negative ? 8 : 7))) {
        throw tooLarge(bytes, offset, length);
      }
      value = value * 10 - digit;
    }
    return negative ? value : -value;
  }

  static ConversionException notANumber(byte[] bytes, int offset, int length) {
    return new ConversionException("not a number: " + quote(bytes, offset, length));
  }

  private static ConversionException tooLarge(byte[] bytes, int offset, int length) {
    return new ConversionException(quote(bytes, offset, length) + " does not fit 64 bits");
  }

  /** The beginning of a value for a message, with nothing in it that a terminal would obey. */
  static String quote(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, Math.min(length, QUOTED_LENGTH), ISO_8859_1);
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted.append(c < ' ' || c > '~' ? '?' : c);
    }
    return quoted.append(length > QUOTED_LENGTH ? "…' of " + length + " bytes" : "'").toString();
  }

  /**
   * Checks a number in one pass, and takes it apart where it has up to 15 digits.
   *
   * <pre>
   *   bits 62..13     12..1            0
   *        digits     power + 2048     negative
   * </pre>
   *
   * @return the number as digits times ten to a power, or {@link #MANY_DIGITS}
   * @throws ConversionException where it is none
   */
  private static long scan(byte[] bytes, int offset, int length) {
    if (length > LONGEST_NUMBER) {
      throw notANumber(bytes, offset, length);
    }
    int end = offset + length;
    boolean negative = length > 0 && bytes[offset] == '-';
    int first = negative || (length > 0 && bytes[offset] == '+') ? offset + 1 : offset;
    int at = first;
    long digits = 0; // of more than a long holds nothing is used
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      digits = digits * 10 + digit;
    }
    int count = at - first;
    int power = 0;
    if (at < end && bytes[at] == '.') {
      int fraction = ++at;
      for (; at < end; at++) {
        int digit = bytes[at] - '0';
        if (digit < 0 || digit > 9) {
          break;
        }
        digits = digits * 10 + digit;
      }
      power = fraction - at;
      count -= power;
    }
    if (count == 0) {
      throw notANumber(bytes, offset, length);
    }
    if (at < end) {
      if ((bytes[at] | 0x20) != 'e') {
        throw notANumber(bytes, offset, length);
      }
      power += exponent(bytes, at + 1, end, offset, length);
    }
    return count > MOST_SCANNED
        ? MANY_DIGITS
        : digits << DIGITS_SHIFT | (long) (power + POWER_BIAS) << 1 | (negative ? 1 : 0);
  }

  private static int exponent(byte[] bytes, int from, int end, int offset, int length) {
    boolean negative = from < end && bytes[from] == '-';
    int at = negative || (from < end && bytes[from] == '+') ? from + 1 : from;
    if (at == end) {
      throw notANumber(bytes, offset, length);
    }
    int exponent = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw notANumber(bytes, offset, length);
      }
      exponent = exponent * 10 + digit;
      if (exponent > LARGEST_EXPONENT) {
        throw new ConversionException(
            quote(bytes, offset, length) + " is beyond ten to the power of " + LARGEST_EXPONENT);
      }
    }
    return negative ? -exponent : exponent;
  }

  private static long digits(long scanned) {
    return scanned >>> DIGITS_SHIFT;
  }

  private static int power(long scanned) {
    return (int) (scanned >>> 1 & 0xFFF) - POWER_BIAS;
  }

  private static boolean isNegative(long scanned) {
    return (scanned & 1) != 0;
  }
}
