package io.bonito.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.message.ColumnDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DATE, DATETIME, TIMESTAMP and TIME. */
class TemporalDecodersTest {
  @ParameterizedTest
  @CsvSource({
    "DATE, 0, 2026-08-21, EA070815",
    "DATE, 0, 9999-12-31, 0F270C1F",
    "DATE, 0, 0000-01-01, 00000101",
    "DATETIME, 0, 2026-08-21 00:00:00, EA070815",
    "DATETIME, 0, 2026-08-21 17:04:05, EA070815110405",
    "DATETIME, 6, 2026-08-21 17:04:05.123456, EA070815110405 40E20100",
    "DATETIME, 6, 2026-08-21 17:04:05.000000, EA070815110405",
    "DATETIME, 1, 2026-08-21 17:04:05.9, EA070815110405 A0BB0D00",
    "TIMESTAMP, 3, 2026-08-21 17:04:05.678, EA070815110405 70580A00",
    "TIMESTAMP, 3, 2038-01-19 03:14:07.999, F6070113030E07 583E0F00"
  })
  void readsADate(ColumnType type, int decimals, String text, String hex) {
    ColumnDefinition column = Value.column(type, 63, 26, 0, decimals);
    LocalDateTime expected =
        LocalDateTime.parse(text.length() == 10 ? text + "T00:00" : text.replace(' ', 'T'));
    for (Value value : Value.both(column, text, hex)) {
      assertThat(value.string()).isEqualTo(text);
      assertThat(value.as(LocalDateTime.class)).isEqualTo(expected);
      assertThat(value.as(LocalDate.class)).isEqualTo(expected.toLocalDate());
      if (type == ColumnType.DATE) {
        assertThat(value.object()).isEqualTo(expected.toLocalDate());
      } else {
        assertThat(value.object()).isEqualTo(expected);
        assertThat(value.as(LocalTime.class)).isEqualTo(expected.toLocalTime());
      }
    }
  }

  @Test
  void readsInstantsInTheSessionsZone() {
    ColumnDefinition column = Value.column(ColumnType.TIMESTAMP, 63, 19, 0, 0);
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    for (Value utc : Value.both(column, "2026-08-21 17:04:05", "EA070815110405")) {
      Value value = utc.with(o -> new DecodingOptions(o.zeroDates(), o.codecs(), berlin));

      assertThat(value.as(Instant.class)).isEqualTo(Instant.parse("2026-08-21T15:04:05Z"));
      assertThat(value.as(OffsetDateTime.class)).isEqualTo("2026-08-21T17:04:05+02:00");
      assertThat(value.as(ZonedDateTime.class))
          .isEqualTo(ZonedDateTime.of(2026, 8, 21, 17, 4, 5, 0, berlin));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DATE, 0000-00-00, '', 0001-01-01",
    "DATE, 2024-00-10, E807000A, 2024-01-10",
    "DATE, 2024-05-00, E8070500, 2024-05-01",
    "DATETIME, 0000-00-00 00:00:00, '', 0001-01-01",
    "TIMESTAMP, 0000-00-00 00:00:00, '', 0001-01-01",
    "DATETIME, 2024-00-10 01:02:03, E807000A010203, 2024-01-10"
  })
  void treatsZeroDatesByPolicy(ColumnType type, String text, String hex, String rounded) {
    ColumnDefinition column = Value.column(type, 63, 19, 0, 0);
    for (Value value : Value.both(column, text, hex)) {
      assertThat(value.string()).isEqualTo(text);
      assertThatThrownBy(() -> value.as(LocalDate.class))
          .isInstanceOf(ConversionException.class)
          .hasMessageContaining("zero date " + text.substring(0, 10));
      assertThatThrownBy(value::object).isInstanceOf(ConversionException.class);

      Value asNull = value.with(o -> policy(ZeroDates.NULL));
      assertThat(asNull.as(LocalDate.class)).isNull();
      assertThat(asNull.as(LocalDateTime.class)).isNull();
      assertThat(asNull.as(Instant.class)).isNull();
      assertThat(asNull.object()).isNull();
      assertThat(asNull.string()).isEqualTo(text);

      assertThat(value.with(o -> policy(ZeroDates.ROUND)).as(LocalDate.class)).isEqualTo(rounded);
    }
  }

