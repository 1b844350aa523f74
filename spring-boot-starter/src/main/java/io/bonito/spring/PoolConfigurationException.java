package io.bonito.spring;

/** What an application says of its pools is wrong; the message says what would be right. */
public final class PoolConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  PoolConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }

  PoolConfigurationException(String message) {
    super(message);
  }
}
