package io.bonito.protocol.value;

/**
 * What an application may choose about reading values.
 *
 * @param zeroDates what a date that no calendar has becomes
 */
public record DecodingOptions(ZeroDates zeroDates) {
  public static final DecodingOptions DEFAULT = new DecodingOptions(ZeroDates.EXCEPTION);
}
