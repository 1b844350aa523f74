package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;

/**
 * FLOAT and DOUBLE. Canonical form: a {@code double}.
 *
 * <p>A FLOAT comes with six digits in a text row, and whole in a binary one. That is the servers'
 * doing; its string is the same in both.
 */
final class FloatingDecoder extends ColumnDecoder {
  private static final double TWO_TO_63 = 0x1p63;
  private static final int LONGEST_NUMBER = 1024;

  private final boolean text;
  private final boolean single;
  private final int zerofillWidth;

  FloatingDecoder(ColumnDefinition column, WireFormat format, DecodingOptions options) {
    super(column, format, options);
    this.text = format == WireFormat.TEXT;
    this.single = ColumnType.of(column.type()) == ColumnType.FLOAT;
    this.zerofillWidth = zerofillWidth(column);
  }

  @Override
  public double getDouble(byte[] bytes, int offset, int length) {
    if (text) {
      return single
          ? AsciiNumbers.parseFloat(bytes, offset, length)
          : AsciiNumbers.parseDouble(bytes, offset, length);
    }
    return single ? LittleEndian.float32(bytes, offset) : LittleEndian.float64(bytes, offset);
  }

  @Override
  long readLong(byte[] bytes, int offset, int length) {
    double value = getDouble(bytes, offset, length);
    // The largest long is no double: 2^63 is the first that does not fit.
    if (value >= -TWO_TO_63 && value < TWO_TO_63) {
      return (long) value;
    }
    throw new ConversionException(named() + value + " does not fit a long");
  }

  @Override
  public BigDecimal getBigDecimal(byte[] bytes, int offset, int length) {
    if (text) {
      return AsciiNumbers.parseBigDecimal(bytes, offset, length, LONGEST_NUMBER);
    }
    return new BigDecimal(digits(finite(getDouble(bytes, offset, length))));
  }

  @Override
  String readString(byte[] bytes, int offset, int length) {
    if (text) {
      return new String(bytes, offset, length, ISO_8859_1);
    }
    return zerofilled(digits(finite(getDouble(bytes, offset, length))), zerofillWidth);
  }

  private String digits(double value) {
    int decimals = column().decimals();
    if (decimals < FloatingText.ANY_DECIMALS) {
      return FloatingText.fixed(value, decimals);
    }
    return single ? FloatingText.ofFloat((float) value) : FloatingText.ofDouble(value);
  }

  /** No server has infinities, but a hostile one could send them. */
  private double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new ConversionException(named() + value + " is not a number of SQL");
    }
    return value;
  }

  @Override
  Object natural(byte[] bytes, int offset, int length) {
    double value = getDouble(bytes, offset, length);
    return single ? (Object) (float) value : (Object) value;
  }

  @Override
  Class<?> naturalClass() {
    return single ? Float.class : Double.class;
  }
}
