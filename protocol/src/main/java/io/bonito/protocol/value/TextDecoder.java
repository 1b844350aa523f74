package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * CHAR, VARCHAR, TEXT, ENUM, SET, JSON, and MariaDB's UUID, INET4 and INET6: text in both wire
 * formats.
 *
 * <p>Text that says a number, a date, … can be read as one.
 */
final class TextDecoder extends ColumnDecoder {
  private static final int LONGEST_NUMBER = 1024;
  private static final int LONGEST_TRUTH = 5;

  private final SqlCharset charset;
  private final boolean utf8;
  private final Class<?> naturalClass;

  TextDecoder(
      ColumnDefinition column, WireFormat format, DecodingOptions options, SqlCharset charset) {
    super(column, format, options);
    this.charset = charset;
    this.utf8 = charset.isUtf8();
    this.naturalClass =
        switch (column.extendedType()) {
          case "uuid" -> UUID.class;
          case "inet4", "inet6" -> InetAddress.class;
          default -> String.class;
        };
  }

  @Override
  String readString(byte[] bytes, int offset, int length) {
    if (utf8) {
      String text = new String(bytes, offset, length, UTF_8);
      // For Latin-1 text, which most is, the search ends before it begins.
      if (text.indexOf('\uFFFD') < 0) {
        return text;
      }
    }
    return charset.decode(bytes, offset, length);
  }

  @Override
  public byte[] getBytes(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  @Override
  long readLong(byte[] bytes, int offset, int length) {
    long whole = AsciiNumbers.parseWhole(bytes, offset, length);
    return whole == Long.MIN_VALUE ? wholeLong(getBigDecimal(bytes, offset, length)) : whole;
  }

  /** Also {@code true}, {@code t}, {@code yes}, {@code y} and their opposites. */
  @Override
  public boolean getBoolean(byte[] bytes, int offset, int length) {
    if (length > 0 && length <= LONGEST_TRUTH && Character.isLetter(bytes[offset])) {
      switch (getString(bytes, offset, length).toLowerCase(Locale.ROOT)) {
        case "true", "t", "yes", "y" -> {
          return true;
        }
        case "false", "f", "no", "n" -> {
          return false;
        }
        default -> throw cannotBe("a boolean");
      }
    }
    return getDouble(bytes, offset, length) != 0;
  }

  @Override
  public double getDouble(byte[] bytes, int offset, int length) {
    return AsciiNumbers.parseDouble(bytes, offset, length);
  }

  @Override
  public BigDecimal getBigDecimal(byte[] bytes, int offset, int length) {
    return AsciiNumbers.parseBigDecimal(bytes, offset, length, LONGEST_NUMBER);
  }

  @Override
  public @Nullable LocalDate getLocalDate(byte[] bytes, int offset, int length) {
    return TemporalValues.toLocalDate(
        TemporalValues.parseDateTime(bytes, offset, length), options().zeroDates());
  }

  /** Of a date and time, the time. */
  @Override
  public LocalTime getLocalTime(byte[] bytes, int offset, int length) {
    return length > 4 && bytes[offset + 4] == '-'
        ? TemporalValues.toLocalTime(TemporalValues.parseDateTime(bytes, offset, length))
        : SqlTime.timeOfDay(SqlTime.parse(bytes, offset, length));
  }

  @Override
  public @Nullable LocalDateTime getLocalDateTime(byte[] bytes, int offset, int length) {
    return TemporalValues.toLocalDateTime(
        TemporalValues.parseDateTime(bytes, offset, length), options().zeroDates());
  }

  @Override
  public Duration getDuration(byte[] bytes, int offset, int length) {
    return SqlTime.toDuration(SqlTime.parse(bytes, offset, length));
  }

  @Override
  Object natural(byte[] bytes, int offset, int length) {
    if (naturalClass == UUID.class) {
      return getUuid(bytes, offset, length);
    }
    return naturalClass == InetAddress.class
        ? InternetAddresses.parse(bytes, offset, length)
        : getString(bytes, offset, length);
  }

  @Override
  Class<?> naturalClass() {
    return naturalClass;
  }
}
