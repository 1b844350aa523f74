package io.bonito.protocol.exchange;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.SqlCharset;
import io.bonito.protocol.value.WireFormat;

/**
 * COM_QUERY, with values written into the statement as it is sent: what {@link QueryExchange} sends
 * of a text that was put together before, without that text.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query.html">COM_QUERY</a>
 */
public final class LiteralExchange extends ResultExchange {
  private final SqlTemplate template;
  private final Parameters values;

  /**
   * @param template loads no local data
   * @param values as many as it has placeholders, not to be changed before this is sent
   */
  public LiteralExchange(SqlTemplate template, Parameters values) {
    super(WireFormat.TEXT);
    if (!template.takesLiterals() || template.mayLoadLocal()) {
      throw new IllegalArgumentException("no values may be written into this: " + template);
    }
    this.template = template;
    this.values = values;
  }

  /** Whether values can be written as they are sent: what is written is UTF-8. */
  public static boolean suits(SessionState state) {
    return state.clientCharset() == SqlCharset.UTF8MB4;
  }

  @Override
  public void begin(Wire wire) {
    SessionState state = wire.state();
    if (!suits(state)) {
      throw new ConversionException(
          "character_set_client became " + state.clientCharset().name() + " before this was sent");
    }
    state.executing(template.sql());
    ByteWriter body = wire.out().beginCommand();
    QueryExchange.writeCommand(body, state);
    values.setCharset(SqlCharset.UTF8MB4);
    int count = template.placeholderCount();
    for (int i = 0; i < count; i++) {
      template.writePiece(i, body);
      values.writeLiteral(i, body);
    }
    template.writePiece(count, body);
    sequence(wire.out().end());
  }

  @Override
  boolean maySwitchCharacterSet(SessionState state) {
    return template.mayChangeCharset();
  }

  @Override
  public long sizeHint() {
    return 16 + 3L * template.sql().length() + 16L * values.count();
  }
}
