package io.bonito.jdbc;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.FetchExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.failure.ErrorKind;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.message.ServerStatus;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.RowStore;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Rows that the server keeps in a temporary table, and gives in portions. In between the connection
 * is free. There is one for each of the server's statements, so those that have one are shared with
 * nobody. Used under the link's lock.
 */
final class ServerCursor {
  private final Link link;
  private final ServerStatement statement;
  private final Columns columns;
  private final int portion;
  private boolean over;

  /**
   * @param portion rows to fetch at a time
   */
  ServerCursor(Link link, ServerStatement statement, Columns columns, int portion) {
    this.link = link;
    this.statement = statement;
    this.columns = columns;
    this.portion = portion;
  }

  /** Has a text prepared that is to have a cursor; null where the server cannot. */
  static @Nullable ServerStatement prepare(Link link, String sql) throws SQLException {
    ServerStatement statement = new ServerStatement(sql);
    link.limit(link.prepare(statement), 0);
    if (link.next() == Event.PREPARED) {
      return statement;
    }
    ServerError error = link.session().error();
    if (ErrorKind.isUnpreparable(error)) {
      return null;
    }
    throw link.refused(error, sql);
  }

  /** Has the server forget a statement, and its cursor. */
  static void drop(Link link, ServerStatement statement) {
    link.lock();
    try {
      if (link.transport().isOpen()) {
        link.session().closeStatement(statement);
      }
    } finally {
      link.unlock();
    }
  }

  /**
   * Fetches the next portion.
   *
   * @param most as many rows as are wanted at all
   * @return false where it was the last one; it may have had rows all the same
   */
  boolean fetch(RowStore into, int most) throws SQLException {
    if (over) {
      return false;
    }
    link.ready();
    FetchExchange exchange = link.fetch(statement, columns, Math.min(portion, most));
    link.limit(exchange, 0);
    Event event;
    do {
      event = link.next(into, Integer.MAX_VALUE);
    } while (!event.completesExchange());
    if (event == Event.FAILED) {
      over = true;
      throw SqlExceptions.of(exchange.error());
    }
    over = exchange.ok().has(ServerStatus.LAST_ROW_SENT);
    return !over;
  }

  /** Has the server drop the rows that were not fetched. */
  void close() throws SQLException {
    if (over) {
      return;
    }
    over = true;
    if (link.transport().isOpen()) {
      link.ready();
      link.complete(link.session().resetStatement(statement));
    }
  }
}
