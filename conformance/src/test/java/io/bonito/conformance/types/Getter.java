package io.bonito.conformance.types;

import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ConversionException;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The getters that a row of the core and a result of JDBC have in common. */
enum Getter {
  BOOLEAN(Row::getBoolean, ResultSet::getBoolean),
  BYTE(Row::getByte, ResultSet::getByte),
  SHORT(Row::getShort, ResultSet::getShort),
  INT(Row::getInt, ResultSet::getInt),
  LONG(Row::getLong, ResultSet::getLong),
  FLOAT(Row::getFloat, ResultSet::getFloat),
  DOUBLE(Row::getDouble, ResultSet::getDouble),
  STRING(Row::getString, ResultSet::getString),
  BYTES(Row::getBytes, ResultSet::getBytes),
  BIG_DECIMAL(Row::getBigDecimal, ResultSet::getBigDecimal),
  BIG_INTEGER(Row::getBigInteger, (rows, column) -> rows.getObject(column, BigInteger.class)),
  LOCAL_DATE(Row::getLocalDate, (rows, column) -> rows.getObject(column, LocalDate.class)),
  LOCAL_TIME(Row::getLocalTime, (rows, column) -> rows.getObject(column, LocalTime.class)),
  LOCAL_DATE_TIME(
      Row::getLocalDateTime, (rows, column) -> rows.getObject(column, LocalDateTime.class)),
  DURATION(Row::getDuration, (rows, column) -> rows.getObject(column, Duration.class));

  /** What stands for a getter's refusal. */
  static final String REFUSED = "refused";

  private interface OfRow {
    @Nullable Object get(Row row, int index);
  }

  private interface OfResultSet {
    @Nullable Object get(ResultSet rows, int column) throws SQLException;
  }

  private final OfRow ofRow;
  private final OfResultSet ofResultSet;

  Getter(OfRow ofRow, OfResultSet ofResultSet) {
    this.ofRow = ofRow;
    this.ofResultSet = ofResultSet;
  }

  /** What every getter says of the value; bytes in hexadecimal. */
  static Map<Getter, @Nullable Object> all(Row row, int index) {
    Map<Getter, @Nullable Object> outcomes = new EnumMap<>(Getter.class);
    for (Getter getter : values()) {
      try {
        outcomes.put(getter, comparable(getter.ofRow.get(row, index)));
      } catch (ConversionException e) {
        outcomes.put(getter, REFUSED);
      }
    }
    return outcomes;
  }

  static Map<Getter, @Nullable Object> all(ResultSet rows, int column) throws SQLException {
    Map<Getter, @Nullable Object> outcomes = new EnumMap<>(Getter.class);
    for (Getter getter : values()) {
      try {
        outcomes.put(getter, comparable(getter.ofResultSet.get(rows, column)));
      } catch (SQLDataException e) {
        outcomes.put(getter, REFUSED);
      }
    }
    return outcomes;
  }

  private static @Nullable Object comparable(@Nullable Object value) {
    return value instanceof byte[] bytes ? hex(bytes) : value;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
