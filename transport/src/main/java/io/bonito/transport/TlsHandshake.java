package io.bonito.transport;

import io.bonito.protocol.Session;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerVersion;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Peer;
import io.bonito.protocol.tls.TlsContexts;
import io.bonito.protocol.tls.TlsStage;
import javax.net.ssl.SSLException;

/** What options and a server's version mean for TLS, and how its refusals are told. */
final class TlsHandshake {
  private TlsHandshake() {}

  static TlsStage stage(ConnectionOptions options, Peer peer, ServerVersion server)
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
