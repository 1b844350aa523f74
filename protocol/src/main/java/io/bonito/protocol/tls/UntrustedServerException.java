package io.bonito.protocol.tls;

import javax.net.ssl.SSLException;

/**
 * Nobody vouches for the server's certificate, or it is another server's. Nothing of the login has
 * been sent.
 */
public final class UntrustedServerException extends SSLException {
  private static final long serialVersionUID = 1L;

  UntrustedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
