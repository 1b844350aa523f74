package io.bonito.jdbc;

import io.bonito.protocol.option.SessionZone;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code setObject} does: codecs first, then JDBC's own classes, then what Java has. */
final class ParameterObjects {
  static final int NO_SCALE = -1;

  private final Codecs codecs;
  private final SessionZone zone;
  private final boolean fractionsOfTime;

  /**
   * @param fractionsOfTime whether those of java.sql.Time are sent
   */
  ParameterObjects(Codecs codecs, SessionZone zone, boolean fractionsOfTime) {
    this.codecs = codecs;
    this.zone = zone;
    this.fractionsOfTime = fractionsOfTime;
  }

  LocalTime localTime(Time time, @Nullable Calendar calendar) {
    LocalTime local = Temporals.localTime(time, calendar);
    return fractionsOfTime ? local : local.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The zone in which instants are written. */
  ZoneId zone() {
    return zone.now();
  }

  static int code(SQLType type) throws SQLException {
    Integer code = type == null ? null : type.getVendorTypeNumber();
    if (code == null) {
      throw SqlExceptions.misuse("setObject needs a type with a number");
    }
    return code;
  }

  void set(Parameters to, int index, @Nullable Object value) throws SQLException {
    if (value == null) {
      to.setNull(index);
    } else if (!codecs.write(value, to, index)) {
      to.setObject(index, plain(value));
    }
  }

  /** As one of the classes that the core knows. */
  @SuppressWarnings("JavaUtilDate") // callers give it
  private Object plain(Object value) throws SQLException {
    if (value instanceof java.util.Date date) {
      if (value instanceof Timestamp at) {
        return Temporals.localDateTime(at, zone());
      }
      if (value instanceof Date day) {
        return Temporals.localDate(day, null);
      }
      return value instanceof Time time
          ? localTime(time, null)
          : Temporals.local(date.getTime(), zone());
    }
    if (value instanceof Calendar calendar) {
      return Temporals.local(calendar.getTimeInMillis(), zone());
    }
    if (value instanceof OffsetTime time) {
      return time.toLocalTime();
    }
    if (value instanceof InputStream stream) {
      return Streams.bytes(stream, Long.MAX_VALUE);
    }
    if (value instanceof Reader reader) {
      return Streams.text(reader, Long.MAX_VALUE);
    }
    if (value instanceof Blob blob) {
      return blob.getBytes(1, (int) blob.length());
    }
    if (value instanceof Clob clob) {
      return clob.getSubString(1, (int) clob.length());
    }
    if (value instanceof SQLXML xml) {
      return xml.getString();
    }
    return value instanceof URL url ? url.toString() : value;
  }

  /** Sends the value as the SQL type that was named. */
  void setAs(Parameters to, int index, @Nullable Object value, int sqlType, int scale)
      throws SQLException {
    if (value == null || codecs.write(value, to, index)) {
      if (value == null) {
        to.setNull(index);
      }
      return;
    }
    Object plain = plain(value);
    try {
      switch (sqlType) {
        case Types.BIT, Types.BOOLEAN -> to.setBoolean(index, truth(plain));
        case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
            to.setBigInteger(index, integer(plain));
        case Types.REAL -> to.setFloat(index, number(plain).floatValue());
        case Types.FLOAT, Types.DOUBLE -> to.setDouble(index, number(plain).doubleValue());
        case Types.DECIMAL, Types.NUMERIC -> to.setBigDecimal(index, scaled(number(plain), scale));
        case Types.CHAR,
            Types.VARCHAR,
            Types.LONGVARCHAR,
            Types.NCHAR,
            Types.NVARCHAR,
            Types.LONGNVARCHAR,
            Types.CLOB,
            Types.NCLOB ->
            setText(to, index, plain);
        case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
            setBinary(to, index, plain);
        case Types.DATE -> setDate(to, index, plain);
        case Types.TIME, Types.TIME_WITH_TIMEZONE -> setTime(to, index, plain);
        default -> to.setObject(index, plain);
      }
    } catch (NumberFormatException e) {
      throw new ConversionException("a text that is no number, given as one", e);
    }
  }

  private static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    String text = value.toString().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "t", "yes", "y", "on" -> true;
      case "false", "f", "no", "n", "off" -> false;
      default -> number(value).signum() != 0;
    };
  }

  private static BigDecimal number(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (value instanceof Number || value instanceof CharSequence) {
      return new BigDecimal(value.toString());
    }
    throw new ConversionException(value.getClass().getName() + " given as a number");
  }

  private static BigInteger integer(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return BigInteger.valueOf(((Number) value).longValue());
    }
    return number(value).toBigInteger();
  }

  private static BigDecimal scaled(BigDecimal value, int scale) {
    return scale < 0 ? value : value.setScale(scale, RoundingMode.HALF_UP);
  }

  private static void setText(Parameters to, int index, Object value) {
    if (value instanceof byte[] bytes) {
      to.setString(index, new String(bytes, StandardCharsets.UTF_8));
    } else if (value instanceof LocalDateTime
        || value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof Enum<?>) {
      to.setObject(index, value);
    } else {
      to.setString(index, value.toString());
    }
  }

  private static void setBinary(Parameters to, int index, Object value) {
    if (value instanceof String text) {
      to.setBytes(index, text.getBytes(StandardCharsets.UTF_8));
    } else {
      to.setObject(index, value);
    }
  }

  private static void setDate(Parameters to, int index, Object value) {
    to.setObject(index, value instanceof LocalDateTime at ? at.toLocalDate() : value);
  }

  private static void setTime(Parameters to, int index, Object value) {
    to.setObject(index, value instanceof LocalDateTime at ? at.toLocalTime() : value);
  }
}