  @Test
  void refusesADayThatNoMonthHas() {
    for (Value value : Value.both(Value.column(ColumnType.DATE), "2024-02-31", "E807021F")) {
      assertThat(value.string()).isEqualTo("2024-02-31");
      assertThatThrownBy(() -> value.as(LocalDate.class)).isInstanceOf(ConversionException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "2024-01-1",
        "2024/01/01",
        "2024-13-01",
        "2024-01-32",
        "-024-01-01",
        "2024-01-01 ",
        "2024-01-01 00:00",
        "2024-01-01 24:00:00",
        "2024-01-01 00:60:00",
        "2024-01-01 00:00:60",
        "2024-01-01 00:00:00.",
        "2024-01-01 00:00:00.1234567",
        "2024-01-01 00:00:00,1",
        "2024-01-01 00:00:00.12x",
        "2024-01-0a",
        "20240101010101"
      })
  void refusesTextThatIsNoDate(String text) {
    Value value = Value.text(Value.column(ColumnType.DATETIME), text);

    assertThatThrownBy(() -> value.as(LocalDateTime.class)).isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "E8, one byte",
    "E807, two bytes",
    "E80701, three bytes",
    "E807010101, five bytes",
    "E80701010101, six bytes",
    "E807010101010101, eight bytes",
    "E80701010101010101, nine bytes",
    "E8070101010101010101010101, thirteen bytes",
    "E8070D01, month 13",
    "E80701FF, day 255",
    "E8070120, day 32",
    "10270101, year 10000",
    "E8070101180000, hour 24",
    "E8070101003C00, minute 60",
    "E807010100003C, second 60",
    "E8070101000000 40420F00, a million microseconds",
    "E8070101000000 FFFFFFFF, 2^32 - 1 microseconds"
  })
  void refusesBinaryDatesThatAreNone(String hex, String why) {
    Value value = Value.binary(Value.column(ColumnType.DATETIME), hex);

    assertThatThrownBy(() -> value.as(LocalDateTime.class))
        .as(why)
        .isInstanceOf(ConversionException.class);
    assertThatThrownBy(value::string).as(why).isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00:00:00, '', PT0S",
    "0, 17:04:05, 0000000000110405, PT17H4M5S",
    "2, -12:34:56.78, 01000000000C2238 E0E60B00, PT-12H-34M-56.78S",
    "0, 838:59:59, 0022000000163B3B, PT838H59M59S",
    "6, -838:59:59.000000, 0122000000163B3B, PT-838H-59M-59S",
    "6, -00:00:00.000001, 010000000000000001000000, PT-0.000001S",
    "6, 100:00:00.999999, 00040000000400003F420F00, PT100H0.999999S"
  })
  void readsATime(int decimals, String text, String hex, Duration expected) {
    ColumnDefinition column = Value.column(ColumnType.TIME, 63, 17, 0, decimals);
    for (Value value : Value.both(column, text, hex)) {
      assertThat(value.string()).isEqualTo(text);
      assertThat(value.as(Duration.class)).isEqualTo(expected);
      assertThat(value.object()).isEqualTo(expected);
      if (expected.isNegative() || expected.toHours() >= 24) {
        assertThatThrownBy(() -> value.as(LocalTime.class))
            .isInstanceOf(ConversionException.class)
            .hasMessageContaining("read a Duration");
      } else {
        assertThat(value.as(LocalTime.class)).isEqualTo(LocalTime.ofNanoOfDay(expected.toNanos()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "12:34",
        "12:34:5",
        ":34:56",
        "-839:00:00",
        "838:59:59.9999991",
        "12:60:00",
        "12:00:60",
        "12:00:00.",
        "12:00:00.1234567",
        "1234:00:00",
        "1a:00:00",
        "12-00-00",
        "12:00:00x",
        "--1:00:00",
        "839:00:00"
      })
  void refusesTextThatIsNoTime(String text) {
    Value value = Value.text(Value.column(ColumnType.TIME), text);

    assertThatThrownBy(() -> value.as(Duration.class)).isInstanceOf(ConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "00, one byte",
    "0000000000, five bytes",
    "000000000000000000, nine bytes",
    "00000000000000000000000000, thirteen bytes",
    "0200000000000000, a sign of two",
    "0000000080000000, 2^31 days",
    "0023000000000000, 35 days",
    "0022000000170000, 839 hours",
    "0000000000180000, hour 24",
    "0000000000003C00, minute 60",
    "000000000000003C, second 60",
    "0000000000000000 FFFFFFFF, 2^32 - 1 microseconds",
    "0000000000000000 40420F00, a million microseconds"
  })
  void refusesBinaryTimesThatAreNone(String hex, String why) {
    Value value = Value.binary(Value.column(ColumnType.TIME), hex);

    assertThatThrownBy(() -> value.as(Duration.class))
        .as(why)
        .isInstanceOf(ConversionException.class);
    assertThatThrownBy(value::string).as(why).isInstanceOf(ConversionException.class);
  }

  private static DecodingOptions policy(ZeroDates zeroDates) {
    return new DecodingOptions(
        zeroDates, DecodingOptions.DEFAULT.codecs(), DecodingOptions.DEFAULT.zone());
  }
}
