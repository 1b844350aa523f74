package io.bonito.transport;

import io.bonito.protocol.Session;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.OptionException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;

/** From options to a transport that is ready: credentials, line, login, the server's profile. */
final class Connecting {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Connecting() {}

  static BlockingTransport open(ConnectionOptions options, Admission.Purpose purpose)
      throws ConnectionException {
    ConnectDeadline deadline = ConnectDeadline.of(options);
    // First, since a token may take its time and the server's patience begins with TCP.
    try (Credentials credentials = LineOpener.credentials(options)) {
      Line line = new LineOpener(options, deadline, purpose).open();
      BlockingTransport transport = logIn(options, credentials, line, deadline);
      ServerProfiles.ask(transport, deadline);
      transport.learn();
      PeerWatch.register(transport);
      return transport;
    }
  }

  static BlockingTransport logIn(
      ConnectionOptions options, Credentials credentials, Line line, ConnectDeadline deadline)
      throws ConnectionException {
    try {
      Session session = new Session(SessionOptions.of(options, line.peer(), credentials, RANDOM));
      BlockingTransport transport = new BlockingTransport(options, line, session);
      transport.logIn(deadline);
      return transport;
    } catch (OptionException e) {
      line.close();
      throw ConnectionException.configuration(String.valueOf(e.getMessage()), e);
    } catch (ConnectionException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  /** Says how a connection was lost while it was waited for. */
  static ConnectionException lost(
      String target, long socketTimeoutNanos, boolean mayHaveRun, Throwable e) {
    if (Thread.currentThread().isInterrupted()) {
      return ConnectionException.lost(
          target, "the thread was interrupted while it waited", mayHaveRun, e);
    }
    if (e instanceof SocketTimeoutException) {
      return ConnectionException.deadlinePassed(target, socketTimeoutNanos / 1_000_000);
    }
    return ConnectionException.lost(target, String.valueOf(e.getMessage()), mayHaveRun, e);
  }
}
