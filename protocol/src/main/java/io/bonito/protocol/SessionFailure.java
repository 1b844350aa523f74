package io.bonito.protocol;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerError;

/**
 * Says in the words that callers know why a transport gives a session up; for transports that have
 * no better words of their own.
 *
 * <pre>
 *   EXPIRED                        {@link #expired}: a deadline has passed
 *   CLOSED, or any IOException     {@link #of}: lost, or the server's own goodbye
 *   what next() throws             {@link #of}: malformed, or a demand that is refused
 * </pre>
 */
public final class SessionFailure {
  private SessionFailure() {}

  /**
   * @param target {@code options.target()}
   * @param allowedMillis how long the login, or the command under way, was allowed to take
   */
  public static ConnectionException expired(Session session, String target, long allowedMillis) {
    return session.isReady()
        ? ConnectionException.deadlinePassed(target, allowedMillis)
        : ConnectionException.connectTimedOut(target, "logging in", allowedMillis, null);
  }

  /**
   * @param target {@code options.target()}
   * @param commandMayHaveRun whether the server may have carried out a command whose answer will
   *     not come
   * @param cause a {@link ConnectionException} stays what it is
   */
  public static ConnectionException of(
      Session session, String target, boolean commandMayHaveRun, Throwable cause) {
    if (cause instanceof ConnectionException known) {
      return known;
    }
    ServerError goodbye = session.goodbye();
    if (goodbye != null) {
      return ConnectionException.closedByServer(target, goodbye, /* commandMayHaveRun= */ false);
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
    return ConnectionException.lost(
        target, String.valueOf(cause.getMessage()), commandMayHaveRun, cause);
  }
}
