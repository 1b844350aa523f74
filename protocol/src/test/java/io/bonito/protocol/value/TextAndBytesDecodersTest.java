package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.message.ColumnDefinition;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text in its charsets, bytes, and the types that arrive as either. */
class TextAndBytesDecodersTest {
  private static final int UTF8MB4 = 45;
  private static final ColumnDefinition VARCHAR =
      Value.column(ColumnType.VAR_STRING, UTF8MB4, 40, 0, 0);
  private static final ColumnDefinition VARBINARY =
      Value.column(ColumnType.VAR_STRING, Collation.BINARY, 40, 0x80, 0);

  private enum Colour {
    RED,
    GREEN
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "é", "\u20ac", "\ud83d\ude00", "\ufffd", "a\u0000b"})
  void readsUtf8(String text) {
    assertThat(Value.text(VARCHAR, text).string()).isEqualTo(text);
    assertThat(Value.text(VARCHAR, text).object()).isEqualTo(text);
    assertThat(Value.text(VARCHAR, text).as(byte[].class)).isEqualTo(text.getBytes(UTF_8));
    assertThat(Value.text(VARBINARY, text).string()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FF", "C3", "C328", "C080", "EDA080", "F4908080", "EFBFBDFF", "80"})
  void refusesBytesThatAreNoUtf8(String hex) {
    for (ColumnDefinition column : List.of(VARCHAR, VARBINARY)) {
      Value value = Value.binary(column, hex);

      assertThatThrownBy(value::string).isInstanceOf(ConversionException.class);
      assertThat(value.as(byte[].class)).isEqualTo(Value.bytes(hex));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8, 80E9, €é",
    "9, E6B1, ćą",
    "51, CFF0E8E2E5F2, Привет",
    "35, 041F20AC, П€",
    "56, 1F04AC20, П€",
    "60, 0001F600, \ud83d\ude00",
    "33, E282AC, €",
    "11, 616263, abc",
    "10, 5B5C5D7B, ÄÖÅä",
    "28, C4E3BAC3, 你好",
    "248, C4E3BAC3, 你好",
    "1, A741A66E, 你好",
    "13, 93FA967B, 日本",
    "12, C6FCCBDC, 日本",
    "19, C7D1B1DB, 한글",
    "2304, C3A9, é",
    "1270, C3A9, é",
    "323, C3A9, é"
  })
  void readsTextInTheColumnsCharset(int collation, String hex, String text) {
    ColumnDefinition column = Value.column(ColumnType.VAR_STRING, collation, 40, 0, 0);

    assertThat(Value.binary(column, hex).string()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"26, 81", "11, 80", "28, 81", "35, D800", "60000, 61", "4095, 61"})
  void readsOnlyBytesWhereThereIsNoText(int collation, String hex) {
    Value value = Value.binary(Value.column(ColumnType.VAR_STRING, collation, 40, 0, 0), hex);

    assertThatThrownBy(value::string).isInstanceOf(ConversionException.class);
    assertThat(value.as(byte[].class)).isEqualTo(Value.bytes(hex));
  }

  @Test
  void readsNumbersThatAreText() {
    assertThat(Value.text(VARCHAR, "-42").as(Integer.class)).isEqualTo(-42);
    assertThat(Value.text(VARCHAR, "42.9").as(Long.class)).isEqualTo(42);
    assertThat(Value.text(VARCHAR, "4.2e3").as(Long.class)).isEqualTo(4200);
    assertThat(Value.text(VARCHAR, "-9223372036854775808").as(Long.class))
        .isEqualTo(Long.MIN_VALUE);
    assertThat(Value.text(VARCHAR, "1.50").as(BigDecimal.class)).isEqualTo("1.50");
    assertThat(Value.text(VARCHAR, "0.1").as(Double.class)).isEqualTo(0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1e1024", "1e999999999", "--5", "9223372036854775808", "1e30"})
  void refusesNumbersThatAreNone(String text) {
    assertThatThrownBy(() -> Value.text(VARCHAR, text).as(Long.class))
        .isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "T, true",
    "Yes, true",
    "y, true",
    "1, true",
    "-0.5, true",
    "FALSE, false",
    "f, false",
    "no, false",
    "N, false",
    "0, false",
    "0.0, false"
  })
  void readsTruths(String text, boolean expected) {
    assertThat(Value.text(VARCHAR, text).as(Boolean.class)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe", "truer", "falsehood", "t rue"})
  void refusesTruthsThatAreNone(String text) {
    assertThatThrownBy(() -> Value.text(VARCHAR, text).as(Boolean.class))
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void readsTimesThatAreText() {
    Value at = Value.text(VARCHAR, "2026-08-21T17:04:05.5");
    assertThat(at.as(LocalDateTime.class)).isEqualTo("2026-08-21T17:04:05.5");
    assertThat(at.as(LocalDate.class)).isEqualTo("2026-08-21");
    assertThat(at.as(LocalTime.class)).isEqualTo("17:04:05.5");
    assertThat(Value.text(VARCHAR, "17:04:05").as(LocalTime.class)).isEqualTo("17:04:05");
    assertThat(Value.text(VARCHAR, "-1:00:00").as(Duration.class)).isEqualTo(Duration.ofHours(-1));
  }

  @Test
  void readsEnumsByTheirName() {
    ColumnDefinition column = Value.column(ColumnType.STRING, UTF8MB4, 20, 0x100, 0);

    assertThat(Value.text(column, "GREEN").as(Colour.class)).isEqualTo(Colour.GREEN);
    assertThat(Value.text(column, "GREEN").object()).isEqualTo("GREEN");
    assertThatThrownBy(() -> Value.text(column, "BLUE").as(Colour.class))
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void readsJsonAsTextThoughTheServerSaysBinary() {
    ColumnDefinition column =
        Value.column(ColumnType.JSON, Collation.BINARY, 0xFFFF_FFFFL, 0x90, 0);

    assertThat(Value.text(column, "{\"é\": 1}").object()).isEqualTo("{\"é\": 1}");
  }

  @Test
  void readsAUuid() {
    UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426655440000");
    ColumnDefinition column = Value.column(ColumnType.STRING, UTF8MB4, 144, 0xA0, 0, "uuid");

    assertThat(Value.text(column, uuid.toString()).object()).isEqualTo(uuid);
    assertThat(Value.text(column, uuid.toString()).decoder().objectClass()).isEqualTo(UUID.class);
    assertThat(Value.text(column, uuid.toString()).string()).isEqualTo(uuid.toString());
    assertThat(Value.text(VARCHAR, uuid.toString()).as(UUID.class)).isEqualTo(uuid);
    assertThat(Value.binary(VARBINARY, "123E4567E89B12D3A456426655440000").as(UUID.class))
        .isEqualTo(uuid);
    assertThatThrownBy(() -> Value.text(VARCHAR, "123e4567").as(UUID.class))
        .isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> Value.text(VARCHAR, "x".repeat(36)).as(UUID.class))
        .isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::, 0:0:0:0:0:0:0:0",
    "::1, 0:0:0:0:0:0:0:1",
    "1::, 1:0:0:0:0:0:0:0",
    "2001:db8::ff00:42:8329, 2001:db8:0:0:0:ff00:42:8329",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "::1.2.3.4, 0:0:0:0:0:0:102:304",
    "::ffff:1.2.3.4, 1.2.3.4"
  })
  void readsAnInternetAddress(String text, String expected) {
    String type = text.contains(":") ? "inet6" : "inet4";
    Value value = Value.text(Value.column(ColumnType.STRING, UTF8MB4, 39, 0xA0, 0, type), text);

    assertThat(value.object()).isInstanceOf(InetAddress.class);
    assertThat(((InetAddress) value.object()).getHostAddress()).isEqualTo(expected);
    assertThat(value.string()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1..2.3",
        "1.2.3.",
        ":",
        ":::",
        "1:",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3",
        "1:2:3:4:5:6:7:8::",
        "fe80::1%eth0"
      })
  void looksNoNameUp(String text) {
    assertThatThrownBy(() -> Value.text(VARCHAR, text).as(InetAddress.class))
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void readsAVector() {
    ColumnDefinition vector = Value.column(ColumnType.VECTOR, Collation.BINARY, 8, 0x90, 0);
    Value value = Value.binary(vector, "0000803F 000000C0");

    assertThat(value.object()).isEqualTo(new float[] {1, -2});
    assertThat(value.string()).isEqualTo("[1.0,-2.0]");
    assertThat(Value.binary(VARBINARY, "0000803F").as(float[].class)).isEqualTo(new float[] {1});
    assertThatThrownBy(() -> Value.binary(vector, "0000803F00").as(float[].class))
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void readsAGeometryAsBytesOnly() {
    Value value = Value.binary(Value.column(ColumnType.GEOMETRY), "0000000001");

    assertThat(value.object()).isEqualTo(Value.bytes("0000000001"));
    assertThatThrownBy(value::string).isInstanceOf(ConversionException.class);
  }

  @Test
  void readsATypeThatItDoesNotKnowAsBytes() {
    Value value = Value.binary(Value.column(ColumnType.UNKNOWN), "00FF");

    assertThat(value.object()).isEqualTo(Value.bytes("00FF"));
  }

  @ParameterizedTest
  @EnumSource(ColumnType.class)
  void neverThrowsAnythingButAConversionException(ColumnType type) {
    List<Class<?>> classes =
        List.of(
            Object.class,
            String.class,
            byte[].class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            java.math.BigInteger.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            Duration.class,
            java.time.Instant.class,
            java.time.Year.class,
            java.time.Month.class,
            UUID.class,
            InetAddress.class,
            float[].class,
            java.util.BitSet.class,
            Colour.class,
            int.class,
            Number.class,
            Thread.class);
    java.util.Random random = new java.util.Random(type.ordinal());
    for (int round = 0; round < 500; round++) {
      WireFormat format = round % 2 == 0 ? WireFormat.TEXT : WireFormat.BINARY;
      int size = type.binarySize();
      byte[] bytes = new byte[format == WireFormat.BINARY && size > 0 ? size : random.nextInt(24)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            (byte)
                (round % 3 == 0 ? random.nextInt() : "0123456789-:.e ".charAt(random.nextInt(15)));
      }
      ColumnDefinition column =
          Value.column(type, random.nextInt(400), random.nextInt(300), random.nextInt(), 255);
      Value value = Value.of(column, format, bytes, DecodingOptions.DEFAULT);
      for (Class<?> java : classes) {
        try {
          value.as(java);
        } catch (ConversionException expected) {
          assertThat(expected).hasMessageNotContaining("null");
        }
      }
    }
  }
}
