package io.bonito.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegerDecoderTest {
  private static final int UNSIGNED = 0x20;
  private static final int ZEROFILL = 0x40;

  @ParameterizedTest
  @CsvSource({
    "TINY, 0, 127, 7F",
    "TINY, 0, -128, 80",
    "TINY, 32, 255, FF",
    "SHORT, 0, 32767, FF7F",
    "SHORT, 0, -32768, 0080",
    "SHORT, 32, 65535, FFFF",
    "INT24, 0, 8388607, FFFF7F00",
    "INT24, 0, -8388608, 000080FF",
    "INT24, 32, 16777215, FFFFFF00",
    "LONG, 0, 2147483647, FFFFFF7F",
    "LONG, 0, -2147483648, 00000080",
    "LONG, 32, 4294967295, FFFFFFFF",
    "LONGLONG, 0, 0, 0000000000000000",
    "LONGLONG, 0, 9223372036854775807, FFFFFFFFFFFFFF7F",
    "LONGLONG, 0, -9223372036854775808, 0000000000000080",
    "LONGLONG, 32, 9223372036854775807, FFFFFFFFFFFFFF7F"
  })
  void readsTheCornersOfEveryType(ColumnType type, int flags, String text, String hex) {
    ColumnDefinition column = Value.column(type, Collation.BINARY, 20, flags, 0);
    long expected = Long.parseLong(text);
    for (Value value : Value.both(column, text, hex)) {
      assertThat(value.as(Long.class)).isEqualTo(expected);
      assertThat(value.string()).isEqualTo(text);
      assertThat(value.as(Double.class)).isEqualTo((double) expected);
      assertThat(value.as(BigDecimal.class)).isEqualTo(new BigDecimal(text));
      assertThat(value.as(BigInteger.class)).isEqualTo(new BigInteger(text));
      assertThat(value.as(Boolean.class)).isEqualTo(expected != 0);
      assertThat(value.as(byte[].class)).isEqualTo(text.getBytes());
      assertFits(value, Integer.class, expected, (int) expected);
      assertFits(value, Short.class, expected, (short) expected);
      assertFits(value, Byte.class, expected, (byte) expected);
    }
  }

  private static <T extends Number> void assertFits(
      Value value, Class<T> type, long expected, long narrowed) {
    if (expected == narrowed) {
      assertThat(value.as(type).longValue()).isEqualTo(expected);
    } else {
      assertThatThrownBy(() -> value.as(type)).isInstanceOf(ConversionException.class);
    }
  }

  @Test
  void readsAnUnsignedBigintAboveLongMax() {
    ColumnDefinition column = Value.column(ColumnType.LONGLONG, 63, 20, UNSIGNED, 0);
    for (Value value : Value.both(column, "18446744073709551615", "FFFFFFFFFFFFFFFF")) {
      BigInteger expected = new BigInteger("18446744073709551615");
      assertThat(value.object()).isEqualTo(expected);
      assertThat(value.string()).isEqualTo("18446744073709551615");
      assertThat(value.as(BigDecimal.class)).isEqualTo(new BigDecimal(expected));
      assertThat(value.as(Double.class)).isEqualTo(1.8446744073709552e19);
      assertThat(value.as(Boolean.class)).isTrue();
      assertThatThrownBy(() -> value.as(Long.class))
          .isInstanceOf(ConversionException.class)
          .hasMessageContaining("18446744073709551615");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TINY, 0, java.lang.Integer",
    "SHORT, 32, java.lang.Integer",
    "INT24, 32, java.lang.Integer",
    "LONG, 0, java.lang.Integer",
    "LONG, 32, java.lang.Long",
    "LONGLONG, 0, java.lang.Long",
    "LONGLONG, 32, java.math.BigInteger",
    "YEAR, 96, java.lang.Integer"
  })
  void isByNatureWhatHoldsItsWholeRange(ColumnType type, int flags, Class<?> expected) {
    Value value = Value.text(Value.column(type, 63, 20, flags, 0), "7");

    assertThat(value.decoder().objectClass()).isEqualTo(expected);
    assertThat(value.object()).isInstanceOf(expected);
  }

  @Test
  void fillsWithZerosAsTheServerDoes() {
    ColumnDefinition column = Value.column(ColumnType.LONG, 63, 5, UNSIGNED | ZEROFILL, 0);
    for (Value value : Value.both(column, "00042", "2A000000")) {
      assertThat(value.string()).isEqualTo("00042");
      assertThat(value.as(Integer.class)).isEqualTo(42);
    }
  }

  @Test
  void writesAYearWithFourDigits() {
    ColumnDefinition column = Value.column(ColumnType.YEAR, 63, 4, UNSIGNED | ZEROFILL, 0);
    for (Value value : Value.both(column, "0000", "0000")) {
      assertThat(value.string()).isEqualTo("0000");
      assertThat(value.object()).isEqualTo(0);
    }
    assertThat(Value.binary(column, "6D08").as(java.time.Year.class))
        .isEqualTo(java.time.Year.of(2157));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "--5",
        "+5",
        " 5",
        "5 ",
        "5.0",
        "1e3",
        "0x1",
        "1,2",
        "12a45678",
        "1234567/",
        "1:",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999"
      })
  void refusesTextThatIsNoSuchNumber(String text) {
    Value value = Value.text(Value.column(ColumnType.LONGLONG), text);

    assertThatThrownBy(() -> value.as(Long.class)).isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> value.as(Integer.class)).isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"18446744073709551616", "99999999999999999999", "-1", "1-1", ""})
  void refusesTextThatIsNoUnsignedBigint(String text) {
    Value value = Value.text(Value.column(ColumnType.LONGLONG, 63, 20, UNSIGNED, 0), text);

    assertThatThrownBy(() -> value.as(BigInteger.class)).isInstanceOf(ConversionException.class);
  }

  @Test
  void readsDigitsOfEveryLengthEightAtOnceOrNot() {
    Random random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      int number = random.nextInt() >> random.nextInt(32);
      byte[] digits = Integer.toString(number).getBytes();
      // Near the array's end there are no eight bytes to read.
      byte[] row = new byte[digits.length + random.nextInt(9)];
      System.arraycopy(digits, 0, row, 0, digits.length);
      assertThat(AsciiNumbers.parseInt(row, 0, digits.length)).isEqualTo(number);
    }
  }

  @Test
  void findsTheOneByteThatIsNoDigit() {
    for (int wrong = 0; wrong < 256; wrong++) {
      for (int place = 0; place < 8; place++) {
        byte[] digits = "12345678........".getBytes();
        digits[place] = (byte) wrong;
        if ((wrong >= '0' && wrong <= '9') || (place == 0 && wrong == '-')) {
          continue;
        }
        assertThatThrownBy(() -> AsciiNumbers.parseInt(digits, 0, 8))
            .isInstanceOf(ConversionException.class);
      }
    }
  }
}
