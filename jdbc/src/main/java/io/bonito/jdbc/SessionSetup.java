package io.bonito.jdbc;

import io.bonito.protocol.Session;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.SessionStartOptions;
import io.bonito.transport.BlockingTransport;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a session is told before a command, a new one above all. It goes in the same write as that,
 * so that no round trip is spent on it where the server bears it; and its answer comes before.
 */
final class SessionSetup {
  private static final String SET = "SET ";
  private static final String WRITE_TIMEOUT = "net_write_timeout";

  private final int readersSeconds;
  private boolean expectsSlowReader;
  private String untold = "";
  private @Nullable QueryExchange told;

  SessionSetup(ConnectionOptions options) {
    this.readersSeconds = options.get(SessionStartOptions.NET_TIMEOUT_FOR_STREAMING_RESULTS);
  }

  /**
   * Has variables set in a way that every server takes.
   *
   * @param setting {@code SET …}; empty for none
   */
  void tell(String setting) {
    untold = untold.isEmpty() ? setting : untold + ", " + setting.substring(SET.length());
  }

  /** Has the server wait for whoever reads the rows that are to come one by one. */
  void expectSlowReader() {
    if (!expectsSlowReader && readersSeconds > 0) {
      expectsSlowReader = true;
      tell(SET + "SESSION " + WRITE_TIMEOUT + " = " + readersSeconds);
    }
  }

  /** What a variable was set to by {@link #expectSlowReader}; null for the others. */
  @Nullable String told(String variable) {
    return expectsSlowReader && variable.equals(WRITE_TIMEOUT)
        ? String.valueOf(readersSeconds)
        : null;
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
