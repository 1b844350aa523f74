package io.bonito.r2dbc;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.Collation;
import io.bonito.protocol.value.ColumnType;
import io.r2dbc.spi.R2dbcType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** What a column is in R2DBC's words, and what it is read as where nobody says. */
enum ColumnKind {
  BOOLEAN(R2dbcType.BOOLEAN, Boolean.class),
  TINYINT(R2dbcType.TINYINT, Byte.class),
  TINYINT_UNSIGNED(R2dbcType.SMALLINT, Short.class),
  SMALLINT(R2dbcType.SMALLINT, Short.class),
  SMALLINT_UNSIGNED(R2dbcType.INTEGER, Integer.class),
  INTEGER(R2dbcType.INTEGER, Integer.class),
  INTEGER_UNSIGNED(R2dbcType.BIGINT, Long.class),
  BIGINT(R2dbcType.BIGINT, Long.class),
  BIGINT_UNSIGNED(R2dbcType.NUMERIC, BigInteger.class),
  DECIMAL(R2dbcType.DECIMAL, BigDecimal.class),
  FLOAT(R2dbcType.REAL, Float.class),
  DOUBLE(R2dbcType.DOUBLE, Double.class),
  DATE(R2dbcType.DATE, LocalDate.class),
  TIME(R2dbcType.TIME, LocalTime.class),
  DATETIME(R2dbcType.TIMESTAMP, LocalDateTime.class),
  CHAR(R2dbcType.CHAR, String.class),
  VARCHAR(R2dbcType.VARCHAR, String.class),
  TEXT(R2dbcType.CLOB, String.class),
  BINARY(R2dbcType.BINARY, ByteBuffer.class),
  VARBINARY(R2dbcType.VARBINARY, ByteBuffer.class),
  BLOB(R2dbcType.BLOB, ByteBuffer.class);

  private final R2dbcType type;
  private final Class<?> javaType;

  ColumnKind(R2dbcType type, Class<?> javaType) {
    this.type = type;
    this.javaType = javaType;
  }

  R2dbcType type() {
    return type;
  }

  Class<?> javaType() {
    return javaType;
  }

  /**
   * @param tinyIsTruth whether TINYINT(1) is a truth
   */
  static ColumnKind of(ColumnDefinition column, boolean tinyIsTruth) {
    boolean unsigned = column.isUnsigned();
    return switch (ColumnType.of(column.type())) {
      case TINY -> {
        if (tinyIsTruth && column.length() == 1 && !unsigned) {
          yield BOOLEAN;
        }
        yield unsigned ? TINYINT_UNSIGNED : TINYINT;
      }
      case SHORT -> unsigned ? SMALLINT_UNSIGNED : SMALLINT;
      case YEAR -> SMALLINT;
      case INT24 -> INTEGER;
      case LONG -> unsigned ? INTEGER_UNSIGNED : INTEGER;
      case LONGLONG -> unsigned ? BIGINT_UNSIGNED : BIGINT;
      case DECIMAL, NEWDECIMAL -> DECIMAL;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case BIT -> column.length() == 1 ? BOOLEAN : VARBINARY;
      case DATE, NEWDATE -> DATE;
      case TIME, TIME2 -> TIME;
      case DATETIME, DATETIME2, TIMESTAMP, TIMESTAMP2 -> DATETIME;
      case JSON -> TEXT;
      case GEOMETRY, VECTOR, UNKNOWN -> BLOB;
      case NULL, ENUM, SET -> VARCHAR;
      case STRING -> isBinary(column) ? BINARY : CHAR;
      case VAR_STRING, VARCHAR -> isBinary(column) ? VARBINARY : VARCHAR;
      case TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, BLOB -> isBinary(column) ? BLOB : TEXT;
    };
  }

  boolean isBinary() {
    return this == BINARY || this == VARBINARY || this == BLOB;
  }

  private static boolean isBinary(ColumnDefinition column) {
    return column.collation() == Collation.BINARY;
  }

  /** A value that is not NULL, as the type that is natural here. */
  @Nullable Object read(Row row, int column) {
    return switch (this) {
      case BOOLEAN -> row.getBoolean(column);
      case TINYINT -> row.getByte(column);
      case TINYINT_UNSIGNED, SMALLINT -> row.getShort(column);
      case SMALLINT_UNSIGNED, INTEGER -> row.getInt(column);
      case INTEGER_UNSIGNED, BIGINT -> row.getLong(column);
      case BIGINT_UNSIGNED -> row.getBigInteger(column);
      case DECIMAL -> row.getBigDecimal(column);
      case FLOAT -> row.getFloat(column);
      case DOUBLE -> row.getDouble(column);
      case DATE -> row.getLocalDate(column);
      case TIME -> row.getLocalTime(column);
      case DATETIME -> row.getLocalDateTime(column);
      case CHAR, VARCHAR, TEXT -> row.getString(column);
      case BINARY, VARBINARY, BLOB -> {
        byte[] bytes = row.getBytes(column);
        yield bytes == null ? null : ByteBuffer.wrap(bytes);
      }
    };
  }
}
