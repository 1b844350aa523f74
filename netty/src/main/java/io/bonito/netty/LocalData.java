package io.bonito.netty;

/** What a statement loads, given piece by piece; from any thread. */
public interface LocalData {
  /** Sends a piece, which is copied. One at a time: {@link Sink#localData} asks for the next. */
  void send(byte[] data, int offset, int length);

  /** Nothing more will come. */
  void end();

  /**
   * The data cannot be had. To end it here would load a part as if it were all, so the connection
   * is closed.
   */
  void fail(Throwable cause);
}
