package io.bonito.conformance.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.conformance.types.SqlType.Value;
import io.bonito.protocol.value.WireFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;

/** What getters must say of a value: by Java's own arithmetic, and by the server's word. */
final class Expected {
  private Expected() {}

  static void check(String what, Value value, WireFormat format, Reading reading) {
    Object natural = format == WireFormat.TEXT ? value.inText() : value.natural();
    if (reading.natural() != null) {
      assertThat(reading.natural()).as(what).isEqualTo(natural);
    }
    if (reading.text() != null) {
      assertThat(reading.outcomes().get(Getter.STRING)).as(what).isEqualTo(reading.text());
    }
    if (reading.hex() != null) {
      assertThat(reading.outcomes().get(Getter.BYTES)).as(what).isEqualTo(reading.hex());
    }
    typed(natural)
        .forEach(
            (getter, due) ->
                assertThat(reading.outcomes().get(getter))
                    .as(what + " as " + getter)
                    .isEqualTo(due));
  }

  private static Map<Getter, Object> typed(Object natural) {
    if (natural instanceof Number number) {
      return number(number);
    }
    if (natural instanceof Boolean truth) {
      return Map.of(Getter.BOOLEAN, truth, Getter.INT, truth ? 1 : 0);
    }
    if (natural instanceof LocalDate date) {
      return Map.of(
          Getter.LOCAL_DATE,
          date,
          Getter.LOCAL_DATE_TIME,
          date.atStartOfDay(),
          Getter.LOCAL_TIME,
          Getter.REFUSED,
          Getter.LONG,
          Getter.REFUSED);
    }
    if (natural instanceof LocalDateTime at) {
      return Map.of(
          Getter.LOCAL_DATE_TIME,
          at,
          Getter.LOCAL_DATE,
          at.toLocalDate(),
          Getter.LOCAL_TIME,
          at.toLocalTime(),
          Getter.LONG,
          Getter.REFUSED);
    }
    if (natural instanceof Duration time) {
      boolean ofDay = !time.isNegative() && time.toHours() < 24;
      return Map.of(
          Getter.DURATION,
          time,
          Getter.LOCAL_TIME,
          ofDay ? LocalTime.MIDNIGHT.plus(time) : Getter.REFUSED,
          Getter.LOCAL_DATE,
          Getter.REFUSED);
    }
    if (natural instanceof byte[] bytes) {
      return Map.of(Getter.BYTES, Getter.hex(bytes));
    }
    return natural instanceof String text ? Map.of(Getter.STRING, text) : Map.of();
  }

  private static Map<Getter, Object> number(Number natural) {
    if (natural instanceof Float value) {
      return Map.of(Getter.FLOAT, value, Getter.BOOLEAN, value != 0, Getter.INT, whole(value));
    }
    if (natural instanceof Double value) {
      return Map.of(
          Getter.DOUBLE,
          value,
          Getter.BOOLEAN,
          value != 0,
          Getter.LONG,
          within(new BigDecimal(value), Long.MIN_VALUE, Long.MAX_VALUE));
    }
    BigDecimal exact = new BigDecimal(natural.toString());
    return Map.of(
        Getter.BOOLEAN, exact.signum() != 0,
        Getter.BYTE, byteOf(exact),
        Getter.SHORT, shortOf(exact),
        Getter.INT, intOf(exact),
        Getter.LONG, within(exact, Long.MIN_VALUE, Long.MAX_VALUE),
        Getter.DOUBLE, exact.doubleValue(),
        Getter.BIG_DECIMAL, exact,
        Getter.BIG_INTEGER, exact.toBigInteger(),
        Getter.LOCAL_DATE, Getter.REFUSED);
  }

  private static Object whole(float value) {
    return intOf(new BigDecimal(value));
  }

  private static Object byteOf(BigDecimal exact) {
    Object value = within(exact, Byte.MIN_VALUE, Byte.MAX_VALUE);
    return value instanceof Long number ? (Object) number.byteValue() : value;
  }

  private static Object shortOf(BigDecimal exact) {
    Object value = within(exact, Short.MIN_VALUE, Short.MAX_VALUE);
    return value instanceof Long number ? (Object) number.shortValue() : value;
  }

  private static Object intOf(BigDecimal exact) {
    Object value = within(exact, Integer.MIN_VALUE, Integer.MAX_VALUE);
    return value instanceof Long number ? (Object) number.intValue() : value;
  }

  /** The number without its fraction, or a refusal. */
  private static Object within(BigDecimal exact, long least, long most) {
    BigInteger whole = exact.toBigInteger();
    boolean fits =
        whole.compareTo(BigInteger.valueOf(least)) >= 0
            && whole.compareTo(BigInteger.valueOf(most)) <= 0;
    return fits ? (Object) whole.longValue() : Getter.REFUSED;
  }
}
