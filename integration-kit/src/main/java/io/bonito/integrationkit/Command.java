package io.bonito.integrationkit;

import io.bonito.protocol.exchange.Exchange;

/**
 * A command for the transport to give to its session.
 *
 * @param loads whether it is a LOAD DATA LOCAL that is given {@code data}
 * @param data what the transport gives to the session at {@code LOCAL_DATA}; may be empty
 */
public record Command(Exchange exchange, boolean loads, byte[] data) {
  static Command of(Exchange exchange) {
    return new Command(exchange, /* loads= */ false, new byte[0]);
  }
}
