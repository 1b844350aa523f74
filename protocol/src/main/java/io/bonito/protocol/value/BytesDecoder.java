package io.bonito.protocol.value;

import io.bonito.protocol.message.ColumnDefinition;
import java.util.Arrays;

/**
 * BINARY, VARBINARY, BLOB, GEOMETRY, VECTOR and types this driver does not know: bytes in both wire
 * formats.
 *
 * <p>As a string, binary text is UTF-8, as in the servers' own CAST; what is no UTF-8, or a
 * GEOMETRY, has no string.
 */
final class BytesDecoder extends ColumnDecoder {
  private final ColumnType type;

  BytesDecoder(ColumnDefinition column, WireFormat format, DecodingOptions options) {
    super(column, format, options);
    this.type = ColumnType.of(column.type());
  }

  @Override
  String readString(byte[] bytes, int offset, int length) {
    return switch (type) {
      case GEOMETRY -> throw cannotBe("text");
      case VECTOR -> Arrays.toString(getVector(bytes, offset, length)).replace(" ", "");
      default -> SqlCharset.BINARY.decode(bytes, offset, length);
    };
  }

  @Override
  public byte[] getBytes(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  @Override
  public float[] getVector(byte[] bytes, int offset, int length) {
    if (length % Float.BYTES != 0) {
      throw new ConversionException(named() + length + " bytes are not a number of floats");
    }
    return LittleEndian.floats(bytes, offset, length);
  }

  @Override
  Object natural(byte[] bytes, int offset, int length) {
    return type == ColumnType.VECTOR
        ? getVector(bytes, offset, length)
        : getBytes(bytes, offset, length);
  }

  @Override
  Class<?> naturalClass() {
    return type == ColumnType.VECTOR ? float[].class : byte[].class;
  }
}
