package io.bonito.protocol.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.WireFormat;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {
  private static final List<ColumnDefinition> INT_TEXT_BIGINT =
      List.of(
          column("id", ColumnType.LONG, 63),
          column("Name", ColumnType.VAR_STRING, 45),
          column("big", ColumnType.LONGLONG, 63));

  private final Row text = row(WireFormat.TEXT);
  private final Row binary = row(WireFormat.BINARY);

  @Test
  void readsATextRow() {
    move(text, "02 3432  03 616263  FB");

    assertThat(text.getInt(0)).isEqualTo(42);
    assertThat(text.getString(1)).isEqualTo("abc");
    assertThat(text.isNull(2)).isTrue();
    assertThat(text.getString(2)).isNull();
  }

  @Test
  void readsABinaryRow() {
    move(binary, "00 10  2A000000  03 616263");

    assertThat(binary.getInt(0)).isEqualTo(42);
    assertThat(binary.getString(1)).isEqualTo("abc");
    assertThat(binary.isNull(2)).isTrue();
    assertThat(binary.getObject(2)).isNull();
  }

  @Test
  void refusesToReadAPrimitiveFromNull() {
    move(text, "02 3432  03 616263  FB");

    assertThatThrownBy(() -> text.getLong(2))
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("'big' is NULL");
  }

  @Test
  void findsColumnsByLabelWhateverTheCase() {
    assertThat(text.columns().indexOf("NAME")).isEqualTo(1);
    assertThat(text.columns().indexOf("nobody")).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 250, 251, 65_535, 65_536, 0xFF_FFFF, 0x100_0000})
  void readsTextOfEveryLengthEncoding(int size) {
    byte[] row = new byte[size + 20];
    int at = 0;
    row[at++] = 1;
    row[at++] = '7';
    at = writeLength(row, at, size);
    int valueAt = at;
    at += size;
    row[at++] = (byte) 0xFB;
    text.moveTo(row, 0, at);

    assertThat(text.offset(1)).isEqualTo(valueAt);
    assertThat(text.length(1)).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "02 3432, no second column",
    "02 3432  03 616263, no third column",
    "02 3432  03 616263  FB 00, one byte left over",
    "02 3432  04 616263, a value longer than the row",
    "02 3432  FC, a length cut",
    "02 3432  FD FFFF, a length cut",
    "02 3432  FE FFFFFF7F000000, a length cut",
    "02 3432  FE FFFFFF7F00000000 61, a length of 2 GiB less one",
    "02 3432  FE 0000008000000000 61, a length of 2 GiB",
    "02 3432  FE 0100000001000000 61, a length of 4 GiB and one",
    "02 3432  FE 0000000000000080 61, a length of 8 EiB",
    "02 3432  FF 616263  FB, no length prefix",
    "'', nothing"
  })
  void refusesATextRowThatIsNotOne(String row, String why) {
    assertThatThrownBy(() -> move(text, row)).as(why).isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'', nothing",
    "00, no NULL bits",
    "01 10  2A000000  03 616263, a first byte that is not zero",
    "00 10  2A0000, a fixed value cut",
    "00 10  2A000000, no second column",
    "00 10  2A000000  04 616263, a value longer than the row",
    "00 10  2A000000  FB, NULL outside the bitmap",
    "00 10  2A000000  03 616263 00, one byte left over",
    "00 00  2A000000  03 616263, no third column"
  })
  void refusesABinaryRowThatIsNotOne(String row, String why) {
    assertThatThrownBy(() -> move(binary, row))
        .as(why)
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void looksAtNothingOutsideTheRow() {
    // What follows the row in the same array would complete it.
    byte[] bytes = bytes("02 3432  03 616263  FB");
    for (int length = 0; length < bytes.length; length++) {
      int cut = length;
      assertThatThrownBy(() -> text.moveTo(bytes, 0, cut))
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  private static Row row(WireFormat format) {
    return new Row(new Columns(INT_TEXT_BIGINT, format, DecodingOptions.DEFAULT));
  }

  private static ColumnDefinition column(String name, ColumnType type, int collation) {
    return new ColumnDefinition("", "t", "t", name, name, collation, 20, type.code(), 0, 0, "", "");
  }

  private static void move(Row row, String hex) {
    byte[] bytes = bytes(hex);
    row.moveTo(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static int writeLength(byte[] row, int at, int size) {
    int bytes = size < 0xFB ? 0 : size <= 0xFFFF ? 2 : size <= 0xFF_FFFF ? 3 : 8;
    if (bytes > 0) {
      row[at++] = (byte) (bytes == 8 ? 0xFE : 0xFA + bytes);
    }
    long left = size;
    for (int i = 0; i < Math.max(bytes, 1); i++, left >>= 8) {
      row[at++] = (byte) left;
    }
    return at;
  }
}
