package io.bonito.protocol.value;

/**
 * A value was asked for as a Java type that cannot hold it, or given as one that SQL cannot hold.
 *
 * <p>Only this value is affected: the connection, the result and the row stay usable.
 */
public final class ConversionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConversionException(String message) {
    super(message);
  }

  public ConversionException(String message, Throwable cause) {
    super(message, cause);
  }
}
