package io.bonito.jdbc;

import io.bonito.protocol.Session;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.transport.BlockingTransport;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a new session is told before its first command. It goes in the same write as that command,
 * so that no round trip is spent on it where the server bears it; and its answer comes before.
 */
final class SessionSetup {
  private String untold = "";
  private @Nullable QueryExchange told;

  /** Has a statement told that every server takes. */
  void tell(String sql) {
    untold = sql;
  }

  /** To be called before each command. */
  void send(Session session) {
    if (!untold.isEmpty()) {
      told = session.query(untold);
      untold = "";
    }
  }

  /** Whether its answer is the next to come. */
  boolean isAwaited() {
    return told != null;
  }

  /** Where it is refused after all, nothing may run in such a session. */
  void await(BlockingTransport transport) throws SQLException, ConnectionException {
    QueryExchange exchange = told;
    if (exchange == null) {
      return;
    }
    told = null;
    Event event = transport.next();
    while (!event.completesExchange()) {
      event = transport.next();
    }
    if (event == Event.FAILED) {
      transport.abort();
      throw SqlExceptions.startRefused(exchange.error());
    }
  }
}
