package io.bonito.protocol.option;

/** What {@code 0000-00-00} becomes in Java, which has no such day. */
public enum ZeroDateTimeBehavior {
  /** Reading it as a date is a conversion error; getString still gives the server's text. */
  EXCEPTION,
  /** It reads as 0001-01-01. */
  ROUND,
  /** It reads as NULL. */
  CONVERT_TO_NULL
}
