package io.bonito.jdbc;

import io.bonito.protocol.message.ColumnDefinition;
import io.bonito.protocol.option.CompatibilityOptions;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.SessionZone;
import io.bonito.protocol.value.Collation;
import io.bonito.protocol.value.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;

/**
 * What a column is in JDBC's words: its type, the name tools look for, and what getObject gives.
 */
enum JdbcType {
  BIT(Types.BIT, "BIT", byte[].class),
  BIT_TRUTH(Types.BIT, "BIT", Boolean.class),
  BOOLEAN(Types.BOOLEAN, "BOOLEAN", Boolean.class),
  TINYINT(Types.TINYINT, "TINYINT", Integer.class),
  TINYINT_UNSIGNED(Types.TINYINT, "TINYINT UNSIGNED", Integer.class),
  SMALLINT(Types.SMALLINT, "SMALLINT", Integer.class),
  SMALLINT_UNSIGNED(Types.SMALLINT, "SMALLINT UNSIGNED", Integer.class),
  MEDIUMINT(Types.INTEGER, "MEDIUMINT", Integer.class),
  MEDIUMINT_UNSIGNED(Types.INTEGER, "MEDIUMINT UNSIGNED", Integer.class),
  INT(Types.INTEGER, "INT", Integer.class),
  INT_UNSIGNED(Types.INTEGER, "INT UNSIGNED", Long.class),
  BIGINT(Types.BIGINT, "BIGINT", Long.class),
  BIGINT_UNSIGNED(Types.BIGINT, "BIGINT UNSIGNED", BigInteger.class),
  DECIMAL(Types.DECIMAL, "DECIMAL", BigDecimal.class),
  DECIMAL_UNSIGNED(Types.DECIMAL, "DECIMAL UNSIGNED", BigDecimal.class),
  FLOAT(Types.REAL, "FLOAT", Float.class),
  FLOAT_UNSIGNED(Types.REAL, "FLOAT UNSIGNED", Float.class),
  DOUBLE(Types.DOUBLE, "DOUBLE", Double.class),
  DOUBLE_UNSIGNED(Types.DOUBLE, "DOUBLE UNSIGNED", Double.class),
  DATE(Types.DATE, "DATE", Date.class),
  TIME(Types.TIME, "TIME", Time.class),
  DATETIME(Types.TIMESTAMP, "DATETIME", Timestamp.class),
  TIMESTAMP(Types.TIMESTAMP, "TIMESTAMP", Timestamp.class),
  YEAR(Types.SMALLINT, "YEAR", Integer.class),
  YEAR_DATE(Types.DATE, "YEAR", Date.class),
  CHAR(Types.CHAR, "CHAR", String.class),
  VARCHAR(Types.VARCHAR, "VARCHAR", String.class),
  TINYTEXT(Types.VARCHAR, "TINYTEXT", String.class),
  TEXT(Types.LONGVARCHAR, "TEXT", String.class),
  MEDIUMTEXT(Types.LONGVARCHAR, "MEDIUMTEXT", String.class),
  LONGTEXT(Types.LONGVARCHAR, "LONGTEXT", String.class),
  ENUM(Types.CHAR, "ENUM", String.class),
  SET(Types.CHAR, "SET", String.class),
  JSON(Types.LONGVARCHAR, "JSON", String.class),
  UUID(Types.CHAR, "UUID", String.class),
  INET4(Types.CHAR, "INET4", String.class),
  INET6(Types.CHAR, "INET6", String.class),
  BINARY(Types.BINARY, "BINARY", byte[].class),
  VARBINARY(Types.VARBINARY, "VARBINARY", byte[].class),
  TINYBLOB(Types.VARBINARY, "TINYBLOB", byte[].class),
  BLOB(Types.LONGVARBINARY, "BLOB", byte[].class),
  MEDIUMBLOB(Types.LONGVARBINARY, "MEDIUMBLOB", byte[].class),
  LONGBLOB(Types.LONGVARBINARY, "LONGBLOB", byte[].class),
  GEOMETRY(Types.BINARY, "GEOMETRY", byte[].class),
  VECTOR(Types.LONGVARBINARY, "VECTOR", float[].class),
  NULL(Types.NULL, "NULL", Object.class),
  UNKNOWN(Types.OTHER, "UNKNOWN", byte[].class);

  private static final long TINY = 255;
  private static final long MEDIUM = 1L << 24;

  private final int code;
  private final String typeName;
  private final Class<?> javaClass;

  JdbcType(int code, String typeName, Class<?> javaClass) {
    this.code = code;
    this.typeName = typeName;
    this.javaClass = javaClass;
  }

  /** One of {@link Types}. */
  int code() {
    return code;
  }

  String typeName() {
    return typeName;
  }

