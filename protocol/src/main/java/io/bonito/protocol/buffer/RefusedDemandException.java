package io.bonito.protocol.buffer;

/**
 * The server asked for something that its client does not give: a password in clear over an
 * unverified line, a file of the client's machine, a method of authentication that was ruled out.
 *
 * <p>Nothing of what was asked for has left the machine. The connection must be closed.
 */
public final class RefusedDemandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedDemandException(String message) {
    super(message);
  }
}
