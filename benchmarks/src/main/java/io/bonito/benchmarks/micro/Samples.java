package io.bonito.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.value.Collation;
import io.bonito.protocol.value.ColumnDecoder;
import io.bonito.protocol.value.ColumnType;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.protocol.value.WireFormat;
import io.bonito.testkit.script.Payload;
import java.util.Locale;

/**
 * Values of one column, one behind the other as in rows, and no two alike: a branch that always
 * goes the same way is free, and rows are not like that.
 */
final class Samples {
  static final int COUNT = 1000;

  private static final int UTF8MB4 = 45;

  final ColumnDecoder decoder;
  final byte[] bytes;
  final int[] offsets = new int[COUNT];
  final int[] lengths = new int[COUNT];

  private Samples(ColumnDecoder decoder, byte[][] values) {
    this.decoder = decoder;
    int size = 0;
    for (int i = 0; i < COUNT; i++) {
      offsets[i] = size;
      lengths[i] = values[i].length;
      size += values[i].length;
    }
    bytes = new byte[size];
    for (int i = 0; i < COUNT; i++) {
      System.arraycopy(values[i], 0, bytes, offsets[i], lengths[i]);
    }
  }

  /** What a value is in a text row, and in a binary row where that is another. */
  private interface Encoding {
    byte[] of(int index);
  }

  private static Samples of(
      ColumnType type, int collation, WireFormat format, Encoding text, Encoding binary) {
    ColumnDefinition column =
        new ColumnDefinition("", "t", "t", "c", "c", collation, 0, type.code(), 0, 0, "", "");
    byte[][] values = new byte[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      values[i] = (format == WireFormat.TEXT ? text : binary).of(i);
    }
    return new Samples(ColumnDecoder.of(column, format, DecodingOptions.DEFAULT), values);
  }

  private static byte[] text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).getBytes(UTF_8);
  }

  static Samples ints(WireFormat format) {
    return of(
        ColumnType.LONG,
        Collation.BINARY,
        format,
        i -> text("%d", intAt(i)),
        i -> new Payload().int32(intAt(i)).bytes());
  }

  private static int intAt(int index) {
    return (index % 2 == 0 ? 1 : -1) * index * 2_000_003;
  }

  static Samples longs(WireFormat format) {
    return of(
        ColumnType.LONGLONG,
        Collation.BINARY,
        format,
        i -> text("%d", longAt(i)),
        i -> new Payload().int32(longAt(i)).int32(longAt(i) >>> 32).bytes());
  }

  private static long longAt(int index) {
    return 1_234_567_890_123L * index;
  }

  static Samples decimals(WireFormat format) {
    Encoding encoding = i -> text("%d.%02d", i * 37, i % 100);
    return of(ColumnType.NEWDECIMAL, Collation.BINARY, format, encoding, encoding);
  }

  static Samples doubles(WireFormat format) {
    return of(
        ColumnType.DOUBLE,
        Collation.BINARY,
        format,
        i -> text("%s", doubleAt(i)),
        i -> {
          long bits = Double.doubleToRawLongBits(doubleAt(i));
          return new Payload().int32(bits).int32(bits >>> 32).bytes();
        });
  }

  private static double doubleAt(int index) {
    return index * 1.37;
  }

  static Samples dates(WireFormat format) {
    return of(
        ColumnType.DATE,
        Collation.BINARY,
        format,
        i -> text("%04d-%02d-%02d", year(i), month(i), day(i)),
        i -> date(i).bytes());
  }

  static Samples times(WireFormat format) {
    return of(
        ColumnType.TIME,
        Collation.BINARY,
        format,
        i -> text("%02d:%02d:%02d", hour(i), minute(i), second(i)),
        i -> new Payload().int8(0).int32(0).raw(clock(i)).bytes());
  }

  static Samples dateTimes(WireFormat format) {
    return of(
        ColumnType.DATETIME,
        Collation.BINARY,
        format,
        i ->
            text(
                "%04d-%02d-%02d %02d:%02d:%02d",
                year(i), month(i), day(i), hour(i), minute(i), second(i)),
        i -> date(i).raw(clock(i)).bytes());
  }

  private static Payload date(int index) {
    return new Payload().int16(year(index)).int8(month(index)).int8(day(index));
  }

  private static byte[] clock(int index) {
    return new byte[] {(byte) hour(index), (byte) minute(index), (byte) second(index)};
  }

  private static int year(int index) {
    return 1970 + index % 80;
  }

  private static int month(int index) {
    return 1 + index % 12;
  }

  private static int day(int index) {
    return 1 + index % 28;
  }

  private static int hour(int index) {
    return 1 + index % 23;
  }

  private static int minute(int index) {
    return index % 60;
  }

  private static int second(int index) {
    return index * 7 % 60;
  }

  static Samples ascii(WireFormat format) {
    return strings(format, "a name of thirty-two characters");
  }

  static Samples notAscii(WireFormat format) {
    return strings(format, "ein Name, nicht nur in ASCII: Šárka Ľubomíra 李小龍 ");
  }

  private static Samples strings(WireFormat format, String of) {
    Encoding encoding = i -> text("%s%d", of, i);
    return of(ColumnType.VAR_STRING, UTF8MB4, format, encoding, encoding);
  }

  static Samples bytes(WireFormat format) {
    Encoding encoding = i -> new byte[16 + i % 16];
    return of(ColumnType.VAR_STRING, Collation.BINARY, format, encoding, encoding);
  }

  static Samples uuids(WireFormat format) {
    Encoding encoding = i -> text("%08x-0000-4000-8000-%012x", i * 1_000_003L, i * 7_777_777L);
    return of(ColumnType.STRING, UTF8MB4, format, encoding, encoding);
  }
}
