package io.bonito.transport;

import io.bonito.protocol.KnownServers;
import io.bonito.protocol.ProfileInquiry;
import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.Session;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import org.jspecify.annotations.Nullable;

/** Asks a server for its profile, where this process has not yet. */
final class ServerProfiles {
  private ServerProfiles() {}

  /** Null as long as no connection has an answer. */
  static @Nullable ServerProfile find(BlockingTransport transport) {
    return KnownServers.profile(transport.options().target(), transport.session().state().server())
        .orElse(null);
  }

  /** Asks where nobody has; within the connect deadline, since it belongs to connecting. */
  static void ask(BlockingTransport transport, ConnectDeadline deadline)
      throws ConnectionException {
    Session session = transport.session();
    boolean over = false;
    try (ProfileInquiry inquiry =
        KnownServers.inquire(transport.options().target(), session.state().server())) {
      while (inquiry.asks()) {
        QueryExchange exchange = session.query(inquiry.question());
        if (deadline.exists()) {
          exchange.deadline(deadline.endNanos());
        }
        for (Event event = transport.next(); !event.completesExchange(); event = transport.next()) {
          if (event == Event.ROW) {
            inquiry.add(session.row());
          }
        }
        inquiry.answered();
      }
      over = true;
    } finally {
      if (!over) {
        transport.shut(""); // whatever it was, an answer may be half read
      }
    }
  }
}
