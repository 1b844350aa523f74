package io.bonito.jdbc;

import java.sql.Types;

/** What can be told of the servers' types without asking. */
final class TypeInfo {
  private TypeInfo() {}

  /** Whether {@code {fn CONVERT}} takes values of a type. */
  static boolean isConvertible(int type) {
    return isConversionTarget(type)
        || switch (type) {
          case Types.NULL, Types.LONGVARBINARY, Types.BLOB -> true;
          default -> false;
        };
  }

  /** Whether {@code {fn CONVERT}} makes values of a type. */
  static boolean isConversionTarget(int type) {
    return switch (type) {
      case Types.BIT,
          Types.BOOLEAN,
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.DECIMAL,
          Types.NUMERIC,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.CLOB,
          Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.BLOB,
          Types.DATE,
          Types.TIME,
          Types.TIMESTAMP ->
          true;
      default -> false;
    };
  }
}
