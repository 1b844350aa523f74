package io.bonito.transport;

import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import java.time.Duration;

/**
 * Asks a host for a sign of life: a whole login, then QUIT. A bare connect would do for that, but
 * servers count those as broken handshakes, and block a machine that makes many.
 *
 * <p>Any answer is life, a refusal too, and TCP's own: a server that is too busy to greet is there.
 */
final class PeerProbe {
  private static final Duration TIME = Duration.ofSeconds(10);

  private final ConnectionOptions options;

  PeerProbe(ConnectionOptions options) {
    this.options = options.toBuilder().set(Options.CONNECT_TIMEOUT, TIME).build();
  }

  /** Takes until the login is complete; reports life or silence as soon as it is known. */
  void run(Runnable life, Runnable silence) {
    ConnectDeadline deadline = ConnectDeadline.of(options);
    Line line;
    try {
      line = new LineOpener(options, deadline, Admission.Purpose.SIDE).open();
    } catch (ConnectionException e) {
      if (e.getCause() instanceof Admission.NoRoomException) {
        life.run(); // nobody has looked, so nothing is known against the host
        return;
      }
      switch (e.reason()) {
        // The name server may be gone with everything else.
        case UNREACHABLE, UNRESOLVED, TIMED_OUT -> silence.run();
        case REFUSED, REJECTED, TLS, LOST, MALFORMED, DEMAND_REFUSED, CLOSED, CONFIGURATION ->
            life.run();
      }
      return;
    } catch (RuntimeException e) {
      // Our own fault says nothing about the host, and must not close anything.
      life.run();
      throw e;
    }
    life.run();
    try (Credentials credentials = LineOpener.credentials(options)) {
      Connecting.logIn(options, credentials, line, deadline).close();
    } catch (ConnectionException e) {
      // It has answered, and that was all there was to know.
    } finally {
      line.close();
    }
  }
}
