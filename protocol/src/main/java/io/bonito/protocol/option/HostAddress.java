package io.bonito.protocol.option;

/**
 * One server of a URL.
 *
 * @param host a name, an address without brackets, or a path beginning with {@code /}
 */
public record HostAddress(String host, int port) {
  public static final HostAddress DEFAULT =
      new HostAddress(Options.HOST.defaultValue(), Options.PORT.defaultValue());
}
