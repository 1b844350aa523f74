package io.bonito.testkit.script;

import javax.net.ssl.SSLContext;

/** The server's side of one connection, as a script sees it. */
public interface Wire {
  /** Sends a payload as the next packet of this exchange. */
  void packet(byte[] payload);

  /**
   * Sends a payload under a sequence number of the script's choice; the next packet counts on from
   * it.
   */
  void packet(int sequence, byte[] payload);

  /** Sends bytes as they are, headers included. */
  void raw(byte... bytes);

  /** Closes the connection after what was sent. */
  void hangUp();

  /** Breaks the connection with a RST where it is a socket; else as {@link #hangUp}. */
  void reset();

  /**
   * Goes on in TLS, as after an SSL request.
   *
   * @throws UnsupportedOperationException where the connection is not a socket
   */
  void startTls(SSLContext context);

  /** Capabilities that the client chose, the MariaDB ones in the upper half; 0 before it has. */
  long clientCapabilities();

  /** Whether the client is one of ours to end results with OK instead of EOF packets. */
  default boolean deprecateEof() {
    return (clientCapabilities() & Capabilities.DEPRECATE_EOF) != 0;
  }
}
