package io.bonito.transport;

import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.Session;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process knows of the servers it has been connected to. The first connection to a host
 * asks, alone; those that come meanwhile do not wait for it and know nothing yet.
 */
final class ServerProfiles {
  /** With the version, so that a server that was upgraded is asked again. */
  private record Host(String target, ServerVersion version) {}

  /** Far more than there are; a server that says another version each time fills no memory. */
  private static final int MOST_KNOWN = 1024;

  private static final Map<Host, ServerProfile> KNOWN = new ConcurrentHashMap<>();

  private ServerProfiles() {}

  static ServerProfile of(BlockingTransport transport) {
    return KNOWN.getOrDefault(host(transport), ServerProfile.UNKNOWN);
  }

  /** Asks where nobody has; within the connect deadline, since it belongs to connecting. */
  static void learn(BlockingTransport transport, ConnectDeadline deadline)
      throws ConnectionException {
    Host host = host(transport);
    if (KNOWN.size() >= MOST_KNOWN) {
      KNOWN.clear();
    }
    if (KNOWN.putIfAbsent(host, ServerProfile.unknown(host.version)) != null) {
      return;
    }
    boolean answered = false;
    try {
      KNOWN.put(host, ask(transport, deadline));
      answered = true;
    } finally {
      if (!answered) {
        KNOWN.remove(host);
        transport.shut(""); // whatever it was, an answer may be half read
      }
    }
  }

  private static ServerProfile ask(BlockingTransport transport, ConnectDeadline deadline)
      throws ConnectionException {
    Session session = transport.session();
    ServerProfile.Answers answers = new ServerProfile.Answers();
    for (String question : ServerProfile.QUESTIONS) {
      QueryExchange exchange = session.query(question);
      if (deadline.exists()) {
        exchange.deadline(deadline.endNanos());
      }
      // An error is an answer too: the server has no such variable, or a proxy no such query.
      for (Event event = transport.next(); !event.completesExchange(); event = transport.next()) {
        if (event == Event.ROW) {
          answers.add(session.row());
        }
      }
    }
    return answers.profile(session.state().server());
  }

  private static Host host(BlockingTransport transport) {
    return new Host(transport.options().target(), transport.session().state().server());
  }
}
