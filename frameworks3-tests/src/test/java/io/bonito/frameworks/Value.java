package io.bonito.frameworks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Clob;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An entity with an attribute of each basic type. */
@Entity
@Table(name = "kinds")
class Value {
  enum Colour {
    RED,
    GREEN
  }

  @Id int id;
  Boolean truth;
  Byte tiny;
  Short small;
  Long large;
  Float single;
  Double twice;

  @Column(precision = 30, scale = 10)
  BigDecimal price;

  BigInteger huge;
  Character letter;
  String text;
  @Lob String story;
  byte[] bytes;
  @Lob byte[] longBytes;
  Blob picture;
  Clob document;
  LocalDate date;
  LocalTime time;
  LocalDateTime dateTime;
  Instant instant;
  OffsetDateTime offsetDateTime;
  Duration duration;
  UUID uuid;

  @JdbcTypeCode(SqlTypes.CHAR)
  UUID uuidText;

  Colour colour;

  @Enumerated(EnumType.STRING)
  Colour colourName;

  Value() {}

  Value(int id) {
    this.id = id;
  }

  static Value filled(int id) {
    Value value = new Value(id);
    value.truth = true;
    value.tiny = -128;
    value.small = 32767;
    value.large = Long.MIN_VALUE;
    value.single = 1.25f;
    value.twice = Math.PI;
    value.price = new BigDecimal("12345678901234567890.0123456789");
    value.huge = BigInteger.TEN.pow(30);
    value.letter = 'ß';
    value.text = "ä€𝄞 \\ ' \"";
    value.story = "long ".repeat(20_000);
    value.bytes = new byte[] {0, -1, 92, 39};
    value.longBytes = new byte[100_000];
    value.date = LocalDate.of(2026, 3, 29);
    value.time = LocalTime.of(23, 59, 59);
    value.dateTime = LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_000);
    value.instant = Instant.parse("2026-03-29T01:30:00.123456Z");
    value.offsetDateTime = OffsetDateTime.parse("2026-10-25T01:30:00Z");
    value.duration = Duration.ofSeconds(90, 5);
    value.uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    value.uuidText = value.uuid;
    value.colour = Colour.GREEN;
    value.colourName = Colour.GREEN;
    return value;
  }

  /** What compares by its content. */
  List<Object> facts() {
    return Arrays.asList(
        truth,
        tiny,
        small,
        large,
        single,
        twice,
        price,
        huge,
        letter,
        text,
        story,
        bytes == null ? null : new BigInteger(bytes),
        longBytes == null ? null : longBytes.length,
        date,
        time,
        dateTime,
        instant,
        offsetDateTime == null ? null : offsetDateTime.toInstant(),
        duration,
        uuid,
        uuidText,
        colour,
        colourName);
  }
}
