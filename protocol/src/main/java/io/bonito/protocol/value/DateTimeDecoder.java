package io.bonito.protocol.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.protocol.message.ColumnDefinition;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * DATE, DATETIME and TIMESTAMP. Canonical form: a {@link PackedDateTime}, zero dates included.
 *
 * <p>A string has as many fraction digits as the column, 0 to 6, as in the server's own text.
 */
final class DateTimeDecoder extends ColumnDecoder {
  private final boolean text;
  private final boolean dateOnly;

  DateTimeDecoder(ColumnDefinition column, WireFormat format, DecodingOptions options) {
    super(column, format, options);
    ColumnType type = ColumnType.of(column.type());
    this.text = format == WireFormat.TEXT;
    this.dateOnly = type == ColumnType.DATE || type == ColumnType.NEWDATE;
  }

  @Override
  String readString(byte[] bytes, int offset, int length) {
    if (text) {
      return new String(bytes, offset, length, ISO_8859_1);
    }
    long packed = TemporalValues.readDateTime(bytes, offset, length);
    return dateOnly
        ? TemporalText.date(packed)
        : TemporalText.dateTime(
            packed, fractionDigits(PackedDateTime.micros(packed) != 0, column().decimals()));
  }

  @Override
  public @Nullable LocalDate getLocalDate(byte[] bytes, int offset, int length) {
    return TemporalValues.toLocalDate(packed(bytes, offset, length), options().zeroDates());
  }

  @Override
  public @Nullable LocalTime getLocalTime(byte[] bytes, int offset, int length) {
    if (dateOnly) {
      throw cannotBe("a LocalTime");
    }
    return TemporalValues.toLocalTime(packed(bytes, offset, length));
  }

  @Override
  public @Nullable LocalDateTime getLocalDateTime(byte[] bytes, int offset, int length) {
    return TemporalValues.toLocalDateTime(packed(bytes, offset, length), options().zeroDates());
  }

  @Override
  @Nullable Object natural(byte[] bytes, int offset, int length) {
    return dateOnly ? getLocalDate(bytes, offset, length) : getLocalDateTime(bytes, offset, length);
  }

  @Override
  Class<?> naturalClass() {
    return dateOnly ? LocalDate.class : LocalDateTime.class;
  }

  private long packed(byte[] bytes, int offset, int length) {
    return text
        ? TemporalValues.parseDateTime(bytes, offset, length)
        : TemporalValues.readDateTime(bytes, offset, length);
  }
}
