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
 * <p>Those hold an instant. It is the one at which clocks in the zone show the server's date and
 * time: in the calendar's zone where one is given, else in the JVM's.
 */
final class Temporals {
  private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);

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
   * The instant at which clocks show this; the earlier one where they do so twice, and, where they
   * never do, the one that is as long after the gap's beginning.
   */
  static Timestamp timestamp(LocalDateTime at, @Nullable Calendar calendar) {
    ZoneId zone = zone(calendar);
    // Timestamp.valueOf takes the later of two, but keeps the dates of the old calendar.
    return calendar == null && zone.getRules().getValidOffsets(at).size() < 2
        ? Timestamp.valueOf(at)
        : Timestamp.from(at.atZone(zone).toInstant());
  }

  static LocalDate localDate(Date date, @Nullable Calendar calendar) {
    return calendar == null ? date.toLocalDate() : local(date.getTime(), calendar).toLocalDate();
  }

  static LocalTime localTime(Time time, @Nullable Calendar calendar) {
    return local(time.getTime(), calendar).toLocalTime();
  }

  static LocalDateTime localDateTime(Timestamp at, @Nullable Calendar calendar) {
    return calendar == null
        ? at.toLocalDateTime()
        : LocalDateTime.ofInstant(at.toInstant(), zone(calendar));
  }

  static LocalDateTime local(long epochMillis, @Nullable Calendar calendar) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), zone(calendar));
  }

  private static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }
}
