package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.SqlCharset;
import io.bonito.protocol.value.WireFormat;
import java.util.Map;

/**
 * COM_QUERY: a statement as text, answered with text.
 *
 * <pre>
 *   0x03  if QUERY_ATTRIBUTES: count(length-encoded) 1 [NULL bits, 1, for each: type(2) name] values
 *   statement(rest)
 * </pre>
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query.html">COM_QUERY</a>
 */
public final class QueryExchange extends ResultExchange {
  private static final int STRING_TYPE = 0xFE;

  private final String sql;
  private final Map<String, String> attributes;

  public QueryExchange(String sql) {
    this(sql, Map.of());
  }

  /**
   * @param attributes names and values that the server's components can read with the statement;
   *     they need QUERY_ATTRIBUTES to be agreed on
   */
  public QueryExchange(String sql, Map<String, String> attributes) {
    super(WireFormat.TEXT);
    this.sql = sql;
    this.attributes = attributes;
  }

  @Override
  public void begin(Wire wire) {
    wire.state().executing(sql);
    ByteWriter body = wire.out().beginCommand();
    if (attributes.isEmpty()) {
      writeCommand(body, wire.state());
    } else {
      writeAttributes(body, wire.state());
    }
    writeSql(sql, wire);
    sequence(wire.out().end());
  }

  /** Writes what stands before a statement that has no attributes. */
  static void writeCommand(ByteWriter body, SessionState state) {
    body.writeInt8(Command.QUERY);
    if (state.has(Capability.QUERY_ATTRIBUTES)) {
      body.writeLength(0);
      body.writeLength(1);
    }
  }

  private void writeAttributes(ByteWriter body, SessionState state) {
    if (!state.has(Capability.QUERY_ATTRIBUTES)) {
      throw new IllegalStateException("query attributes were not agreed on at the login");
    }
    body.writeInt8(Command.QUERY);
    body.writeLength(attributes.size());
    body.writeLength(1);
    body.writeZeros((attributes.size() + 7) / 8);
    body.writeInt8(1);
    for (String name : attributes.keySet()) {
      body.writeInt16(STRING_TYPE);
      body.writeLengthEncodedText(name);
    }
    for (String value : attributes.values()) {
      body.writeLengthEncodedText(value);
    }
  }

  /**
   * Writes a statement in the character set that the server reads it in.
   *
   * @throws ConversionException where that set lacks one of its characters
   */
  static void writeSql(String sql, Wire wire) {
    SqlCharset charset = wire.state().clientCharset();
    // ASCII is the same in nearly all character sets that a client may speak.
    if (!charset.extendsAscii() || !wire.out().body().writeAscii(sql)) {
      wire.out().body().writeBytes(charset.encode(sql));
    }
  }

  @Override
  public boolean isBarrier(SessionState state) {
    return state.has(Capability.LOCAL_FILES)
        && (takesLocalData() || SqlTemplate.of(sql, state.sqlRules()).mayLoadLocal());
  }

  @Override
  boolean maySwitchCharacterSet(SessionState state) {
    return SqlTemplate.of(sql, state.sqlRules()).mayChangeCharset();
  }

  @Override
  public long sizeHint() {
    return 16 + 3L * sql.length();
  }
}
