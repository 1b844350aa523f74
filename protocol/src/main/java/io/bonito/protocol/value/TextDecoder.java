package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.message.ColumnDefinition;
import java.util.Arrays;

/** CHAR, VARCHAR, TEXT, ENUM, SET, JSON and DECIMAL: text in both wire formats. */
final class TextDecoder extends ColumnDecoder {
  TextDecoder(ColumnDefinition column, WireFormat format) {
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
  public long getLong(byte[] bytes, int offset, int length) {
    return AsciiNumbers.parseLong(bytes, offset, length);
  }

  @Override
  public Object getObject(byte[] bytes, int offset, int length) {
    return getString(bytes, offset, length);
  }

  @Override
  public Class<?> objectClass() {
    return String.class;
  }
}
