package io.bonito.protocol.buffer;

/**
 * The server sent bytes that the protocol does not allow.
 *
 * <p>The position in the byte stream is lost, so the connection must be closed before anybody is
 * told.
 */
public final class MalformedPacketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedPacketException(String message) {
    super(message);
  }
}
