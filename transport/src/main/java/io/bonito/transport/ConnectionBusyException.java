package io.bonito.transport;

/**
 * A connection was asked for something while it was still at work: another thread uses it, or a
 * result has not been read to its end. Nothing was sent, and what is under way goes on undisturbed.
 */
public final class ConnectionBusyException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  ConnectionBusyException(String message) {
    super(message);
  }
}
