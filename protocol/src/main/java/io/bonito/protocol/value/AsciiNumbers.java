package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Numbers written in ASCII, read without making a string where that is possible. */
final class AsciiNumbers {
  /** Digits that fit a long whatever they are. */
  private static final int SAFE_LONG_DIGITS = 18;

  /** Digits that fit an int whatever they are. */
  private static final int SAFE_INT_DIGITS = 9;

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

  /** Reads an optional minus and digits, as {@link #parseLong} does. */
  static int parseInt(byte[] bytes, int offset, int length) {
    boolean negative = length > 0 && bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    int end = offset + length;
    if (end - at > SAFE_INT_DIGITS || at == end) {
      long value = parseLong(bytes, offset, length);
      if ((int) value != value) {
        throw new ConversionException(value + " does not fit an int");
      }
      return (int) value;
    }
    int value = 0;
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
   * Reads digits, up to 18446744073709551615.
   *
   * @return the 64 bits of the number
   */
  static long parseUnsignedLong(byte[] bytes, int offset, int length) {
    if (length <= SAFE_LONG_DIGITS) {
      return parseLong(bytes, offset, length);
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
}
