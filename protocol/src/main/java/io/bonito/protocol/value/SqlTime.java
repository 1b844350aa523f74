package io.bonito.protocol.value;

import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** A TIME as microseconds, between -838:59:59.999999 and 838:59:59.999999. */
final class SqlTime {
  static final long MICROS_PER_SECOND = 1_000_000;
  static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  /** 838:59:59.999999 */
  static final long MAX_MICROS = 3_020_399_999_999L;

  private SqlTime() {}

  /** Digits beyond microseconds are cut off. */
  static long micros(Duration duration) {
    // A negative duration counts its nanoseconds forward from the second below it.
    long nanos = duration.getNano();
    long seconds = duration.getSeconds();
    if (seconds > MAX_MICROS / MICROS_PER_SECOND || seconds < -MAX_MICROS / MICROS_PER_SECOND - 1) {
      throw tooLong(duration);
    }
    long micros = (seconds * 1_000_000_000 + nanos) / 1000;
    if (micros > MAX_MICROS || micros < -MAX_MICROS) {
      throw tooLong(duration);
    }
    return micros;
  }

  /**
   * Reads a TIME of a text row, or of a text column: {@code -838:59:59.999999}, with 1 to 3 digits
   * of hours and none to 6 of the fraction.
   *
   * @return microseconds
   */
  static long parse(byte[] bytes, int offset, int length) {
    boolean negative = length > 0 && bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    int end = offset + length;
    int colon = at;
    while (colon < end && bytes[colon] != ':' && colon - at < 4) {
      colon++;
    }
    int hourDigits = colon - at;
    int fractionDigits = end - colon - 7; // after ":mm:ss."
    if (hourDigits >= 1
        && hourDigits <= 3
        && (fractionDigits == -1 || (fractionDigits >= 1 && fractionDigits <= 6))
        && bytes[colon] == ':'
        && bytes[colon + 3] == ':'
        && (fractionDigits == -1 || bytes[colon + 6] == '.')) {
      int hours = TemporalValues.digits(bytes, at, hourDigits);
      int minutes = TemporalValues.digits(bytes, colon + 1, 2);
      int seconds = TemporalValues.digits(bytes, colon + 4, 2);
      int micros =
          fractionDigits < 0 ? 0 : TemporalValues.fraction(bytes, colon + 7, fractionDigits);
      if (hours >= 0
          && minutes >= 0
          && minutes < 60
          && seconds >= 0
          && seconds < 60
          && micros >= 0) {
        long all = (hours * 3600L + minutes * 60L + seconds) * MICROS_PER_SECOND + micros;
        if (all <= MAX_MICROS) {
          return negative ? -all : all;
        }
      }
    }
    throw new ConversionException("not a time: " + AsciiNumbers.quote(bytes, offset, length));
  }

  /**
   * Reads a TIME of a binary row.
   *
   * <pre>
   *   0 bytes       zero
   *   8 bytes       negative(1) days(4) hours(1) minutes(1) seconds(1)
   *   12 bytes      the same, then micros(4)
   * </pre>
   *
   * @return microseconds
   * @throws ConversionException where the length is none of these, or a number is out of range
   */
  static long read(byte[] bytes, int at, int length) {
    if (length == 0) {
      return 0;
    }
    if (length != 8 && length != 12) {
      throw new ConversionException("a time of " + length + " bytes, not of 0, 8 or 12");
    }
    int sign = bytes[at];
    long days = LittleEndian.int32(bytes, at + 1) & 0xFFFF_FFFFL;
    int hours = bytes[at + 5] & 0xFF;
    int minutes = bytes[at + 6] & 0xFF;
    int seconds = bytes[at + 7] & 0xFF;
    long micros = length == 12 ? LittleEndian.int32(bytes, at + 8) & 0xFFFF_FFFFL : 0;
    if ((sign & ~1) == 0
        && days < 35
        && hours < 24
        && minutes < 60
        && seconds < 60
        && micros < MICROS_PER_SECOND) {
      long all =
          days * MICROS_PER_DAY
              + (hours * 3600L + minutes * 60L + seconds) * MICROS_PER_SECOND
              + micros;
      if (all <= MAX_MICROS) {
        return sign == 0 ? all : -all;
      }
    }
    throw new ConversionException("a time with a number out of range");
  }

  static Duration toDuration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  /**
   * @throws ConversionException where the time is not one of a day
   */
  static LocalTime timeOfDay(long micros) {
    if (micros < 0 || micros >= MICROS_PER_DAY) {
      throw new ConversionException(
          "the time " + TemporalText.time(micros, 6) + " is no time of a day; read a Duration");
    }
    int seconds = (int) (micros / MICROS_PER_SECOND);
    int rest = (int) (micros - seconds * MICROS_PER_SECOND);
    return LocalTime.of(seconds / 3600, seconds / 60 % 60, seconds % 60, rest * 1000);
  }

  private static ConversionException tooLong(Duration duration) {
    return new ConversionException(duration + " is not within ±838:59:59.999999");
  }
}
