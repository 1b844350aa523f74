package io.bonito.integrationkit;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;

/** All that the kit must know of a transport: how a connection of it is opened. */
@FunctionalInterface
public interface TransportDriver {
  /**
   * Connects and logs in, within the options' {@code connectTimeout}; waits for it.
   *
   * @throws ConnectionException where that fails; nothing is left open then
   */
  DrivenConnection open(ConnectionOptions options) throws ConnectionException;
}
