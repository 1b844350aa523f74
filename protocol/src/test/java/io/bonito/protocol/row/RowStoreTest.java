package io.bonito.protocol.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.value.Codec;
import io.bonito.protocol.value.Codecs;
import io.bonito.protocol.value.ColumnDecoder;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.WireFormat;
import io.bonito.protocol.value.ZeroDates;
import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows kept, rows pushed to a sink, and types that an application brings. */
class RowStoreTest {
  private static final List<ColumnDefinition> ID_AND_NAME =
      List.of(column("id", ColumnType.LONG), column("name", ColumnType.VAR_STRING));

  private final Row row =
      new Row(new Columns(ID_AND_NAME, WireFormat.TEXT, DecodingOptions.DEFAULT));

  @Test
  void keepsRowsAfterTheirBytesAreGone() {
    RowStore store = new RowStore();
    byte[] received = new byte[64];
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = textRow(Integer.toString(i), "name of " + i);
      System.arraycopy(bytes, 0, received, 5, bytes.length);
      row.moveTo(received, 5, bytes.length);
      store.add(row);
      Arrays.fill(received, (byte) 0xFF);
    }

    assertThat(store.count()).isEqualTo(10_000);
    for (int index : new int[] {9_999, 0, 5_000, 1, 9_998}) {
      store.moveTo(index, row);
      assertThat(row.getInt(0)).isEqualTo(index);
      assertThat(row.getString(1)).isEqualTo("name of " + index);
    }
    assertThatThrownBy(() -> store.moveTo(10_000, row))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> store.moveTo(-1, row)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void keepsARowThatIsLargerThanAChunk() {
    RowStore store = new RowStore();
    for (int size : new int[] {10, 200, 2_000, 70_000, 20}) {
      byte[] bytes = textRow("1", "x".repeat(size));
      row.moveTo(bytes, 0, bytes.length);
      store.add(row);
    }

    store.moveTo(3, row);
    assertThat(row.getString(1)).hasSize(70_000);
    store.moveTo(4, row);
    assertThat(row.getString(1)).hasSize(20);
  }

  @Test
  void takesManyPacketsAtOnceAndMovesAmongTheirRows() {
    RowStore store = new RowStore();
    for (int block = 0; block < 100; block++) {
      ByteArrayOutputStream packets = new ByteArrayOutputStream();
      for (int i = 0; i < 37; i++) {
        byte[] bytes = textRow(Integer.toString(block * 37 + i), "in a block");
        packets.writeBytes(new byte[] {(byte) bytes.length, 0, 0, (byte) i});
        packets.writeBytes(bytes);
      }
      store.addPackets(packets.toByteArray(), 0, packets.size(), 37);
    }

    assertThat(store.count()).isEqualTo(3_700);
    for (int index = 0; index < 3_700; index++) {
      store.moveTo(index, row);
      assertThat(row.getInt(0)).isEqualTo(index);
    }
    for (int index : new int[] {3_699, 0, 1, 2_000, 36, 37, 3_698}) {
      store.moveTo(index, row);
      assertThat(row.getInt(0)).isEqualTo(index);
    }
  }

  @Test
  void keepsARowWhoseSizeAPacketCannotTell() {
    RowStore store = new RowStore();
    for (int size : new int[] {10, 0xFFFFFF - 6, 0xFFFFFF, 20}) {
      byte[] bytes = textRow("1", "x".repeat(size));
      row.moveTo(bytes, 0, bytes.length);
      store.add(row);
    }

    for (int index : new int[] {0, 1, 2, 3, 1, 0, 3, 2}) {
      store.moveTo(index, row);
      assertThat(row.length(1)).isEqualTo(new int[] {10, 0xFFFFFF - 6, 0xFFFFFF, 20}[index]);
    }
  }