  /** How many decimal digits an integer of this type has at most; 0 for other types. */
  int digits() {
    return switch (this) {
      case TINYINT, TINYINT_UNSIGNED -> 3;
      case SMALLINT, SMALLINT_UNSIGNED -> 5;
      case MEDIUMINT -> 7;
      case MEDIUMINT_UNSIGNED -> 8;
      case INT, INT_UNSIGNED -> 10;
      case BIGINT -> 19;
      case BIGINT_UNSIGNED -> 20;
      default -> 0;
    };
  }

  /** What getObject gives. */
  Class<?> javaClass() {
    return javaClass;
  }

  boolean isText() {
    return javaClass == String.class;
  }

  boolean isNumber() {
    return Number.class.isAssignableFrom(javaClass);
  }

  /** The application's choices among readings of a type, and of its values. */
  record Choices(
      boolean tinyIsTruth,
      boolean truthIsBoolean,
      boolean yearIsDate,
      boolean aliasesAreNames,
      boolean blankTables,
      SessionZone zone) {
    static Choices of(ConnectionOptions options, SessionZone zone) {
      return new Choices(
          options.get(Options.TINY_INT1_IS_BIT),
          options.get(Options.TRANSFORMED_BIT_IS_BOOLEAN),
          options.get(Options.YEAR_IS_DATE_TYPE),
          options.get(CompatibilityOptions.USE_OLD_ALIAS_METADATA_BEHAVIOR),
          options.get(CompatibilityOptions.BLANK_TABLE_NAME_META),
          zone);
    }
  }

  static JdbcType of(ColumnDefinition column, Choices choices) {
    boolean unsigned = column.isUnsigned();
    return switch (ColumnType.of(column.type())) {
      case TINY -> {
        if (column.length() == 1 && !unsigned && choices.tinyIsTruth()) {
          yield choices.truthIsBoolean() ? BOOLEAN : BIT_TRUTH;
        }
        yield unsigned ? TINYINT_UNSIGNED : TINYINT;
      }
      case SHORT -> unsigned ? SMALLINT_UNSIGNED : SMALLINT;
      case INT24 -> unsigned ? MEDIUMINT_UNSIGNED : MEDIUMINT;
      case LONG -> unsigned ? INT_UNSIGNED : INT;
      case LONGLONG -> unsigned ? BIGINT_UNSIGNED : BIGINT;
      case DECIMAL, NEWDECIMAL -> unsigned ? DECIMAL_UNSIGNED : DECIMAL;
      case FLOAT -> unsigned ? FLOAT_UNSIGNED : FLOAT;
      case DOUBLE -> unsigned ? DOUBLE_UNSIGNED : DOUBLE;
      case BIT -> column.length() == 1 ? BIT_TRUTH : BIT;
      case YEAR -> choices.yearIsDate() ? YEAR_DATE : YEAR;
      case DATE, NEWDATE -> DATE;
      case TIME, TIME2 -> TIME;
      case DATETIME, DATETIME2 -> DATETIME;
      case TIMESTAMP, TIMESTAMP2 -> TIMESTAMP;
      case JSON -> JSON;
      case GEOMETRY -> GEOMETRY;
      case VECTOR -> VECTOR;
      case NULL -> NULL;
      case ENUM -> ENUM;
      case SET -> SET;
      case STRING, VAR_STRING, VARCHAR, TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, BLOB -> ofText(column);
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** Types whose bytes look alike: what is meant is told by flags, names and lengths. */
  private static JdbcType ofText(ColumnDefinition column) {
    return switch (column.extendedType()) {
      case "uuid" -> UUID;
      case "inet4" -> INET4;
      case "inet6" -> INET6;
      default -> ofPlainText(column);
    };
  }

  private static JdbcType ofPlainText(ColumnDefinition column) {
    if (column.extendedFormat().equals("json")) {
      return JSON;
    }
    if (column.isEnum()) {
      return ENUM;
    }
    if (column.isSet()) {
      return SET;
    }
    boolean binary = column.collation() == Collation.BINARY;
    return switch (ColumnType.of(column.type())) {
      case STRING -> binary ? BINARY : CHAR;
      case VAR_STRING, VARCHAR -> binary ? VARBINARY : VARCHAR;
      default -> ofLength(column.length() / characterSize(column), binary);
    };
  }

  private static JdbcType ofLength(long length, boolean binary) {
    if (length <= TINY) {
      return binary ? TINYBLOB : TINYTEXT;
    }
    if (length < 1L << 16) {
      return binary ? BLOB : TEXT;
    }
    if (length < MEDIUM) {
      return binary ? MEDIUMBLOB : MEDIUMTEXT;
    }
    return binary ? LONGBLOB : LONGTEXT;
  }

  /** How many bytes the server counts for a character of this column. */
  static int characterSize(ColumnDefinition column) {
    return Math.max(1, Collation.charset(column.collation()).maxBytes());
  }
}
