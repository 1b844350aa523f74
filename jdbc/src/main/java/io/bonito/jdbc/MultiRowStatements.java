package io.bonito.jdbc;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.sql.SqlTemplate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Inserts that a connection's server holds ready for a number of rows.
 *
 * <p>Batches mostly come in one size, so each is prepared for exactly its rows. The server's memory
 * grows with the parameters: few statements are kept, and none is large. Used under the link's
 * lock.
 */
final class MultiRowStatements {
  private static final int MOST_STATEMENTS = 4;

  /** Parameters of one statement; more make no row cheaper. */
  private static final int MOST_PARAMETERS = 2048;

  /** Bytes of rows in one command, but for a larger one: enough to make its round trip cheap. */
  private static final long LARGEST = 4 << 20;

  private final Link link;

  /** The one used last comes first. */
  private final List<Kept> kept = new ArrayList<>();

  MultiRowStatements(Link link) {
    this.link = link;
  }

  private record Kept(String schema, SqlTemplate template, int rows, ServerStatement statement) {
    boolean is(String itsSchema, SqlTemplate itsTemplate, int itsRows) {
      return rows == itsRows
          && template.sql().equals(itsTemplate.sql())
          && schema.equals(itsSchema);
    }
  }

  /** Bytes that the rows of one command may have. */
  long largestCommand() {
    return Math.min(LARGEST, link.profile().maxAllowedPacket() / 2);
  }

  /** How many rows may go together, whatever they hold. */
  int mostRows(SqlTemplate template) {
    return Math.max(1, MOST_PARAMETERS / template.placeholderCount());
  }

  /** The statement for so many rows, prepared if need be. */
  ServerStatement prepared(SqlTemplate template, int rows, long timeoutNanos) throws SQLException {
    String schema = link.state().schema();
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).is(schema, template, rows)) {
        kept.add(0, kept.remove(i));
        return kept.get(0).statement();
      }
    }
    ServerStatement statement = new ServerStatement(text(template, rows));
    link.limit(link.prepare(statement), timeoutNanos);
    if (link.next() != Event.PREPARED) {
      throw SqlExceptions.of(link.session().error());
    }
    kept.add(0, new Kept(schema, template, rows, statement));
    if (kept.size() > MOST_STATEMENTS) {
      link.session().closeStatement(kept.remove(MOST_STATEMENTS).statement());
    }
    return statement;
  }

  /** Drops what is held for an insert, as the server may know it no longer. */
  void forget(SqlTemplate template) {
    for (Iterator<Kept> all = kept.iterator(); all.hasNext(); ) {
      Kept one = all.next();
      if (one.template().sql().equals(template.sql())) {
        all.remove();
        link.session().closeStatement(one.statement());
      }
    }
  }

  private static String text(SqlTemplate template, int rows) {
    String sql = template.sql();
    String row = sql.substring(template.rowStart(), template.rowEnd());
    StringBuilder text = new StringBuilder(sql.length() + (rows - 1) * (row.length() + 1));
    text.append(sql, 0, template.rowEnd());
    for (int i = 1; i < rows; i++) {
      text.append(',').append(row);
    }
    return text.append(sql, template.rowEnd(), sql.length()).toString();
  }
}
