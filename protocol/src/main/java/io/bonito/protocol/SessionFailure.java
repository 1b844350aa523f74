package io.bonito.protocol;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerError;
import java.net.ConnectException;
import java.net.SocketTimeoutException;

/**
 * Says in the words that callers know why a transport gives a connection up; for transports that
 * have no better words of their own.
 *
 * <pre>
 *   CLOSED, or any other IOException      lost, or the server's own goodbye
 *   SocketTimeoutException, for EXPIRED   a deadline passed
 *   what next() throws                    malformed, or a demand that is refused
 *   ConnectException                      nobody listens
 * </pre>
 */
public final class SessionFailure {
  private SessionFailure() {}

  /**
   * @param target {@code options.target()}
   * @param commandMayHaveRun whether the server may have carried out a command whose answer will
   *     not come
   * @param allowedMillis how long it was allowed to take; only where that time has passed
   */
  public static ConnectionException of(
      Session session,
      String target,
      boolean commandMayHaveRun,
      long allowedMillis,
      Throwable cause) {
    if (cause instanceof ConnectionException known) {
      return known;
    }
    ServerError goodbye = session.goodbye();
    if (goodbye != null) {
      return ConnectionException.closedByServer(target, goodbye, /* commandMayHaveRun= */ false);
    }
    if (cause instanceof SocketTimeoutException) {
      return session.isReady()
          ? ConnectionException.deadlinePassed(target, allowedMillis)
          : ConnectionException.connectTimedOut(target, "logging in", allowedMillis, null);
    }
    if (cause instanceof MalformedPacketException) {
      return ConnectionException.malformed(target, commandMayHaveRun, cause);
    }
    if (cause instanceof RefusedDemandException) {
      // Before the answer to the greeting there is nothing else that could be refused.
      return session.state().capabilities() == 0
          ? ConnectionException.tlsNotOffered(target)
          : ConnectionException.demandRefused(target, commandMayHaveRun, cause);
    }
    return cause instanceof ConnectException
        ? ConnectionException.refused(target, cause)
        : ConnectionException.lost(
            target, String.valueOf(cause.getMessage()), commandMayHaveRun, cause);
  }
}
