package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;

/** DECIMAL: digits in both wire formats. */
final class DecimalDecoder extends ColumnDecoder {
  /** 65 digits, a sign, a point and room for what a server may yet allow; more is an attack. */
  private static final int LONGEST = 83;

  DecimalDecoder(ColumnDefinition column, WireFormat format, DecodingOptions options) {
    super(column, format, options);
  }

  @Override
  long readLong(byte[] bytes, int offset, int length) {
    long whole = AsciiNumbers.parseWhole(bytes, offset, length);
    return whole == Long.MIN_VALUE ? wholeLong(getBigDecimal(bytes, offset, length)) : whole;
  }

  @Override
  public double getDouble(byte[] bytes, int offset, int length) {
    return AsciiNumbers.parseDouble(bytes, offset, length);
  }

  @Override
  public BigDecimal getBigDecimal(byte[] bytes, int offset, int length) {
    return AsciiNumbers.parseBigDecimal(bytes, offset, length, LONGEST);
  }

  @Override
  String readString(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, ISO_8859_1);
  }

  @Override
  Object natural(byte[] bytes, int offset, int length) {
    return getBigDecimal(bytes, offset, length);
  }

  @Override
  Class<?> naturalClass() {
    return BigDecimal.class;
  }
}
