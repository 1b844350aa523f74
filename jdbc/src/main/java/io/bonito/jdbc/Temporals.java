package io.bonito.jdbc;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * Between java.time, in which the server's dates are read, and the older classes of java.sql.
 *
 * <p>Those hold an instant. It is the one at which clocks show the server's date and time: in the
 * calendar's zone where one is given, else in the {@linkplain SessionZone session's} for what has a
 * date and a time, and in the JVM's for what has one of them only.
 */
final class Temporals {
  private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);

  /**
   * Before it, java.sql's classes count days by another calendar, and Java's zones by the sun.
   * There what they show is kept, rather than the instant.
   */
  private static final int FIRST_PLAIN_YEAR = 1900;

  private static final long FIRST_PLAIN_MILLIS =
      Instant.parse("1900-01-01T00:00:00Z").toEpochMilli();

  private Temporals() {}

  static Date date(LocalDate date, @Nullable Calendar calendar) {
    return calendar == null
        ? Date.valueOf(date)
        : new Date(date.atStartOfDay(zone(calendar)).toInstant().toEpochMilli());
  }

  static Time time(LocalTime time, @Nullable Calendar calendar) {
    // Time.valueOf would drop the milliseconds.
    return new Time(EPOCH.atTime(time).atZone(zone(calendar)).toInstant().toEpochMilli());
  }

  /**
   * The instant at which clocks in the zone show this; the earlier one where they do so twice, and,
   * where they never do, the one that is as long after the gap's beginning.
   */
  static Timestamp timestamp(LocalDateTime at, ZoneId zone) {
    ZoneId own = ZoneId.systemDefault();
    if (zone.equals(own)) {
      // Timestamp.valueOf takes the later of two, but keeps the dates of the old calendar.
      return zone.getRules().getValidOffsets(at).size() < 2
          ? Timestamp.valueOf(at)
          : Timestamp.from(at.atZone(zone).toInstant());
    }
    return at.getYear() < FIRST_PLAIN_YEAR
        ? Timestamp.valueOf(at.atZone(zone).withZoneSameInstant(own).toLocalDateTime())
        : Timestamp.from(at.atZone(zone).toInstant());
  }

  /** What clocks in the zone show at that instant. */
  static LocalDateTime localDateTime(Timestamp at, ZoneId zone) {
    ZoneId own = ZoneId.systemDefault();
    if (zone.equals(own)) {
      return at.toLocalDateTime();
    }
    return at.getTime() < FIRST_PLAIN_MILLIS
        ? at.toLocalDateTime().atZone(own).withZoneSameInstant(zone).toLocalDateTime()
        : LocalDateTime.ofInstant(at.toInstant(), zone);
  }

  static LocalDate localDate(Date date, @Nullable Calendar calendar) {
    return calendar == null
        ? date.toLocalDate()
        : local(date.getTime(), zone(calendar)).toLocalDate();
  }

  static LocalTime localTime(Time time, @Nullable Calendar calendar) {
    return local(time.getTime(), zone(calendar)).toLocalTime();
  }

  static LocalDateTime local(long epochMillis, ZoneId zone) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), zone);
  }

  /** Of the calendar where there is one, else of the JVM. */
  static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }
}
