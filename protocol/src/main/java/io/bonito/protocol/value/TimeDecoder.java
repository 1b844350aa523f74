package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.protocol.message.ColumnDefinition;
import java.time.Duration;
import java.time.LocalTime;

/**
 * TIME: a span between -838:59:59.999999 and 838:59:59.999999, which may also be meant as a time of
 * day. Canonical form: microseconds.
 */
final class TimeDecoder extends ColumnDecoder {
  private final boolean text;

  TimeDecoder(ColumnDefinition column, WireFormat format, DecodingOptions options) {
    super(column, format, options);
    this.text = format == WireFormat.TEXT;
  }

  @Override
  String readString(byte[] bytes, int offset, int length) {
    if (text) {
      return new String(bytes, offset, length, ISO_8859_1);
    }
    long micros = SqlTime.read(bytes, offset, length);
    boolean fraction = micros % SqlTime.MICROS_PER_SECOND != 0;
    return TemporalText.time(micros, fractionDigits(fraction, column().decimals()));
  }

  @Override
  public Duration getDuration(byte[] bytes, int offset, int length) {
    return SqlTime.toDuration(micros(bytes, offset, length));
  }

  @Override
  public LocalTime getLocalTime(byte[] bytes, int offset, int length) {
    return SqlTime.timeOfDay(micros(bytes, offset, length));
  }

  @Override
  Object natural(byte[] bytes, int offset, int length) {
    return getDuration(bytes, offset, length);
  }

  @Override
  Class<?> naturalClass() {
    return Duration.class;
  }

  private long micros(byte[] bytes, int offset, int length) {
    return text ? SqlTime.parse(bytes, offset, length) : SqlTime.read(bytes, offset, length);
  }
}
