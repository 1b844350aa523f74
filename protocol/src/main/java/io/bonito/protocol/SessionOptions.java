package io.bonito.protocol;

import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.value.DecodingOptions;

/**
 * What a session needs to know before the first byte.
 *
 * @param login who connects, and on what conditions
 * @param decoding how values are read
 * @param largestPayload bytes of one row or other payload that are taken after the login, up to
 *     2<sup>30</sup>; memory grows with what arrives, so this limits nothing but that
 * @param unansweredBytes how much may be written ahead of the answers, where commands are pipelined
 */
public record SessionOptions(
    Login login, DecodingOptions decoding, int largestPayload, int unansweredBytes) {
  public static final int DEFAULT_LARGEST_PAYLOAD = 1 << 30;
  public static final int DEFAULT_UNANSWERED_BYTES = 32 * 1024;

  public SessionOptions(Login login) {
    this(login, DecodingOptions.DEFAULT, DEFAULT_LARGEST_PAYLOAD, DEFAULT_UNANSWERED_BYTES);
  }
}
