package io.bonito.protocol.value;

/**
 * What a date that no calendar has becomes: {@code 0000-00-00}, {@code 2024-00-10}, {@code
 * 2024-05-00}.
 *
 * <p>The servers store such dates unless sql_mode forbids it. The policy touches the getters that
 * return Java dates; {@code getString} always says what the server says.
 */
public enum ZeroDates {
  /** A {@link ConversionException}. */
  EXCEPTION,
  /** Reads as SQL NULL. */
  NULL,
  /** A year, month or day of zero counts as one: {@code 0001-01-01}, {@code 2024-01-10}. */
  ROUND
}