  @Test
  void isLikeNewOnceItWasCleared() {
    RowStore store = new RowStore();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 1_000; i++) {
        byte[] bytes = textRow(Integer.toString(round * 1_000 + i), "name");
        row.moveTo(bytes, 0, bytes.length);
        store.add(row);
      }
      store.moveTo(999, row);
      assertThat(row.getInt(0)).isEqualTo(round * 1_000 + 999);
      store.moveTo(0, row);
      assertThat(row.getInt(0)).isEqualTo(round * 1_000);
      assertThat(store.size()).isEqualTo(round == 0 ? 9_000 + 2_890 : 9_000 + 4_000);
      store.clear();
      assertThat(store.count()).isZero();
      assertThat(store.size()).isZero();
    }
  }

  @Test
  void findsABrokenRowWhenItIsMovedTo() {
    RowStore store = new RowStore();
    byte[] packet = {3, 0, 0, 1, 1, '7', 9};
    store.addPackets(packet, 0, packet.length, 1);

    assertThatThrownBy(() -> store.moveTo(0, row)).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void givesASinkEachValueWhereItLies() {
    List<String> seen = new ArrayList<>();
    long[] ids = new long[1];
    RowSink sink =
        new RowSink() {
          @Override
          public void value(
              int column, ColumnDecoder decoder, byte[] bytes, int offset, int length) {
            seen.add(decoder.column().name() + "@" + offset + "+" + length);
            if (column == 0) {
              ids[0] = decoder.getLong(bytes, offset, length);
            }
          }

          @Override
          public void nullValue(int column, ColumnDecoder decoder) {
            seen.add(decoder.column().name() + " is null");
          }

          @Override
          public void endOfRow() {
            seen.add("end");
          }
        };
    byte[] bytes = {2, '4', '2', (byte) 0xFB};
    row.moveTo(bytes, 0, bytes.length);
    row.pushTo(sink);

    assertThat(seen).containsExactly("id@1+2", "name is null", "end");
    assertThat(ids[0]).isEqualTo(42);
  }

  @Test
  void asksACodecForItsType() {
    Codec<Currency> codec =
        new Codec<>() {
          @Override
          public Class<Currency> javaType() {
            return Currency.class;
          }

          @Override
          public boolean isNaturalFor(ColumnDefinition column) {
            return column.name().equals("name");
          }

          @Override
          public Currency read(ColumnDecoder decoder, byte[] bytes, int offset, int length) {
            return Currency.getInstance(decoder.getString(bytes, offset, length));
          }

          @Override
          public void write(Currency value, Parameters parameters, int index) {
            parameters.setString(index, value.getCurrencyCode());
          }
        };
    DecodingOptions options =
        new DecodingOptions(ZeroDates.EXCEPTION, new Codecs(List.of(codec)), ZoneOffset.UTC);
    Row currencies = new Row(new Columns(ID_AND_NAME, WireFormat.TEXT, options));
    byte[] bytes = textRow("1", "EUR");
    currencies.moveTo(bytes, 0, bytes.length);

    assertThat(currencies.get(1, Currency.class)).isEqualTo(Currency.getInstance("EUR"));
    assertThat(currencies.getObject(1)).isEqualTo(Currency.getInstance("EUR"));
    assertThat(currencies.columns().decoder(1).objectClass()).isEqualTo(Currency.class);
    assertThat(currencies.getObject(0)).isEqualTo(1);
    assertThat(currencies.getString(1)).isEqualTo("EUR");
  }

  private static ColumnDefinition column(String name, ColumnType type) {
    return new ColumnDefinition("", "t", "t", name, name, 45, 20, type.code(), 0, 0, "", "");
  }

  private static byte[] textRow(String id, String name) {
    byte[] row = new byte[1 + id.length() + 4 + name.length()];
    row[0] = (byte) id.length();
    System.arraycopy(id.getBytes(), 0, row, 1, id.length());
    int at = 1 + id.length();
    row[at] = (byte) 0xFD;
    row[at + 1] = (byte) name.length();
    row[at + 2] = (byte) (name.length() >> 8);
    row[at + 3] = (byte) (name.length() >> 16);
    System.arraycopy(name.getBytes(), 0, row, at + 4, name.length());
    return row;
  }
}
