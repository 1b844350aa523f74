package io.bonito.protocol.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.UUID;

/** Which SQL type a Java object is sent as, where nobody has said. */
final class NaturalParameter {
  private NaturalParameter() {}

  static void set(Parameters to, int index, Object value, ZoneId zone) {
    if (value instanceof String text) {
      to.setString(index, text);
    } else if (value instanceof Number number) {
      setNumber(to, index, number);
    } else if (value instanceof Boolean truth) {
      to.setBoolean(index, truth);
    } else if (value instanceof byte[] bytes) {
      to.setBytes(index, bytes);
    } else if (!setTime(to, index, value, zone) && !setOther(to, index, value)) {
      throw new ConversionException(
          "parameter " + index + ": no SQL type for " + value.getClass().getName());
    }
  }

  private static void setNumber(Parameters to, int index, Number value) {
    if (value instanceof Integer number) {
      to.setInt(index, number);
    } else if (value instanceof Long number) {
      to.setLong(index, number);
    } else if (value instanceof BigDecimal number) {
      to.setBigDecimal(index, number);
    } else if (value instanceof Double number) {
      to.setDouble(index, number);
    } else if (value instanceof Float number) {
      to.setFloat(index, number);
    } else if (value instanceof BigInteger number) {
      to.setBigInteger(index, number);
    } else if (value instanceof Short number) {
      to.setShort(index, number);
    } else if (value instanceof Byte number) {
      to.setByte(index, number);
    } else {
      // Such as AtomicLong: its text is the number, and the server knows the column.
      to.setString(index, value.toString());
    }
  }

  private static boolean setTime(Parameters to, int index, Object value, ZoneId zone) {
    if (value instanceof LocalDateTime at) {
      to.setLocalDateTime(index, at);
    } else if (value instanceof LocalDate date) {
      to.setLocalDate(index, date);
    } else if (value instanceof LocalTime time) {
      to.setLocalTime(index, time);
    } else if (value instanceof Duration duration) {
      to.setDuration(index, duration);
    } else if (value instanceof Instant instant) {
      setInstant(to, index, instant, zone);
    } else if (value instanceof OffsetDateTime at) {
      setInstant(to, index, at.toInstant(), zone);
    } else if (value instanceof ZonedDateTime at) {
      setInstant(to, index, at.toInstant(), zone);
    } else if (value instanceof Year year) {
      to.setInt(index, year.getValue());
    } else {
      return false;
    }
    return true;
  }

  private static void setInstant(Parameters to, int index, Instant instant, ZoneId zone) {
    try {
      to.setLocalDateTime(index, LocalDateTime.ofInstant(instant, zone));
    } catch (DateTimeException e) {
      throw new ConversionException(instant + " is not within the years 0 to 9999", e);
    }
  }

  private static boolean setOther(Parameters to, int index, Object value) {
    if (value instanceof UUID uuid) {
      to.setString(index, uuid.toString());
    } else if (value instanceof Enum<?> constant) {
      to.setString(index, constant.name());
    } else if (value instanceof CharSequence || value instanceof Character) {
      to.setString(index, value.toString());
    } else if (value instanceof float[] vector) {
      to.setBytes(index, LittleEndian.bytes(vector));
    } else if (value instanceof InetAddress address) {
      to.setString(index, InternetAddresses.format(address));
    } else if (value instanceof BitSet bits) {
      to.setBytes(index, bigEndian(bits));
    } else {
      return false;
    }
    return true;
  }

  /** The bits as the server's BIT has them: the last byte holds bits 0 to 7. */
  private static byte[] bigEndian(BitSet bits) {
    byte[] littleEndian = bits.toByteArray();
    byte[] bytes = new byte[Math.max(1, littleEndian.length)];
    for (int i = 0; i < littleEndian.length; i++) {
      bytes[bytes.length - 1 - i] = littleEndian[i];
    }
    return bytes;
  }
}
