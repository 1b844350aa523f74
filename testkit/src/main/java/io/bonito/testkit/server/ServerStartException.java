package io.bonito.testkit.server;

/**
 * A server could not be started; the message is one sentence for people, and the log's end if that
 * helps.
 */
public final class ServerStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ServerStartException(String message) {
    super(message);
  }

  public ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
