package io.bonito.protocol.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Dates and times of day: from both wire formats to {@link PackedDateTime}, and on to Java. */
final class TemporalValues {
  private static final int DATE_LENGTH = 10;
  private static final int DATE_TIME_LENGTH = 19;
  private static final int MAX_MICROS = 999_999;

  private TemporalValues() {}

  /**
   * Reads a DATE or DATETIME of a text row, or of a text column.
   *
   * <pre>
   *   2026-08-21
   *   2026-08-21 17:04:05
   *   2026-08-21 17:04:05.123456       with 1 to 6 digits
   * </pre>
   *
   * <p>A {@code T} may stand for the space.
   */
  static long parseDateTime(byte[] bytes, int at, int length) {
    if (length == DATE_LENGTH || (length >= DATE_TIME_LENGTH && length <= 26 && length != 20)) {
      int year = digits(bytes, at, 4);
      int month = digits(bytes, at + 5, 2);
      int day = digits(bytes, at + 8, 2);
      boolean wellFormed = bytes[at + 4] == '-' && bytes[at + 7] == '-';
      int hour = 0;
      int minute = 0;
      int second = 0;
      int micros = 0;
      if (length > DATE_LENGTH) {
        hour = digits(bytes, at + 11, 2);
        minute = digits(bytes, at + 14, 2);
        second = digits(bytes, at + 17, 2);
        wellFormed &=
            (bytes[at + 10] == ' ' || bytes[at + 10] == 'T')
                && bytes[at + 13] == ':'
                && bytes[at + 16] == ':';
      }
      if (length > DATE_TIME_LENGTH) {
        micros = fraction(bytes, at + 20, length - 20);
        wellFormed &= bytes[at + 19] == '.';
      }
      if (wellFormed && isInRange(year, month, day, hour, minute, second, micros)) {
        return PackedDateTime.of(year, month, day, hour, minute, second, micros);
      }
    }
    throw new ConversionException("not a date: " + AsciiNumbers.quote(bytes, at, length));
  }

  /**
   * Reads a DATE or DATETIME of a binary row.
   *
   * <pre>
   *   0 bytes       zero
   *   4 bytes       year(2) month(1) day(1)
   *   7 bytes       the same, then hour(1) minute(1) second(1)
   *   11 bytes      the same, then micros(4)
   * </pre>
   *
   * @throws ConversionException where the length is none of these, or a number is out of range
   */
  static long readDateTime(byte[] bytes, int at, int length) {
    switch (length) {
      case 0 -> {
        return 0;
      }
      case 4, 7, 11 -> {
        int year = LittleEndian.int16(bytes, at) & 0xFFFF;
        int month = bytes[at + 2];
        int day = bytes[at + 3];
        int hour = length >= 7 ? bytes[at + 4] : 0;
        int minute = length >= 7 ? bytes[at + 5] : 0;
        int second = length >= 7 ? bytes[at + 6] : 0;
        int micros = length == 11 ? LittleEndian.int32(bytes, at + 7) : 0;
        if (isInRange(year, month, day, hour, minute, second, micros)) {
          return PackedDateTime.of(year, month, day, hour, minute, second, micros);
        }
        throw new ConversionException("a date with a number out of range");
      }
      default ->
          throw new ConversionException("a date of " + length + " bytes, not of 0, 4, 7 or 11");
    }
  }

  /**
   * @return null for a zero date under {@link ZeroDates#NULL}
   */
  static @Nullable LocalDate toLocalDate(long packed, ZeroDates zeroDates) {
    int year = PackedDateTime.year(packed);
    int month = PackedDateTime.month(packed);
    int day = PackedDateTime.day(packed);
    if (month == 0 || day == 0) {
      switch (zeroDates) {
        case EXCEPTION ->
            throw new ConversionException(
                "the zero date " + TemporalText.date(packed) + " is no date of a calendar");
        case NULL -> {
          return null;
        }
        case ROUND -> {
          year = Math.max(year, 1);
          month = Math.max(month, 1);
          day = Math.max(day, 1);
        }
      }
    }
    try {
      return LocalDate.of(year, month, day);
    } catch (DateTimeException e) { // 31 February, where ALLOW_INVALID_DATES is set
      throw new ConversionException(TemporalText.date(packed) + " is no date of a calendar", e);
    }
  }

  static LocalTime toLocalTime(long packed) {
    return LocalTime.of(
        PackedDateTime.hour(packed),
        PackedDateTime.minute(packed),
        PackedDateTime.second(packed),
        PackedDateTime.micros(packed) * 1000);
  }

  /**
   * @return null for a zero date under {@link ZeroDates#NULL}
   */
  static @Nullable LocalDateTime toLocalDateTime(long packed, ZeroDates zeroDates) {
    LocalDate date = toLocalDate(packed, zeroDates);
    return date == null ? null : LocalDateTime.of(date, toLocalTime(packed));
  }

  /**
   * Reads digits; one that is none makes the result negative, whatever the others are.
   *
   * @param count at most 6
   */
  static int digits(byte[] bytes, int at, int count) {
    int value = 0;
    int wrong = 0;
    for (int i = at; i < at + count; i++) {
      int digit = bytes[i] - '0';
      wrong |= digit | 9 - digit;
      value = value * 10 + digit;
    }
    return wrong < 0 ? -1 : value;
  }

  /** Reads 1 to 6 digits of a fraction as microseconds; -1 where there are others. */
  static int fraction(byte[] bytes, int at, int count) {
    int value = digits(bytes, at, count);
    for (int i = count; i < 6; i++) {
      value *= 10;
    }
    return value;
  }

  /** Also false for the -1 of {@link #digits}; whether the day exists is asked later. */
  private static boolean isInRange(
      int year, int month, int day, int hour, int minute, int second, int micros) {
    return year >= 0
        && year <= PackedDateTime.MAX_YEAR
        && month >= 0
        && month <= 12
        && day >= 0
        && day <= 31
        && hour >= 0
        && hour <= 23
        && minute >= 0
        && minute <= 59
        && second >= 0
        && second <= 59
        && micros >= 0
        && micros <= MAX_MICROS;
  }
}
