package io.bonito.protocol.value;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * BIT: big-endian bytes in both wire formats. Canonical form: 64 bits.
 *
 * <p>As a string it is its number. (The servers' CAST makes characters of the bytes, which nobody
 * wants.) By nature BIT(1) is a Boolean and a wider one is bytes.
 */
final class BitDecoder extends ColumnDecoder {
  private static final int MAX_BYTES = 8;

  BitDecoder(ColumnDefinition column, WireFormat format, DecodingOptions options) {
    super(column, format, options);
  }

  @Override
  long readLong(byte[] bytes, int offset, int length) {
    long bits = bits(bytes, offset, length);
    if (bits < 0) {
      throw new ConversionException(named() + Long.toUnsignedString(bits) + " does not fit a long");
    }
    return bits;
  }

  @Override
  public boolean getBoolean(byte[] bytes, int offset, int length) {
    return bits(bytes, offset, length) != 0;
  }

  @Override
  public double getDouble(byte[] bytes, int offset, int length) {
    return getBigInteger(bytes, offset, length).doubleValue();
  }

  @Override
  public BigDecimal getBigDecimal(byte[] bytes, int offset, int length) {
    return new BigDecimal(getBigInteger(bytes, offset, length));
  }

  @Override
  public BigInteger getBigInteger(byte[] bytes, int offset, int length) {
    return unsigned(bits(bytes, offset, length));
  }

  @Override
  String readString(byte[] bytes, int offset, int length) {
    return Long.toUnsignedString(bits(bytes, offset, length));
  }

  @Override
  public byte[] getBytes(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  @Override
  Object natural(byte[] bytes, int offset, int length) {
    return naturalClass() == Boolean.class
        ? (Object) getBoolean(bytes, offset, length)
        : getBytes(bytes, offset, length);
  }

  @Override
  Class<?> naturalClass() {
    return column().length() == 1 ? Boolean.class : byte[].class;
  }

  private long bits(byte[] bytes, int offset, int length) {
    if (length == 0 || length > MAX_BYTES) {
      throw new ConversionException(named() + "a BIT of " + length + " bytes, not of 1 to 8");
    }
    long bits = 0;
    for (int at = offset; at < offset + length; at++) {
      bits = bits << 8 | (bytes[at] & 0xFF);
    }
    return bits;
  }
}
