package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
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
public abstract sealed class ColumnDecoder
    permits BitDecoder,
        BytesDecoder,
        DateTimeDecoder,
        DecimalDecoder,
        FloatingDecoder,
        IntegerDecoder,
        TextDecoder,
        TimeDecoder {
  /** Wider columns do not exist; a server that says so wants memory. */
  private static final long WIDEST_ZEROFILL = 255;

  private static final int UUID_BYTES = 16;
  private static final int UUID_CHARACTERS = 36;

  private final ColumnDefinition column;
  private final WireFormat format;
  private final DecodingOptions options;

  /** Null where there are none, as in most applications. */
  private final @Nullable Codecs codecs;

  /** What getObject without a class asks, where an application has said so. */
  private final @Nullable Codec<?> naturalCodec;

  ColumnDecoder(ColumnDefinition column, WireFormat format, DecodingOptions options) {
    this.column = column;
    this.format = format;
    this.options = options;
    this.codecs = options.codecs().isEmpty() ? null : options.codecs();
    this.naturalCodec = options.codecs().natural(column);
  }

  /** The decoder for a column; it may be shared by any number of rows and threads. */
  public static ColumnDecoder of(
      ColumnDefinition column, WireFormat format, DecodingOptions options) {
    return switch (ColumnType.of(column.type())) {
      case TINY, SHORT, LONG, INT24, LONGLONG, YEAR -> new IntegerDecoder(column, format, options);
      case FLOAT, DOUBLE -> new FloatingDecoder(column, format, options);
      case DECIMAL, NEWDECIMAL -> new DecimalDecoder(column, format, options);
      case DATE, NEWDATE, DATETIME, DATETIME2, TIMESTAMP, TIMESTAMP2 ->
          new DateTimeDecoder(column, format, options);
      case TIME, TIME2 -> new TimeDecoder(column, format, options);
      case BIT -> new BitDecoder(column, format, options);
      // A server says of JSON that it is binary, and sends UTF-8.
      case JSON -> new TextDecoder(column, format, options, SqlCharset.UTF8MB4);
      case GEOMETRY, VECTOR -> new BytesDecoder(column, format, options);
      case NULL,
          VARCHAR,
          ENUM,
          SET,
          TINY_BLOB,
          MEDIUM_BLOB,
          LONG_BLOB,
          BLOB,
          VAR_STRING,
          STRING,
          UNKNOWN ->
          column.collation() == Collation.BINARY
              ? new BytesDecoder(column, format, options)
              : new TextDecoder(column, format, options, Collation.charset(column.collation()));
    };
  }

  public final ColumnDefinition column() {
    return column;
  }

  public final WireFormat format() {
    return format;
  }

  public final long getLong(byte[] bytes, int offset, int length) {
    // Most calls of the three getters asked most are for the kind they belong to. Saying so here
    // spares them the virtual call: see docs/decisions.
    return this instanceof IntegerDecoder integers
        ? integers.readLong(bytes, offset, length)
        : readLong(bytes, offset, length);
  }

  public final int getInt(byte[] bytes, int offset, int length) {
    if (this instanceof IntegerDecoder integers) {
      return integers.readInt(bytes, offset, length);
    }
    return narrowed(readLong(bytes, offset, length));
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

  /** The value as the server writes it in a text row. */
  public final String getString(byte[] bytes, int offset, int length) {
    return this instanceof TextDecoder text
        ? text.readString(bytes, offset, length)
        : readString(bytes, offset, length);
  }

  /** Text and bytes as they came, in the column's charset; anything else as its string in ASCII. */
  public byte[] getBytes(byte[] bytes, int offset, int length) {
    return getString(bytes, offset, length).getBytes(StandardCharsets.UTF_8);
  }

  public BigDecimal getBigDecimal(byte[] bytes, int offset, int length) {
    throw cannotBe("a BigDecimal");
  }

  /** The value without its fraction. */
  public BigInteger getBigInteger(byte[] bytes, int offset, int length) {
    return getBigDecimal(bytes, offset, length).toBigInteger();
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

  /** The numbers of a VECTOR. */
  public float[] getVector(byte[] bytes, int offset, int length) {
    throw cannotBe("a float[]");
  }

  /** A UUID written in 36 characters or in 16 bytes, the first byte first. */
  public final UUID getUuid(byte[] bytes, int offset, int length) {
    if (length == UUID_BYTES) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      return new UUID(buffer.getLong(), buffer.getLong());
    }
    if (length == UUID_CHARACTERS) {
      try {
        return UUID.fromString(new String(bytes, offset, length, ISO_8859_1));
      } catch (IllegalArgumentException e) {
        throw new ConversionException(named() + "not a UUID", e);
      }
    }
    throw cannotBe("a UUID");
  }

  /** The value as the Java type that is natural for the column. */
  public final @Nullable Object getObject(byte[] bytes, int offset, int length) {
    return naturalCodec == null
        ? natural(bytes, offset, length)
        : naturalCodec.read(this, bytes, offset, length);
  }

  /** The class of what {@link #getObject} returns. */
  public final Class<?> objectClass() {
    return naturalCodec == null ? naturalClass() : naturalCodec.javaType();
  }

  /** Whether {@link #getObject} gives what a codec makes. */
  public final boolean hasNaturalCodec() {
    return naturalCodec != null;
  }

  /** Whether a codec reads this column as {@code type}, before any conversion of ours. */
  public final boolean hasCodec(Class<?> type) {
    return codecs != null && codecs.reader(type, column) != null;
  }

  /**
   * The value as a Java type of the caller's choice: one of those that have a getter, and some
   * more.
   *
   * <table>
   *   <caption>Beyond the getters</caption>
   *   <tr><td>{@code UUID}<td>of a UUID, or of text or bytes that are one
   *   <tr><td>{@code InetAddress}<td>of INET4 and INET6, or of text that is one
   *   <tr><td>{@code float[]}<td>of a VECTOR, or of bytes
   *   <tr><td>{@code Instant}, {@code OffsetDateTime}, {@code ZonedDateTime}
   *       <td>of DATETIME and TIMESTAMP, in the session's time zone
   *   <tr><td>{@code BitSet}<td>of BIT
   *   <tr><td>{@code Year}<td>of YEAR and other integers
   *   <tr><td>enums<td>of text that is the constant's name
   * </table>
   *
   * @throws ConversionException where no codec and no conversion fits
   */
  @SuppressWarnings("unchecked") // ObjectConversion keeps its word; int.class would defeat cast()
  public final <T> @Nullable T get(Class<T> type, byte[] bytes, int offset, int length) {
    Codec<T> codec = codecs == null ? null : codecs.reader(type, column);
    return codec == null
        ? (T) ObjectConversion.get(this, type, bytes, offset, length)
        : codec.read(this, bytes, offset, length);
  }

  long readLong(byte[] bytes, int offset, int length) {
    throw cannotBe("a long");
  }

  abstract String readString(byte[] bytes, int offset, int length);

  abstract @Nullable Object natural(byte[] bytes, int offset, int length);

  abstract Class<?> naturalClass();

  final DecodingOptions options() {
    return options;
  }

  /** How wide a ZEROFILL column is, or 0; a YEAR is always four digits wide. */
  static int zerofillWidth(ColumnDefinition column) {
    if (ColumnType.of(column.type()) == ColumnType.YEAR) {
      return column.length() == 2 ? 2 : 4;
    }
    return column.isZerofill() ? (int) Math.min(column.length(), WIDEST_ZEROFILL) : 0;
  }

  static String zerofilled(String digits, int width) {
    return digits.length() >= width ? digits : "0".repeat(width - digits.length()) + digits;
  }

  /** Digits of a second's fraction to write: the column's, or as the value needs. */
  static int fractionDigits(boolean fraction, int decimals) {
    return decimals <= 6 ? decimals : fraction ? 6 : 0;
  }

  final int narrowed(long value) {
    if ((int) value != value) {
      throw tooLarge(value, "an int");
    }
    return (int) value;
  }

  /** The number without its fraction. */
  final long wholeLong(BigDecimal value) {
    // A number of very many digits is refused before they are made.
    if ((long) value.precision() - value.scale() <= 19) {
      BigInteger whole = value.toBigInteger();
      if (whole.bitLength() < Long.SIZE) {
        return whole.longValue();
      }
    }
    throw new ConversionException(named() + value + " does not fit a long");
  }

  /** The number whose 64 bits these are. */
  static BigInteger unsigned(long bits) {
    BigInteger low = BigInteger.valueOf(bits & Long.MAX_VALUE);
    return bits < 0 ? low.setBit(Long.SIZE - 1) : low;
  }

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
