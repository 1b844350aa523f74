package io.bonito.protocol.message;

import io.bonito.protocol.buffer.ByteReader;
import io.bonito.protocol.buffer.MalformedPacketException;

/**
 * What a column or a parameter is.
 *
 * <pre>
 *   catalog  schema  table  original table  name  original name   (each length-encoded)
 *   MariaDB's extended metadata(length-encoded), where agreed: kind(1) value(length-encoded), repeated
 *   size of the rest(length-encoded)=0x0C
 *   collation(2)  length(4)  type(1)  flags(2)  decimals(1)  reserved(2)
 * </pre>
 *
 * @param collation id; 63 is "binary"
 * @param length the largest display width, in bytes
 * @param type wire code
 * @param decimals digits after the point or of a second's fraction; 31 where they vary
 * @param extendedType MariaDB's name of a type that the code does not tell, such as {@code uuid};
 *     or empty
 * @param extendedFormat {@code json} or empty
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_column_definition.html">Column
 *     Definition</a>
 */
public record ColumnDefinition(
    String schema,
    String table,
    String originalTable,
    String name,
    String originalName,
    int collation,
    long length,
    int type,
    int flags,
    int decimals,
    String extendedType,
    String extendedFormat) {
  private static final int FIXED_SIZE = 0x0C;
  private static final int EXTENDED_TYPE = 0;
  private static final int EXTENDED_FORMAT = 1;

  private static final int NOT_NULL = 0x0001;
  private static final int PRIMARY_KEY = 0x0002;
  private static final int UNIQUE_KEY = 0x0004;
  private static final int UNSIGNED = 0x0020;
  private static final int ZEROFILL = 0x0040;
  private static final int BINARY = 0x0080;
  private static final int ENUM = 0x0100;
  private static final int AUTO_INCREMENT = 0x0200;
  private static final int SET = 0x0800;

  public static ColumnDefinition decode(ByteReader payload, long capabilities) {
    payload.skipText();
    String schema = payload.readText();
    String table = payload.readText();
    String originalTable = payload.readText();
    String name = payload.readText();
    String originalName = payload.readText();
    String extendedType = "";
    String extendedFormat = "";
    if ((capabilities & Capability.MARIADB_EXTENDED_METADATA) != 0) {
      ByteReader extended = new ByteReader().wrap(payload.readLengthEncodedBytes());
      while (extended.remaining() > 0) {
        switch (extended.readUint8()) {
          case EXTENDED_TYPE -> extendedType = extended.readText();
          case EXTENDED_FORMAT -> extendedFormat = extended.readText();
          default -> extended.skipText();
        }
      }
    }
    if (payload.readLength() != FIXED_SIZE) {
      throw new MalformedPacketException(
          "the fixed part of a column definition is not of 12 bytes");
    }
    int collation = payload.readUint16();
    long length = payload.readUint32();
    int type = payload.readUint8();
    int flags = payload.readUint16();
    int decimals = payload.readUint8();
    payload.skip(2);
    return new ColumnDefinition(
        schema,
        table,
        originalTable,
        name,
        originalName,
        collation,
        length,
        type,
        flags,
        decimals,
        extendedType,
        extendedFormat);
  }

  public boolean isNotNull() {
    return has(NOT_NULL);
  }

  public boolean isPrimaryKey() {
    return has(PRIMARY_KEY);
  }

  public boolean isUniqueKey() {
    return has(UNIQUE_KEY);
  }

  public boolean isUnsigned() {
    return has(UNSIGNED);
  }

  public boolean isZerofill() {
    return has(ZEROFILL);
  }

  public boolean isBinary() {
    return has(BINARY);
  }

  public boolean isEnum() {
    return has(ENUM);
  }

  public boolean isSet() {
    return has(SET);
  }

  public boolean isAutoIncrement() {
    return has(AUTO_INCREMENT);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
