package io.bonito.protocol.value;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What an application may choose about reading values.
 *
 * @param zeroDates what a date that no calendar has becomes
 * @param codecs Java types added or replaced
 * @param zone the session's time zone, which instants are read in
 */
public record DecodingOptions(ZeroDates zeroDates, Codecs codecs, ZoneId zone) {
  public static final DecodingOptions DEFAULT =
      new DecodingOptions(ZeroDates.EXCEPTION, Codecs.NONE, ZoneOffset.UTC);
}
