package io.bonito.protocol.value;

import java.util.Arrays;

/**
 * The server's column types: their code on the wire and their size in a binary row.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/field__types_8h.html">Field
 *     types</a>
 */
public enum ColumnType {
  /** DECIMAL of servers before 5.0; written like {@link #NEWDECIMAL}. */
  DECIMAL(0x00, 0),
  TINY(0x01, 1),
  SHORT(0x02, 2),
  LONG(0x03, 4),
  FLOAT(0x04, 4),
  DOUBLE(0x05, 8),
  NULL(0x06, 0),
  TIMESTAMP(0x07, 0),
  LONGLONG(0x08, 8),
  INT24(0x09, 4),
  DATE(0x0A, 0),
  TIME(0x0B, 0),
  DATETIME(0x0C, 0),
  YEAR(0x0D, 2),
  NEWDATE(0x0E, 0),
  VARCHAR(0x0F, 0),
  BIT(0x10, 0),
  TIMESTAMP2(0x11, 0),
  DATETIME2(0x12, 0),
  TIME2(0x13, 0),
  VECTOR(0xF2, 0),
  JSON(0xF5, 0),
  NEWDECIMAL(0xF6, 0),
  ENUM(0xF7, 0),
  SET(0xF8, 0),
  TINY_BLOB(0xF9, 0),
  MEDIUM_BLOB(0xFA, 0),
  LONG_BLOB(0xFB, 0),
  BLOB(0xFC, 0),
  VAR_STRING(0xFD, 0),
  STRING(0xFE, 0),
  GEOMETRY(0xFF, 0),

  /**
   * A code this driver does not know. Every type that the servers have gained carries its length
   * with it, so such a column can be stepped over and read as bytes.
   */
  UNKNOWN(-1, 0);

  private static final ColumnType[] BY_CODE = new ColumnType[256];

  static {
    Arrays.fill(BY_CODE, UNKNOWN);
    for (ColumnType type : values()) {
      if (type != UNKNOWN) {
        BY_CODE[type.code] = type;
      }
    }
  }

  private final int code;
  private final int binarySize;

  ColumnType(int code, int binarySize) {
    this.code = code;
    this.binarySize = binarySize;
  }

  /** The type behind a code of one byte; {@link #UNKNOWN} where there is none. */
  public static ColumnType of(int code) {
    return BY_CODE[code & 0xFF];
  }

  public int code() {
    return code;
  }

  /** Bytes that a value takes in a binary row, or 0 where the value carries its own length. */
  public int binarySize() {
    return binarySize;
  }
}
