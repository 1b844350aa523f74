package io.bonito.netty;

import io.bonito.protocol.exchange.Exchange;

/** A command that was given to a {@link LoopConnection}; its answer goes to its {@link Sink}. */
public interface LoopCommand {
  /** What was given. Its state is the event loop's own. */
  Exchange exchange();

  /**
   * Lets so many more rows come. While none may, nothing is decoded and nothing read from the
   * socket, so that the server waits too; what comes behind the last row waits with it. From any
   * thread.
   */
  void request(long rows);

  /** Passes over all further rows; the end is still told. From any thread. */
  void discard();
}
