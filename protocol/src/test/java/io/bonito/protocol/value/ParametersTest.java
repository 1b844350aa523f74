package io.bonito.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private enum Colour {
    RED
  }

  private static Arguments natural(Object value, String type, String bytes, String literal) {
    return Arguments.of(value, type, bytes, literal);
  }

  static Stream<Arguments> naturalTypes() throws Exception {
    return Stream.of(
        natural(true, "0100", "01", "1"),
        natural((byte) -128, "0100", "80", "(-128)"),
        natural((short) -2, "0200", "FEFF", "(-2)"),
        natural(42, "0300", "2A000000", "42"),
        natural(Integer.MIN_VALUE, "0300", "00000080", "(-2147483648)"),
        natural(Long.MIN_VALUE, "0800", "0000000000000080", "(-9223372036854775808)"),
        natural(0.5f, "0400", "0000003F", "0.5E0"),
        natural(0.1f, "0400", "CDCCCC3D", "0.10000000149011612E0"),
        natural(-1e300, "0500", "9C7500883CE437FE", "(-1.0E300)"),
        natural(new BigDecimal("-1.50"), "F600", "05 2D312E3530", "(-1.50)"),
        natural(new BigDecimal("1E+3"), "F600", "04 31303030", "1000"),
        natural(new BigDecimal("1E+70"), "FD00", "05 31452B3730", "'1E+70'"),
        natural(BigInteger.valueOf(-1), "0800", "FFFFFFFFFFFFFFFF", "(-1)"),
        natural(
            BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
            "0880",
            "FFFFFFFFFFFFFFFF",
            "18446744073709551615"),
        natural(
            BigInteger.TWO.pow(64),
            "F600",
            "14 3138343436373434303733373039353531363136",
            "18446744073709551616"),
        natural("O'Neill", "FD00", "07 4F274E65696C6C", "'O''Neill'"),
        natural("''", "FD00", "02 2727", "''''''"),
        natural("", "FD00", "00", "''"),
        natural(
            "\u00e9\u20ac\ud83d\ude00",
            "FD00",
            "09 C3A9E282ACF09F9880",
            "'\u00e9\u20ac\ud83d\ude00'"),
        natural("a\\'b", "FD00", "04 615C2762", "_utf8mb4 x'615C2762'"),
        natural('c', "FD00", "01 63", "'c'"),
        natural(new StringBuilder("sb"), "FD00", "02 7362", "'sb'"),
        natural(new byte[] {0, -1, 39}, "FC00", "03 00FF27", "_binary x'00FF27'"),
        natural(new byte[0], "FC00", "00", "_binary x''"),
        natural(LocalDate.of(2026, 8, 21), "0A00", "04 EA070815", "DATE'2026-08-21'"),
        natural(LocalDate.of(0, 1, 1), "0A00", "04 00000101", "DATE'0000-01-01'"),
        natural(
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_999),
            "0C00",
            "0B 0F270C1F173B3B3F420F00",
            "TIMESTAMP'9999-12-31 23:59:59.999999'"),
        natural(
            LocalDateTime.of(2026, 8, 21, 0, 0),
            "0C00",
            "07 EA070815000000",
            "TIMESTAMP'2026-08-21 00:00:00'"),
        natural(
            Instant.parse("2026-08-21T15:04:05Z"),
            "0C00",
            "07 EA070815110405",
            "TIMESTAMP'2026-08-21 17:04:05'"),
        natural(
            OffsetDateTime.parse("2026-08-21T15:04:05Z"),
            "0C00",
            "07 EA070815110405",
            "TIMESTAMP'2026-08-21 17:04:05'"),
        natural(LocalTime.of(17, 4, 5), "0B00", "08 0000000000110405", "TIME'17:04:05'"),
        natural(
            Duration.ofMillis(-1), "0B00", "0C 0100000000000000E8030000", "TIME'-00:00:00.001000'"),
        natural(
            Duration.ofHours(-838).minusMinutes(59).minusSeconds(59),
            "0B00",
            "08 0122000000163B3B",
            "TIME'-838:59:59'"),
        natural(Year.of(2026), "0300", "EA070000", "2026"),
        natural(
            new UUID(0x1234L, 1L),
            "FD00",
            "24 30303030303030302D303030302D313233342D303030302D303030303030303030303031",
            "'00000000-0000-1234-0000-000000000001'"),
        natural(Colour.RED, "FD00", "03 524544", "'RED'"),
        natural(new float[] {1, -2}, "FC00", "08 0000803F000000C0", "_binary x'0000803F000000C0'"),
        natural(
            InetAddress.getByAddress(new byte[] {10, 0, 0, 1}),
            "FD00",
            "08 31302E302E302E31",
            "'10.0.0.1'"),
        natural(BitSet.valueOf(new long[] {0x102}), "FC00", "02 0102", "_binary x'0102'"),
        natural(new AtomicInteger(-7), "FD00", "02 2D37", "'-7'"));
  }

  @ParameterizedTest
  @MethodSource("naturalTypes")
  void sendsEachJavaTypeInBinary(Object value, String type, String bytes, String literal) {
    Parameters parameters = one(value);
    ByteWriter out = new ByteWriter();
    parameters.writeBinary(out, /* sendTypes= */ true);

    assertThat(hex(out)).isEqualTo("0001" + type + bytes.replace(" ", ""));
  }

  @ParameterizedTest
  @MethodSource("naturalTypes")
  void writesEachJavaTypeAsALiteral(Object value, String type, String bytes, String literal) {
    assertThat(literal(one(value))).isEqualTo(literal);
  }

  @Test
  void setsABitForEachNull() {
    Parameters parameters = new Parameters(9);
    for (int index = 0; index < 9; index++) {
      parameters.setObject(index, index == 3 || index == 8 ? null : (byte) index);
    }
    ByteWriter out = new ByteWriter();
    parameters.writeBinary(out, /* sendTypes= */ false);

    assertThat(hex(out)).isEqualTo("0801" + "00" + "00010204050607");
    assertThat(literal(parameters, 3)).isEqualTo("NULL");
  }

  @Test
  void writesNothingWhereThereAreNoParameters() {
    ByteWriter out = new ByteWriter();
    new Parameters(0).writeBinary(out, /* sendTypes= */ true);

    assertThat(out.end()).isZero();
  }

  @Test
  void namesParametersForQueryAttributes() {
    Parameters parameters = new Parameters(2);
    parameters.setInt(0, 1);
    parameters.setString(1, "x");
    parameters.setName(1, "trace");
    ByteWriter out = new ByteWriter();
    parameters.writeBinary(out, /* sendTypes= */ true, /* named= */ true);

    assertThat(hex(out))
        .isEqualTo("0001" + "0300" + "00" + "FD00" + "057472616365" + "01000000" + "0178");
  }

  @Test
  void leavesOutWhatWasSentBefore() {
    Parameters parameters = new Parameters(2);
    parameters.setSentBefore(0, /* text= */ false);
    parameters.setByte(1, (byte) 1);
    ByteWriter out = new ByteWriter();
    parameters.writeBinary(out, /* sendTypes= */ true);

    assertThat(hex(out)).isEqualTo("0001" + "FC00" + "0100" + "01");
  }

  @Test
  void tellsTypesAnewOnlyWhereOneChanged() {
    Parameters parameters = new Parameters(2);
    short[] sent = new short[2];
    parameters.setInt(0, 1);
    parameters.setString(1, "a");
    assertThat(parameters.typesChangedSince(sent)).isTrue();
    parameters.rememberTypes(sent);

    parameters.setInt(0, 2);
    parameters.setNull(1);
    assertThat(parameters.typesChangedSince(sent)).isFalse();
    parameters.setLong(0, 2);
    assertThat(parameters.typesChangedSince(sent)).isTrue();
  }

  @Test
  void writesRowsOfABulk() {
    Parameters parameters = new Parameters(4);
    short[] bulk = new short[4];
    parameters.setByte(0, (byte) 7);
    parameters.setNull(1);
    parameters.setDefault(2);
    parameters.setIgnore(3);
    ParameterRows rows = new ParameterRows(parameters);
    rows.add(parameters);
    parameters.setString(1, "a");
    rows.add(parameters);
    parameters.setInt(0, 1);
    rows.add(parameters);
    ByteWriter out = new ByteWriter();
    assertThat(rows.joinTypes(0, bulk)).isTrue();
    rows.writeBulkRow(0, SqlCharset.UTF8MB4, out);
    assertThat(rows.joinTypes(1, bulk)).isTrue();
    ParameterRows.writeBulkTypes(bulk, out);

    assertThat(hex(out)).isEqualTo("0007" + "01" + "02" + "03" + "0100" + "FD00" + "0600" + "0600");
    assertThat(rows.joinTypes(2, bulk)).isFalse();
  }

  @Test
  void rowsOfABatchAreCopiesInTheirOrder() {
    Parameters parameters = new Parameters(2);
    ParameterRows rows = new ParameterRows(parameters);
    for (int row = 0; row < 100; row++) {
      parameters.setInt(0, row);
      parameters.setString(1, "é" + row);
      rows.add(parameters);
    }
    assertThat(rows.size()).isEqualTo(100);
    assertThat(rows.holdsNull()).isFalse();
    Parameters some = rows.rows(40, 60);
    for (int row = 0; row < 20; row++) {
      ByteWriter out = new ByteWriter();
      some.writeLiteral(2 * row, out);
      some.writeLiteral(2 * row + 1, out);
      ByteWriter alone = new ByteWriter();
      rows.row(40 + row).writeBinary(alone, true);
      assertThat(new String(out.array(), 0, out.end(), StandardCharsets.UTF_8))
          .isEqualTo((40 + row) + "'é" + (40 + row) + "'");
      assertThat((long) alone.end()).isLessThanOrEqualTo(rows.mostBytes(40 + row));
    }
    parameters.setNull(1);
    rows.add(parameters);
    assertThat(rows.holdsNull()).isTrue();
    assertThatThrownBy(() -> rows.add(new Parameters(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsACopyOfItsOwn() {
    Parameters parameters = one("a");
    Parameters copy = parameters.copy();
    parameters.setInt(0, 1);
    assertThat(literal(copy)).isEqualTo("'a'");

    Parameters third = copy.copy();
    copy.clear();
    assertThat(literal(third)).isEqualTo("'a'");
  }

  @Test
  void refusesToWriteAnUnsetParameter() {
    ByteWriter out = new ByteWriter();
    Parameters parameters = new Parameters(2);
    parameters.setInt(0, 1);

    assertThat(parameters.firstUnset()).isEqualTo(1);
    assertThatThrownBy(() -> parameters.writeBinary(out, /* sendTypes= */ true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("parameter 1 has no value");
    assertThat(out.end()).isZero();
  }

  static Stream<Object> valuesThatSqlHasNot() {
    return Stream.of(
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        Float.NaN,
        LocalDate.of(10_000, 1, 1),
        LocalDate.of(-1, 1, 1),
        LocalDateTime.MAX,
        Instant.MAX,
        Duration.ofHours(839),
        Duration.ofSeconds(Long.MIN_VALUE),
        new Object(),
        new int[0]);
  }

  @ParameterizedTest
  @MethodSource("valuesThatSqlHasNot")
  void refusesAtOnceWhatSqlHasNot(Object value) {
    assertThatThrownBy(() -> one(value)).isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ud800",
        "ascii\udc00",
        "\u00e9\ud800x",
        "\udc00\ud800",
        "longer than eight ?\ud800"
      })
  void writesNothingOfATextThatIsNoUnicode(String half) {
    Parameters parameters = new Parameters(2);
    parameters.setInt(0, 1);
    parameters.setString(1, half);
    ByteWriter out = new ByteWriter();

    assertThatThrownBy(() -> parameters.writeBinary(out, /* sendTypes= */ true))
        .isInstanceOf(ConversionException.class);
    assertThat(out.end()).isZero();
  }

  @Test
  void sendsTextInTheSessionsCharset() {
    Parameters parameters = one("\u20ac");
    parameters.setCharset(SqlCharset.named("latin1"));
    ByteWriter out = new ByteWriter();
    parameters.writeBinary(out, /* sendTypes= */ false);

    assertThat(hex(out)).isEqualTo("0000" + "0180");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gbk", "sjis", "big5", "cp932", "gb18030"})
  void refusesALiteralWhereTheCharsetCanHideAQuote(String charset) {
    Parameters parameters = new Parameters(2);
    parameters.setString(0, "a");
    parameters.setInt(1, 1);
    parameters.setCharset(SqlCharset.named(charset));

    assertThatThrownBy(() -> literal(parameters, 0))
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining(charset);
    assertThat(literal(parameters, 1)).isEqualTo("1");
  }

  @Test
  void asksCodecsFirst() {
    Codec<Colour> codec =
        new Codec<>() {
          @Override
          public Class<Colour> javaType() {
            return Colour.class;
          }

          @Override
          public Colour read(ColumnDecoder decoder, byte[] bytes, int offset, int length) {
            return Colour.values()[decoder.getInt(bytes, offset, length)];
          }

          @Override
          public void write(Colour value, Parameters parameters, int index) {
            parameters.setInt(index, value.ordinal());
          }
        };
    Parameters parameters = new Parameters(1, new Codecs(List.of(codec)), ZoneId.of("UTC"));
    parameters.setObject(0, Colour.RED);

    assertThat(literal(parameters)).isEqualTo("0");
  }

  private static Parameters one(Object value) {
    Parameters parameters = new Parameters(1, Codecs.NONE, ZoneId.of("+02:00"));
    parameters.setObject(0, value);
    return parameters;
  }

  private static String literal(Parameters parameters) {
    return literal(parameters, 0);
  }

  private static String literal(Parameters parameters, int index) {
    ByteWriter out = new ByteWriter();
    parameters.writeLiteral(index, out);
    return new String(out.array(), 0, out.end(), StandardCharsets.UTF_8);
  }

  private static String hex(ByteWriter out) {
    return HexFormat.of().withUpperCase().formatHex(Arrays.copyOf(out.array(), out.end()));
  }
}
