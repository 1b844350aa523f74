package io.bonito.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DECIMAL, FLOAT, DOUBLE and BIT; the strings are what MySQL 8.0.33 and MariaDB 11.4.5 write. */
class NumberDecodersTest {
  private static final int ANY_DECIMALS = 31;
  private static final String DIGITS_65 = "9".repeat(65);

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0.00, 0, 0",
    "-0.50, 0, -0.5",
    "12345.6789, 12345, 12345.6789",
    "-12345.6789, -12345, -12345.6789",
    ".5, 0, 0.5",
    "9223372036854775807.999, 9223372036854775807, 9223372036854775807",
    "-9223372036854775808.000, -9223372036854775808, -9223372036854775808",
    "00001.500, 1, 1.5"
  })
  void readsADecimal(String text, String whole, double number) {
    ColumnDefinition column = Value.column(ColumnType.NEWDECIMAL);
    for (Value value : Value.both(column, text, HexFormat.of().formatHex(text.getBytes()))) {
      if (text.startsWith(".")) {
        assertThat(value.as(BigDecimal.class)).isEqualByComparingTo(text);
      } else {
        assertThat(value.as(Long.class)).isEqualTo(Long.parseLong(whole));
        assertThat(value.object()).isEqualTo(new BigDecimal(text));
      }
      assertThat(value.as(Double.class)).isEqualTo(number);
      assertThat(value.string()).isEqualTo(text);
    }
  }

  @Test
  void readsTheLargestDecimal() {
    Value value = Value.text(Value.column(ColumnType.NEWDECIMAL), "-" + DIGITS_65);

    assertThat(value.object()).isEqualTo(new BigDecimal("-" + DIGITS_65));
    assertThat(value.as(BigInteger.class)).isEqualTo(new BigInteger("-" + DIGITS_65));
    assertThat(value.as(Double.class)).isEqualTo(-1e65);
    assertThatThrownBy(() -> value.as(Long.class)).isInstanceOf(ConversionException.class);
  }

  @Test
  void refusesADecimalThatNoServerHas() {
    Value value = Value.text(Value.column(ColumnType.NEWDECIMAL), "9".repeat(84));

    assertThatThrownBy(() -> value.as(BigDecimal.class))
        .isInstanceOf(ConversionException.class)
        .hasMessage("a number of 84 characters, where 83 are the most");
    assertThatThrownBy(() -> value.as(Long.class)).isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0000000000000000",
    "-0, 0000000000000080",
    "0.1, 9A9999999999B93F",
    "0.002, FCA9F1D24D62603F",
    "123456.75, 000000000C24FE40",
    "0.3333333333333333, 555555555555D53F",
    "1e300, 9C7500883CE4377E",
    "-1e300, 9C7500883CE437FE",
    "1.7976931348623157e308, FFFFFFFFFFFFEF7F",
    "5e-324, 0100000000000000",
    "2.2250738585072014e-308, 0000000000001000",
    "100000000000000, 0000901EC4BCD642",
    "1e15, 00003426F56B0C43",
    "1234567890123456.8, 03EB2AF2548B1143",
    "9.007199254740992e15, 0000000000004043",
    "0.000000000000001, 1656E79EAF03D23C",
    "1e-16, BC89D897B2D29C3C",
    "1e23, F64AE1C7022DB544",
    "0.00000000000005684341886080802, 000000000000303D",
    "0.00000005960464477539063, 000000000000703E"
  })
  void readsADouble(String text, String hex) {
    ColumnDefinition column = Value.column(ColumnType.DOUBLE, 63, 22, 0, ANY_DECIMALS);
    for (Value value : Value.both(column, text, hex)) {
      assertThat(value.string()).isEqualTo(text);
      assertThat(value.object()).isEqualTo(Double.parseDouble(text));
      assertThat(value.as(BigDecimal.class)).isEqualByComparingTo(new BigDecimal(text));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3.14159, DB0F4940",
    "0.1, CDCCCC3D",
    "1234560, 28B49649",
    "1234580, 78B49649",
    "16777200, 0000804B",
    "3.40282e38, FFFF7F7F",
    "1.4013e-45, 01000000",
    "-2.5, 000020C0",
    "10000000000, F9021550",
    "1e15, A95F6358",
    "-0, 00000080"
  })
  void writesAFloatWithSixDigits(String text, String hex) {
    ColumnDefinition column = Value.column(ColumnType.FLOAT, 63, 12, 0, ANY_DECIMALS);
    for (Value value : Value.both(column, text, hex)) {
      assertThat(value.string()).isEqualTo(text);
    }
    assertThat(Value.text(column, text).object()).isEqualTo(Float.parseFloat(text));
  }

  @Test
  void readsAFloatWholeFromABinaryRow() {
    Value value = Value.binary(Value.column(ColumnType.FLOAT, 63, 12, 0, ANY_DECIMALS), "DB0F4940");

    assertThat(value.object()).isEqualTo(3.1415927f);
    assertThat(value.as(Double.class)).isEqualTo(3.1415927f);
  }

  @ParameterizedTest
  @CsvSource({
    "DOUBLE, 2, 2.35, CDCCCCCCCCCC0240",
    "DOUBLE, 2, 100000000000000000000000000000000000.00, 824DC77261423347",
    "DOUBLE, 0, -1, 000000000000F0BF",
    "FLOAT, 3, 999999986991104.000, A95F6358",
    "FLOAT, 3, 3.142, DB0F4940"
  })
  void writesAFixedNumberOfDecimals(ColumnType type, int decimals, String text, String hex) {
    for (Value value : Value.both(Value.column(type, 63, 40, 0, decimals), text, hex)) {
      assertThat(value.string()).isEqualTo(text);
    }
  }

  @Test
  void fillsAFloatWithZeros() {
    ColumnDefinition column = Value.column(ColumnType.FLOAT, 63, 12, 0x60, ANY_DECIMALS);
    for (Value value : Value.both(column, "0000000002.5", "00002040")) {
      assertThat(value.string()).isEqualTo("0000000002.5");
      assertThat(value.as(Integer.class)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "1.2.3",
        "--5",
        "1e",
        "1e+",
        "e5",
        "NaN",
        "Infinity",
        "0x1p3",
        "1d",
        " 1",
        "1 ",
        "1e999999999",
        "1e-999999999",
        "1e2000"
      })
  void refusesWhatIsNoNumber(String text) {
    for (ColumnType type : new ColumnType[] {ColumnType.DOUBLE, ColumnType.NEWDECIMAL}) {
      Value value = Value.text(Value.column(type), text);
      for (Class<?> java : new Class<?>[] {Long.class, Double.class, BigDecimal.class}) {
        assertThatThrownBy(() -> value.as(java))
            .as("%s %s", type, java)
            .isInstanceOf(ConversionException.class);
      }
    }
  }

  @Test
  void refusesANumberLargerThanAnyDouble() {
    Value value = Value.text(Value.column(ColumnType.DOUBLE), "1e309");

    assertThatThrownBy(() -> value.as(Double.class))
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("does not fit a double");
    assertThat(value.as(BigDecimal.class)).isEqualByComparingTo("1e309");
  }

  @ParameterizedTest
  @ValueSource(strings = {"000000000000F07F", "000000000000F87F", "000000000000F0FF"})
  void refusesToWriteWhatIsNoNumberOfSql(String hex) {
    Value value = Value.binary(Value.column(ColumnType.DOUBLE, 63, 22, 0, ANY_DECIMALS), hex);

    assertThatThrownBy(value::string).isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> value.as(BigDecimal.class)).isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> value.as(Long.class)).isInstanceOf(ConversionException.class);
  }

  @Test
  void cutsFractionsButNeverRanges() {
    ColumnDefinition column = Value.column(ColumnType.DOUBLE, 63, 22, 0, ANY_DECIMALS);

    assertThat(Value.text(column, "-2.9").as(Long.class)).isEqualTo(-2);
    assertThat(Value.text(column, "-9.223372036854775808e18").as(Long.class))
        .isEqualTo(Long.MIN_VALUE);
    assertThatThrownBy(() -> Value.text(column, "9.223372036854775808e18").as(Long.class))
        .isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> Value.text(column, "1e39").as(Float.class))
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void refusesANumberOfAMillionDigits() {
    String million = "9".repeat(1_000_000);
    for (ColumnType type :
        new ColumnType[] {
          ColumnType.NEWDECIMAL, ColumnType.DOUBLE, ColumnType.FLOAT, ColumnType.LONGLONG
        }) {
      Value value = Value.text(Value.column(type), million);
      for (Class<?> java : new Class<?>[] {Long.class, Double.class, BigDecimal.class}) {
        assertThatThrownBy(() -> value.as(java)).isInstanceOf(ConversionException.class);
      }
    }
    Value text = Value.text(Value.column(ColumnType.VAR_STRING, 45, 0, 0, 0), million);
    assertThatThrownBy(() -> text.as(BigDecimal.class)).isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> text.as(Long.class)).isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 01, 1",
    "8, FF, 255",
    "10, 02AA, 682",
    "63, 7FFFFFFFFFFFFFFF, 9223372036854775807",
    "64, FFFFFFFFFFFFFFFF, 18446744073709551615",
    "64, 0000000000000000, 0"
  })
  void readsABit(int length, String hex, String number) {
    ColumnDefinition column = Value.column(ColumnType.BIT, 63, length, 0x20, 0);
    Value value = Value.binary(column, hex);

    assertThat(value.string()).isEqualTo(number);
    assertThat(value.as(BigInteger.class)).isEqualTo(new BigInteger(number));
    assertThat(value.as(Boolean.class)).isEqualTo(!number.equals("0"));
    assertThat(value.as(byte[].class)).isEqualTo(Value.bytes(hex));
    assertThat(value.as(BitSet.class).cardinality()).isEqualTo(new BigInteger(number).bitCount());
    assertThat(value.object()).isEqualTo(length == 1 ? true : Value.bytes(hex));
    if (number.length() < 20) {
      assertThat(value.as(Long.class)).isEqualTo(Long.parseLong(number));
    } else {
      assertThatThrownBy(() -> value.as(Long.class)).isInstanceOf(ConversionException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "000000000000000001"})
  void refusesABitOfNoWidth(String hex) {
    Value value = Value.binary(Value.column(ColumnType.BIT, 63, 64, 0x20, 0), hex);

    assertThatThrownBy(() -> value.as(Long.class)).isInstanceOf(ConversionException.class);
    assertThatThrownBy(value::string).isInstanceOf(ConversionException.class);
  }
}
