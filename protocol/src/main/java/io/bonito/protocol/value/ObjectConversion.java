package io.bonito.protocol.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A value as the Java class that a caller names. */
final class ObjectConversion {
  private ObjectConversion() {}

  static @Nullable Object get(
      ColumnDecoder decoder, Class<?> type, byte[] bytes, int offset, int length) {
    // The classes that are asked for most need no look at what they are.
    if (type == String.class) {
      return decoder.getString(bytes, offset, length);
    }
    if (type == LocalDateTime.class) {
      return decoder.getLocalDateTime(bytes, offset, length);
    }
    if (type == LocalDate.class) {
      return decoder.getLocalDate(bytes, offset, length);
    }
    if (type == LocalTime.class) {
      return decoder.getLocalTime(bytes, offset, length);
    }
    return other(decoder, type, bytes, offset, length);
  }

  private static @Nullable Object other(
      ColumnDecoder decoder, Class<?> type, byte[] bytes, int offset, int length) {
    if (type == CharSequence.class) {
      return decoder.getString(bytes, offset, length);
    }
    if (type == Object.class) {
      return decoder.getObject(bytes, offset, length);
    }
    if (type == byte[].class) {
      return decoder.getBytes(bytes, offset, length);
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type) || type == Boolean.class) {
      return number(decoder, type, bytes, offset, length);
    }
    if (type.isEnum()) {
      return constant(decoder, type, decoder.getString(bytes, offset, length));
    }
    if (type.getPackageName().equals("java.time")) {
      return time(decoder, type, bytes, offset, length);
    }
    if (type == UUID.class) {
      return decoder.getUuid(bytes, offset, length);
    }
    if (InetAddress.class.isAssignableFrom(type)) {
      InetAddress address = InternetAddresses.parse(bytes, offset, length);
      if (type.isInstance(address)) {
        return address;
      }
    }
    if (type == float[].class) {
      return decoder.getVector(bytes, offset, length);
    }
    if (type == BitSet.class && decoder instanceof BitDecoder) {
      return bitSet(bytes, offset, length);
    }
    throw decoder.cannotBe(type.getName());
  }

  private static Object number(
      ColumnDecoder decoder, Class<?> type, byte[] bytes, int offset, int length) {
    if (type == Integer.class || type == int.class) {
      return decoder.getInt(bytes, offset, length);
    }
    if (type == Long.class || type == long.class) {
      return decoder.getLong(bytes, offset, length);
    }
    if (type == Boolean.class || type == boolean.class) {
      return decoder.getBoolean(bytes, offset, length);
    }
    if (type == Double.class || type == double.class) {
      return decoder.getDouble(bytes, offset, length);
    }
    if (type == Float.class || type == float.class) {
      return decoder.getFloat(bytes, offset, length);
    }
    if (type == Short.class || type == short.class) {
      return decoder.getShort(bytes, offset, length);
    }
    if (type == Byte.class || type == byte.class) {
      return decoder.getByte(bytes, offset, length);
    }
    if (type == BigDecimal.class || type == Number.class) {
      return decoder.getBigDecimal(bytes, offset, length);
    }
    if (type == BigInteger.class) {
      return decoder.getBigInteger(bytes, offset, length);
    }
    throw decoder.cannotBe(type.getName());
  }

  private static @Nullable Object time(
      ColumnDecoder decoder, Class<?> type, byte[] bytes, int offset, int length) {
    if (type == Duration.class) {
      return decoder.getDuration(bytes, offset, length);
    }
    if (type == Year.class) {
      return Year.of(decoder.getShort(bytes, offset, length));
    }
    if (type != Instant.class && type != OffsetDateTime.class && type != ZonedDateTime.class) {
      throw decoder.cannotBe(type.getName());
    }
    LocalDateTime local = decoder.getLocalDateTime(bytes, offset, length);
    if (local == null) {
      return null;
    }
    ZonedDateTime zoned = local.atZone(decoder.options().zone());
    return type == Instant.class
        ? zoned.toInstant()
        : type == OffsetDateTime.class ? zoned.toOffsetDateTime() : (Object) zoned;
  }

  /** The last byte holds bits 0 to 7. */
  private static BitSet bitSet(byte[] bytes, int offset, int length) {
    byte[] littleEndian = new byte[length];
    for (int i = 0; i < length; i++) {
      littleEndian[i] = bytes[offset + length - 1 - i];
    }
    return BitSet.valueOf(littleEndian);
  }

  private static Object constant(ColumnDecoder decoder, Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw decoder.cannotBe("a constant of " + type.getName());
  }
}
