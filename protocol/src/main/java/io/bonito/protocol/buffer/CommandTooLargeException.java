package io.bonito.protocol.buffer;

/** A command is larger than the server takes; it would close the connection. Nothing was sent. */
public final class CommandTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandTooLargeException(long size, long limit) {
    super(
        "a command of "
            + size
            + " bytes, where fewer than "
            + limit
            + " are taken (max_allowed_packet)");
  }
}
