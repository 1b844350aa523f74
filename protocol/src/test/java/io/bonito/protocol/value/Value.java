package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.message.ColumnDefinition;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** One value of one column, in a row's bytes, for the tests of the decoders. */
record Value(ColumnDecoder decoder, byte[] bytes, int offset, int length) {
  /** Around the value, so that reading beyond it shows. */
  private static final byte CANARY = '7';

  static ColumnDefinition column(ColumnType type) {
    return column(type, Collation.BINARY, 0, 0, 0);
  }

  static ColumnDefinition column(
      ColumnType type, int collation, long length, int flags, int decimals) {
    return column(type, collation, length, flags, decimals, "");
  }

  static ColumnDefinition column(
      ColumnType type, int collation, long length, int flags, int decimals, String extendedType) {
    return new ColumnDefinition(
        "",
        "t",
        "t",
        "c",
        "c",
        collation,
        length,
        type == ColumnType.UNKNOWN ? 0x63 : type.code(),
        flags,
        decimals,
        extendedType,
        "");
  }

  static Value text(ColumnDefinition column, String text) {
    return of(column, WireFormat.TEXT, text.getBytes(UTF_8), DecodingOptions.DEFAULT);
  }

  /**
   * @param hex the value without its length
   */
  static Value binary(ColumnDefinition column, String hex) {
    return of(column, WireFormat.BINARY, bytes(hex), DecodingOptions.DEFAULT);
  }

  static Value of(
      ColumnDefinition column, WireFormat format, byte[] value, DecodingOptions options) {
    byte[] row = new byte[value.length + 16];
    Arrays.fill(row, CANARY);
    System.arraycopy(value, 0, row, 3, value.length);
    return new Value(ColumnDecoder.of(column, format, options), row, 3, value.length);
  }

  /** The same value in both formats. */
  static List<Value> both(ColumnDefinition column, String text, String hex) {
    return List.of(text(column, text), binary(column, hex));
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  Value with(UnaryOperator<DecodingOptions> change) {
    return of(
        decoder.column(),
        decoder.format(),
        Arrays.copyOfRange(bytes, offset, offset + length),
        change.apply(DecodingOptions.DEFAULT));
  }

  <T> T as(Class<T> type) {
    return decoder.get(type, bytes, offset, length);
  }

  String string() {
    return decoder.getString(bytes, offset, length);
  }

  Object object() {
    return decoder.getObject(bytes, offset, length);
  }

  @Override
  public String toString() {
    return decoder.format() + " " + ColumnType.of(decoder.column().type());
  }
}
