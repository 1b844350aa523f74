package io.bonito.transport;

import io.bonito.protocol.Session;
import io.bonito.protocol.exchange.TlsPeer;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.tls.TlsContexts;
import io.bonito.protocol.tls.TlsStage;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/** What options and a server's version mean for TLS, and how its refusals are told. */
final class TlsHandshake {
  private TlsHandshake() {}

  /**
   * Speaks TLS on a line that has carried the request for it.
   *
   * @return the line that encrypts, once {@code established} has been told of the peer
   */
  static TlsLine establish(
      ConnectionOptions options,
      Line line,
      ServerVersion server,
      LongSupplier nanosLeft,
      Consumer<TlsPeer> established)
      throws IOException {
    TlsStage stage = stage(options, line.peer(), server);
    TlsLine encrypting = new TlsLine(line, stage);
    while (true) {
      TlsStage.Progress progress;
      try {
        progress = stage.handshake();
      } catch (SSLException e) {
        sendAlert(line, stage);
        throw ConnectionException.tls(options.target(), String.valueOf(e.getMessage()), e);
      }
      line.write(stage.departing(), nanosLeft.getAsLong());
      switch (progress) {
        case NEED_TASK -> stage.task().run();
        case NEED_BYTES -> encrypting.receive(nanosLeft.getAsLong());
        case ESTABLISHED -> {
          established.accept(stage.peer());
          return encrypting;
        }
      }
    }
  }

  private static void sendAlert(Line line, TlsStage stage) {
    try {
      line.write(stage.departing(), Line.NO_LIMIT);
    } catch (IOException e) {
      // The handshake's own failure is what counts.
    }
  }

  private static TlsStage stage(ConnectionOptions options, Peer peer, ServerVersion server)
      throws ConnectionException {
    try {
      boolean canProve = server.mariaDb() && server.isAtLeast(11, 4, 0);
      return TlsContexts.stage(options, peer, canProve);
    } catch (SSLException e) {
      throw ConnectionException.configuration(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * @param encrypted whether TLS is up
   */
  static ConnectionException refused(
      ConnectionOptions options,
      Session session,
      Peer peer,
      boolean encrypted,
      boolean commandMayHaveRun,
      Throwable refusal) {
    boolean greeted = !session.state().server().text().isEmpty();
    boolean answered = session.state().capabilities() != 0;
    if (greeted && !answered && !encrypted && options.tlsMode(peer).requiresTls()) {
      // Before the answer to the greeting there is nothing else that could be refused.
      return ConnectionException.tlsNotOffered(options.target());
    }
    return ConnectionException.demandRefused(options.target(), commandMayHaveRun, refusal);
  }
}
