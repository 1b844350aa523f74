package io.bonito.jdbc;

import io.bonito.protocol.buffer.ByteWriter;
import io.bonito.protocol.exchange.LiteralExchange;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.sql.SqlTemplate;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.SqlCharset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Writes values into a statement's text, by the server's own rules. */
final class LiteralText {
  private LiteralText() {}

  /** Sends a statement with its values, where that can be without making a text of both. */
  static ResultExchange query(Link link, SqlTemplate template, Parameters values)
      throws SQLException {
    SessionState state = link.state();
    boolean direct =
        template.placeholderCount() > 0
            && template.takesLiterals()
            && !template.mayLoadLocal()
            && LiteralExchange.suits(state)
            && link.hasPlainQueries();
    return direct
        ? link.submit(template.sql(), new LiteralExchange(template, values))
        : link.query(of(template, values, state.clientCharset()));
  }

  /**
   * @param charset {@code character_set_client} of the session
   */
  static String of(SqlTemplate template, Parameters values, SqlCharset charset)
      throws SQLException {
    int count = template.placeholderCount();
    if (count == 0) {
      return template.sql();
    }
    if (!template.takesLiterals()) {
      throw SqlExceptions.notSupported(
          "this statement cannot be prepared, and where its parameters are depends on the server");
    }
    if (charset.canHideQuote()) {
      throw SqlExceptions.misuse(
          "values cannot be written into SQL while character_set_client is "
              + charset.name()
              + ", which can hide a quote: use SET NAMES utf8mb4");
    }
    ByteWriter out = new ByteWriter();
    values.setCharset(SqlCharset.UTF8MB4);
    for (int i = 0; i < count; i++) {
      out.writeText(template.piece(i));
      values.writeLiteral(i, out);
    }
    out.writeText(template.piece(count));
    return new String(out.array(), 0, out.end(), StandardCharsets.UTF_8);
  }
}
