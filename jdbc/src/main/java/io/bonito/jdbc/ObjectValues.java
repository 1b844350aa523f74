package io.bonito.jdbc;

import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ColumnDecoder;
import java.io.InputStream;
import java.io.Reader;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** What {@code getObject} makes of a value that is not NULL. */
final class ObjectValues {
  private ObjectValues() {}

  /** The object that JDBC expects of the column's type, or a codec's where one claims it. */
  static @Nullable Object natural(ObjectGetters result, Row row, int column) throws SQLException {
    ColumnDecoder decoder = row.columns().decoder(column - 1);
    JdbcType type = result.type(column);
    Class<?> expected = type.javaClass();
    if (expected == decoder.objectClass() || decoder.hasNaturalCodec()) {
      return row.getObject(column - 1);
    }
    if (expected == Boolean.class) {
      return row.getBoolean(column - 1);
    }
    if (expected == Date.class) {
      LocalDate value = localDate(result, row, column);
      return value == null ? null : Temporals.date(value, null);
    }
    if (expected == Time.class) {
      LocalTime value = row.getLocalTime(column - 1);
      return value == null ? null : Temporals.time(value, null);
    }
    if (expected == Timestamp.class) {
      LocalDateTime value = row.getLocalDateTime(column - 1);
      return value == null ? null : Temporals.timestamp(value, result.zone(column));
    }
    if (expected == String.class) {
      return row.getString(column - 1);
    }
    return expected == byte[].class ? row.getBytes(column - 1) : row.getObject(column - 1);
  }

  /** A date; of a YEAR that is read as one, its first day. */
  static @Nullable LocalDate localDate(ObjectGetters result, Row row, int column) {
    return result.type(column) == JdbcType.YEAR_DATE
        ? row.isNull(column - 1) ? null : LocalDate.of(row.getInt(column - 1), 1, 1)
        : row.getLocalDate(column - 1);
  }

  /** A date and time; of a TIME, on the day that JDBC counts from. */
  static @Nullable LocalDateTime localDateTime(ObjectGetters result, Row row, int column) {
    return switch (result.type(column)) {
      case YEAR_DATE -> {
        LocalDate day = localDate(result, row, column);
        yield day == null ? null : day.atStartOfDay();
      }
      case TIME -> {
        LocalTime time = row.getLocalTime(column - 1);
        yield time == null ? null : time.atDate(LocalDate.EPOCH);
      }
      default -> row.getLocalDateTime(column - 1);
    };
  }

  /** The value as the class that was asked for; codecs come first. */
  static <T> @Nullable T get(ObjectGetters result, Row row, int column, Class<T> type)
      throws SQLException {
    // Asked for most; JDBC adds nothing to them, and Row asks the codecs itself.
    if (type == LocalDateTime.class || type == LocalDate.class || type == LocalTime.class) {
      return row.get(column - 1, type);
    }
    if (!row.columns().decoder(column - 1).hasCodec(type)) {
      String home = type.getPackageName();
      if (home.equals("java.sql")
          || home.startsWith("java.util")
          || home.equals("java.io")
          || home.equals("java.net")
          || type == Object.class) {
        Object value = ofJdbc(result, column, type);
        if (value != null) {
          return type.cast(value);
        }
      } else if (home.equals("java.time")) {
        Object value = zoned(result, row, column, type);
        if (value != null) {
          return type.cast(value);
        }
      }
    }
    return row.get(column - 1, type);
  }

  /** Null for a class that JDBC does not know, or a date that is read as null. */
  @SuppressWarnings("JavaUtilDate") // callers ask for it
  private static @Nullable Object ofJdbc(ObjectGetters result, int column, Class<?> type)
      throws SQLException {
    if (type == Object.class) {
      return result.getObject(column);
    }
    if (type == Timestamp.class) {
      return result.getTimestamp(column);
    }
    if (type == Date.class) {
      return result.getDate(column);
    }
    if (type == Time.class) {
      return result.getTime(column);
    }
    if (type == java.util.Date.class) {
      Timestamp at = result.getTimestamp(column);
      return at == null ? null : new java.util.Date(at.getTime());
    }
    if (type == Calendar.class) {
      Timestamp at = result.getTimestamp(column);
      if (at == null) {
        return null;
      }
      Calendar calendar = Calendar.getInstance();
      calendar.setTimeInMillis(at.getTime());
      return calendar;
    }
    if (type == Blob.class) {
      return result.getBlob(column);
    }
    if (type == Clob.class || type == NClob.class) {
      return result.getNClob(column);
    }
    if (type == SQLXML.class) {
      return result.getSQLXML(column);
    }
    if (type == InputStream.class) {
      return result.getBinaryStream(column);
    }
    if (type == Reader.class) {
      return result.getCharacterStream(column);
    }
    return type == URL.class ? result.getURL(column) : null;
  }

  /** A point in time: when clocks in the column's zone show what the server says. */
  private static @Nullable Object zoned(ObjectGetters result, Row row, int column, Class<?> type) {
    if (type == OffsetTime.class) {
      LocalTime time = row.getLocalTime(column - 1);
      return time == null
          ? null
          : time.atOffset(OffsetDateTime.now(ZoneId.systemDefault()).getOffset());
    }
    if (type != Instant.class && type != OffsetDateTime.class && type != ZonedDateTime.class) {
      return null;
    }
    LocalDateTime local = row.getLocalDateTime(column - 1);
    if (local == null) {
      return null;
    }
    ZonedDateTime at = local.atZone(result.zone(column));
    return type == Instant.class
        ? at.toInstant()
        : type == OffsetDateTime.class ? at.toOffsetDateTime() : (Object) at;
  }
}
