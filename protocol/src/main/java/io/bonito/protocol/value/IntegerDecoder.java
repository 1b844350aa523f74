package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * TINYINT to BIGINT, signed and unsigned, and YEAR. Canonical form: the 64 bits of a {@code long}.
 */
final class IntegerDecoder extends ColumnDecoder {
  private static final int TEXT = 0;
  private static final int INT8 = 1;
  private static final int UINT8 = 2;
  private static final int INT16 = 3;
  private static final int UINT16 = 4;
  private static final int INT32 = 5;
  private static final int UINT32 = 6;
  private static final int INT64 = 7;

  private final int encoding;

  /** For an unsigned BIGINT the top bit is part of the number. */
  private final boolean unsignedBigint;

  private final int zerofillWidth;

  IntegerDecoder(ColumnDefinition column, WireFormat format, DecodingOptions options) {
    super(column, format, options);
    ColumnType type = ColumnType.of(column.type());
    this.encoding = format == WireFormat.TEXT ? TEXT : binary(type, column.isUnsigned());
    this.unsignedBigint = type == ColumnType.LONGLONG && column.isUnsigned();
    this.zerofillWidth = zerofillWidth(column);
  }

  private static int binary(ColumnType type, boolean unsigned) {
    return switch (type.binarySize()) {
      case 1 -> unsigned ? UINT8 : INT8;
      case 2 -> unsigned ? UINT16 : INT16;
      case 4 -> unsigned ? UINT32 : INT32;
      default -> INT64;
    };
  }

  @Override
  long readLong(byte[] bytes, int offset, int length) {
    long value = read(bytes, offset, length);
    if (value < 0 && unsignedBigint) {
      throw new ConversionException(
          named() + Long.toUnsignedString(value) + " does not fit a long");
    }
    return value;
  }

  int readInt(byte[] bytes, int offset, int length) {
    if (encoding == INT32) {
      return LittleEndian.int32(bytes, offset);
    }
    if (encoding == TEXT) {
      return AsciiNumbers.parseInt(bytes, offset, length);
    }
    return narrowed(readLong(bytes, offset, length));
  }

  @Override
  public double getDouble(byte[] bytes, int offset, int length) {
    long value = read(bytes, offset, length);
    return value < 0 && unsignedBigint ? unsigned(value).doubleValue() : value;
  }

  @Override
  public boolean getBoolean(byte[] bytes, int offset, int length) {
    return read(bytes, offset, length) != 0;
  }

  @Override
  String readString(byte[] bytes, int offset, int length) {
    if (encoding == TEXT) {
      return new String(bytes, offset, length, ISO_8859_1);
    }
    long value = read(bytes, offset, length);
    return zerofilled(
        unsignedBigint ? Long.toUnsignedString(value) : Long.toString(value), zerofillWidth);
  }

  @Override
  public BigDecimal getBigDecimal(byte[] bytes, int offset, int length) {
    long value = read(bytes, offset, length);
    return value < 0 && unsignedBigint
        ? new BigDecimal(unsigned(value))
        : BigDecimal.valueOf(value);
  }

  @Override
  public BigInteger getBigInteger(byte[] bytes, int offset, int length) {
    long value = read(bytes, offset, length);
    return unsignedBigint ? unsigned(value) : BigInteger.valueOf(value);
  }

  @Override
  Object natural(byte[] bytes, int offset, int length) {
    long value = read(bytes, offset, length);
    if (unsignedBigint) {
      return unsigned(value);
    }
    return naturalClass() == Integer.class ? (Object) (int) value : (Object) value;
  }

  @Override
  Class<?> naturalClass() {
    if (unsignedBigint) {
      return BigInteger.class;
    }
    ColumnType type = ColumnType.of(column().type());
    boolean wide =
        type == ColumnType.LONGLONG || (type == ColumnType.LONG && column().isUnsigned());
    return wide ? Long.class : Integer.class;
  }

  private long read(byte[] bytes, int offset, int length) {
    return switch (encoding) {
      case TEXT ->
          unsignedBigint
              ? AsciiNumbers.parseUnsignedLong(bytes, offset, length)
              : AsciiNumbers.parseLong(bytes, offset, length);
      case INT8 -> bytes[offset];
      case UINT8 -> bytes[offset] & 0xFF;
      case INT16 -> LittleEndian.int16(bytes, offset);
      case UINT16 -> LittleEndian.int16(bytes, offset) & 0xFFFF;
      case INT32 -> LittleEndian.int32(bytes, offset);
      case UINT32 -> LittleEndian.int32(bytes, offset) & 0xFFFF_FFFFL;
      default -> LittleEndian.int64(bytes, offset);
    };
  }
}
