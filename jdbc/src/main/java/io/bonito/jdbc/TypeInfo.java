package io.bonito.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.List;

/** What can be told of the servers' types without asking. */
final class TypeInfo {
  private static final int SEARCHABLE = DatabaseMetaData.typeSearchable;
  private static final long LONG_MAX = Integer.MAX_VALUE;

  private TypeInfo() {}

  /** What {@link DatabaseMetaData#getTypeInfo} tells, by the numbers of the types. */
  static FixedRows rows() {
    FixedRows rows =
        new FixedRows(
            "TYPE_NAME",
            "DATA_TYPE#",
            "PRECISION#",
            "LITERAL_PREFIX",
            "LITERAL_SUFFIX",
            "CREATE_PARAMS",
            "NULLABLE#",
            "CASE_SENSITIVE#",
            "SEARCHABLE#",
            "UNSIGNED_ATTRIBUTE#",
            "FIXED_PREC_SCALE#",
            "AUTO_INCREMENT#",
            "LOCAL_TYPE_NAME",
            "MINIMUM_SCALE#",
            "MAXIMUM_SCALE#",
            "SQL_DATA_TYPE#",
            "SQL_DATETIME_SUB#",
            "NUM_PREC_RADIX#");
    add(rows, JdbcType.BIT, 64, "b'", "(M)", false, 0);
    number(rows, JdbcType.TINYINT, 3, JdbcType.TINYINT_UNSIGNED);
    number(rows, JdbcType.BIGINT, 19, JdbcType.BIGINT_UNSIGNED);
    add(rows, JdbcType.LONGBLOB, LONG_MAX, "x'", "", true, 0);
    add(rows, JdbcType.MEDIUMBLOB, 16_777_215, "x'", "", true, 0);
    add(rows, JdbcType.BLOB, 65_535, "x'", "(M)", true, 0);
    add(rows, JdbcType.VARBINARY, 65_535, "x'", "(M)", true, 0);
    add(rows, JdbcType.TINYBLOB, 255, "x'", "", true, 0);
    add(rows, JdbcType.BINARY, 255, "x'", "(M)", true, 0);
    add(rows, JdbcType.LONGTEXT, LONG_MAX, "'", "", false, 0);
    add(rows, JdbcType.MEDIUMTEXT, 16_777_215, "'", "", false, 0);
    add(rows, JdbcType.TEXT, 65_535, "'", "(M)", false, 0);
    add(rows, JdbcType.JSON, 1_073_741_824, "'", "", true, 0);
    add(rows, JdbcType.CHAR, 255, "'", "(M)", false, 0);
    add(rows, JdbcType.ENUM, 65_535, "'", "('a', 'b')", false, 0);
    add(rows, JdbcType.SET, 64, "'", "('a', 'b')", false, 0);
    number(rows, JdbcType.DECIMAL, 65, JdbcType.DECIMAL_UNSIGNED);
    number(rows, JdbcType.INT, 10, JdbcType.INT_UNSIGNED);
    number(rows, JdbcType.MEDIUMINT, 7, JdbcType.MEDIUMINT_UNSIGNED);
    number(rows, JdbcType.SMALLINT, 5, JdbcType.SMALLINT_UNSIGNED);
    number(rows, JdbcType.FLOAT, 12, JdbcType.FLOAT_UNSIGNED);
    number(rows, JdbcType.DOUBLE, 22, JdbcType.DOUBLE_UNSIGNED);
    add(rows, JdbcType.VARCHAR, 65_535, "'", "(M)", false, 0);
    add(rows, JdbcType.TINYTEXT, 255, "'", "", false, 0);
    add(rows, JdbcType.BOOLEAN, 1, "", "", false, 0);
    add(rows, JdbcType.DATE, 10, "'", "", false, 0);
    add(rows, JdbcType.YEAR_DATE, 4, "", "", false, 0);
    add(rows, JdbcType.TIME, 17, "'", "(M)", false, 6);
    add(rows, JdbcType.DATETIME, 26, "'", "(M)", false, 6);
    add(rows, JdbcType.TIMESTAMP, 26, "'", "(M)", false, 6);
    return rows;
  }

  private static void number(FixedRows rows, JdbcType signed, int digits, JdbcType unsigned) {
    boolean decimal = signed == JdbcType.DECIMAL;
    boolean floating = signed == JdbcType.FLOAT || signed == JdbcType.DOUBLE;
    for (JdbcType type : List.of(signed, unsigned)) {
      rows.add(
          type.typeName(),
          type.code(),
          digits,
          "",
          "",
          decimal || floating ? "(M,D) [ZEROFILL]" : "(M) [ZEROFILL]",
          DatabaseMetaData.typeNullable,
          0,
          SEARCHABLE,
          type == unsigned ? 1 : 0,
          0,
          decimal ? 0 : 1,
          type.typeName(),
          decimal || floating ? -30 : 0,
          decimal || floating ? 30 : 0,
          0,
          0,
          10);
    }
  }

  private static void add(
      FixedRows rows,
      JdbcType type,
      long precision,
      String prefix,
      String parameters,
      boolean caseSensitive,
      int scale) {
    rows.add(
        type.typeName(),
        type.code(),
        precision,
        prefix,
        prefix.isEmpty() ? "" : "'",
        parameters,
        DatabaseMetaData.typeNullable,
        caseSensitive ? 1 : 0,
        SEARCHABLE,
        0,
        0,
        0,
        type.typeName(),
        0,
        scale,
        0,
        0,
        10);
  }

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
