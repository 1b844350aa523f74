package io.bonito.netty;

import io.bonito.protocol.Session;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Peer;
import javax.net.ssl.SSLException;

/**
 * Finds out why a connection has ended, and says so in the words that callers know. What the server
 * itself has said counts for more than what the socket says.
 */
final class Diagnosis {
  private final ConnectionOptions options;
  private final String target;
  private final Peer peer;
  private final Session session;
  private final ChannelBytes bytes;

  Diagnosis(ConnectionOptions options, Peer peer, Session session, ChannelBytes bytes) {
    this.options = options;
    this.target = options.target();
    this.peer = peer;
    this.session = session;
    this.bytes = bytes;
  }

  /** The server has closed its side, or its socket broke. */
  Ending closed(boolean loggedIn) {
    ServerError goodbye = session.goodbye();
    if (goodbye != null) {
      return Ending.of(
          ConnectionException.closedByServer(target, goodbye, /* commandMayHaveRun= */ false));
    }
    Throwable cause = bytes.readFailure() != null ? bytes.readFailure() : bytes.writeFailure();
    if (cause != null) {
      return lost(cause);
    }
    return lost("the server closed the connection" + (loggedIn ? "" : " while " + phase()));
  }

  /** The session, or we ourselves, could not go on. */
  Ending broken(Throwable e) {
    if (e instanceof MalformedPacketException) {
      return mayHaveRun -> ConnectionException.malformed(target, mayHaveRun, e);
    }
    if (e instanceof RefusedDemandException) {
      return tlsIsMissing()
          ? Ending.of(ConnectionException.tlsNotOffered(target))
          : mayHaveRun -> ConnectionException.demandRefused(target, mayHaveRun, e);
    }
    Throwable cause = bytes.readFailure();
    // A stream that broke off is no fault of TLS.
    return lost(cause != null && e instanceof SSLException ? cause : e);
  }

  private boolean tlsIsMissing() {
    // Between the greeting and our answer to it there is nothing else that could be refused.
    boolean greeted = !session.state().server().text().isEmpty();
    boolean answered = session.state().capabilities() != 0;
    return greeted && !answered && !bytes.isEncrypted() && options.tlsMode(peer).requiresTls();
  }

  Ending lost(String what) {
    return mayHaveRun -> ConnectionException.lost(target, what, mayHaveRun, null);
  }

  Ending lost(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String what =
        message.contains("reset")
            ? "the server, or what stands before it, closed the connection: " + message
            : message;
    return mayHaveRun -> ConnectionException.lost(target, what, mayHaveRun, cause);
  }

  /** A part must not be loaded as if it were all. */
  Ending dataUnreadable(Throwable cause) {
    return Ending.of(
        ConnectionException.lost(
            target, "the data to load could not be read", /* commandMayHaveRun= */ false, cause));
  }

  Ending rejected() {
    return Ending.of(ConnectionException.rejected(target, session.error()));
  }

  /** What the login is doing. */
  String phase() {
    return session.state().server().text().isEmpty()
        ? "waiting for the server's greeting"
        : "logging in";
  }
}
