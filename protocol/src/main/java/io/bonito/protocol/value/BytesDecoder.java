package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.message.ColumnDefinition;
import java.util.Arrays;

/** BINARY, VARBINARY, BLOB and types this driver does not know: bytes in both wire formats. */
final class BytesDecoder extends ColumnDecoder {
  BytesDecoder(ColumnDefinition column, WireFormat format) {
    super(column, format);
  }

  @Override
  public String getString(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, UTF_8);
  }

  @Override
  public byte[] getBytes(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  @Override
  public Object getObject(byte[] bytes, int offset, int length) {
    return getBytes(bytes, offset, length);
  }

  @Override
  public Class<?> objectClass() {
    return byte[].class;
  }
}
