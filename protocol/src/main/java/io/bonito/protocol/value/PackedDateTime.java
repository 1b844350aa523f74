package io.bonito.protocol.value;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * A date and time of day in one {@code long}, zero dates and impossible dates included.
 *
 * <pre>
 *   bits 63..46  45..42  41..37  36..32  31..26   25..20   19..0
 *        year    month   day     hour    minute   second   micros
 * </pre>
 */
final class PackedDateTime {
  static final int MAX_YEAR = 9999;

  private PackedDateTime() {}

  /** Every field must be within its bits. */
  static long of(int year, int month, int day, int hour, int minute, int second, int micros) {
    return (long) year << 46
        | (long) month << 42
        | (long) day << 37
        | (long) hour << 32
        | (long) minute << 26
        | (long) second << 20
        | micros;
  }

  static long of(LocalDate date) {
    int year = date.getYear();
    if (year < 0 || year > MAX_YEAR) {
      throw new ConversionException("the year " + year + " is not within 0 to 9999");
    }
    return of(year, date.getMonthValue(), date.getDayOfMonth(), 0, 0, 0, 0);
  }

  /** Digits beyond microseconds are cut off, so that a day never becomes the next one. */
  static long of(LocalDateTime at) {
    LocalTime time = at.toLocalTime();
    return of(at.toLocalDate())
        | of(0, 0, 0, time.getHour(), time.getMinute(), time.getSecond(), time.getNano() / 1000);
  }

  static int year(long packed) {
    return (int) (packed >>> 46);
  }

  static int month(long packed) {
    return (int) (packed >>> 42) & 0xF;
  }

  static int day(long packed) {
    return (int) (packed >>> 37) & 0x1F;
  }

  static int hour(long packed) {
    return (int) (packed >>> 32) & 0x1F;
  }

  static int minute(long packed) {
    return (int) (packed >>> 26) & 0x3F;
  }

  static int second(long packed) {
    return (int) (packed >>> 20) & 0x3F;
  }

  static int micros(long packed) {
    return (int) packed & 0xF_FFFF;
  }
}
