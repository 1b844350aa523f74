package io.bonito.jdbc;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.row.Row;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** Asks the server for the texts of warnings, whose number comes with each answer. */
final class Warnings {
  private static final String STATE = "01000";

  private Warnings() {}

  /** A warning of the driver's own. */
  static SQLWarning of(String text) {
    return new SQLWarning(text, STATE);
  }

  /** The warnings of a statement; the server keeps them until its next one. */
  static @Nullable SQLWarning read(Answer answer, int count) throws SQLException {
    if (answer.isShared()) {
      return new SQLWarning(
          count + " warnings, whose texts are not to be had where connections are shared", STATE);
    }
    Link link = answer.link();
    link.lock();
    try {
      if (!answer.isLatest()) {
        return new SQLWarning(
            count + " warnings, whose texts were lost with the next statement", STATE);
      }
      SQLWarning first = null;
      link.ready();
      QueryExchange exchange = link.query("SHOW WARNINGS");
      link.limit(exchange, 0);
      SQLException failure = null;
      for (Event event = link.next(); event != Event.DONE; event = link.next()) {
        if (event == Event.FAILED) {
          failure = SqlExceptions.of(exchange.error());
          break;
        }
        if (event == Event.ROW) {
          SQLWarning warning = warning(exchange.row());
          if (first == null) {
            first = warning;
          } else {
            first.setNextWarning(warning);
          }
        }
      }
      if (failure != null) {
        throw failure;
      }
      return first;
    } finally {
      link.unlock();
    }
  }

  private static SQLWarning warning(Row row) {
    return new SQLWarning(row.getString(2), STATE, row.getInt(1));
  }
}
