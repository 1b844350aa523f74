package io.bonito.protocol.value;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * Turns one column's bytes into Java values.
 *
 * <p>There is one subclass for each <em>kind</em> of SQL value, not for each wire type. A subclass
 * reads its bytes, text or binary, into one canonical form (a {@code long}, a {@code double}, …)
 * and writes each conversion once, on that form, so that the same SELECT answers the same in both
 * formats.
 *
 * <p>The bytes given must be those of one value that is not NULL, within {@code bytes}. What cannot
 * be converted without changing its meaning is a {@link ConversionException}. Two things are no
 * such change: a fraction is cut off where an integer is asked for, and digits beyond a {@code
 * double} are rounded. Objects may be null for one reason only: a zero date under {@link
 * ZeroDates#NULL}.
 */
public abstract sealed class ColumnDecoder permits IntegerDecoder, TextDecoder, BytesDecoder {
  private final ColumnDefinition column;
  private final WireFormat format;

  ColumnDecoder(ColumnDefinition column, WireFormat format) {
    this.column = column;
    this.format = format;
  }

  /** The decoder for a column; it may be shared by any number of rows and threads. */
  public static ColumnDecoder of(ColumnDefinition column, WireFormat format, ZeroDates zeroDates) {
    return switch (ColumnType.of(column.type())) {
      case TINY, SHORT, LONG, INT24, LONGLONG, YEAR -> new IntegerDecoder(column, format);
      default ->
          column.collation() == 63
              ? new BytesDecoder(column, format)
              : new TextDecoder(column, format);
    };
  }

  public final ColumnDefinition column() {
    return column;
  }

  public final WireFormat format() {
    return format;
  }

  public long getLong(byte[] bytes, int offset, int length) {
    throw cannotBe("a long");
  }

  public int getInt(byte[] bytes, int offset, int length) {
    long value = getLong(bytes, offset, length);
    if ((int) value != value) {
      throw tooLarge(value, "an int");
    }
    return (int) value;
  }

  public final short getShort(byte[] bytes, int offset, int length) {
    long value = getLong(bytes, offset, length);
    if ((short) value != value) {
      throw tooLarge(value, "a short");
    }
    return (short) value;
  }

  public final byte getByte(byte[] bytes, int offset, int length) {
    long value = getLong(bytes, offset, length);
    if ((byte) value != value) {
      throw tooLarge(value, "a byte");
    }
    return (byte) value;
  }

  /** A number is true unless it is zero. */
  public boolean getBoolean(byte[] bytes, int offset, int length) {
    return getDouble(bytes, offset, length) != 0;
  }

  public double getDouble(byte[] bytes, int offset, int length) {
    throw cannotBe("a double");
  }

  public float getFloat(byte[] bytes, int offset, int length) {
    double value = getDouble(bytes, offset, length);
    float narrowed = (float) value;
    if (Float.isInfinite(narrowed) && !Double.isInfinite(value)) {
      throw new ConversionException(named() + value + " does not fit a float");
    }
    return narrowed;
  }

  /** The value as the server's {@code CAST(… AS CHAR)} writes it. */
  public abstract String getString(byte[] bytes, int offset, int length);

  /** Text and bytes as they came, in the column's charset; anything else as its string in ASCII. */
  public byte[] getBytes(byte[] bytes, int offset, int length) {
    return getString(bytes, offset, length).getBytes(StandardCharsets.UTF_8);
  }

  public BigDecimal getBigDecimal(byte[] bytes, int offset, int length) {
    throw cannotBe("a BigDecimal");
  }

  /** The value without its fraction. */
  public BigInteger getBigInteger(byte[] bytes, int offset, int length) {
    throw cannotBe("a BigInteger");
  }

  public @Nullable LocalDate getLocalDate(byte[] bytes, int offset, int length) {
    throw cannotBe("a LocalDate");
  }

  public @Nullable LocalTime getLocalTime(byte[] bytes, int offset, int length) {
    throw cannotBe("a LocalTime");
  }

  public @Nullable LocalDateTime getLocalDateTime(byte[] bytes, int offset, int length) {
    throw cannotBe("a LocalDateTime");
  }

  public Duration getDuration(byte[] bytes, int offset, int length) {
    throw cannotBe("a Duration");
  }

  /** The value as the Java type that is natural for the column. */
  public abstract @Nullable Object getObject(byte[] bytes, int offset, int length);

  /** The class of what {@link #getObject} returns. */
  public abstract Class<?> objectClass();

  final ConversionException cannotBe(String javaType) {
    return new ConversionException(
        named() + ColumnType.of(column.type()) + " cannot be read as " + javaType);
  }

  final ConversionException tooLarge(long value, String javaType) {
    return new ConversionException(named() + value + " does not fit " + javaType);
  }

  /** How messages begin: with the column's name. */
  final String named() {
    return "column '" + column.name() + "': ";
  }
}
