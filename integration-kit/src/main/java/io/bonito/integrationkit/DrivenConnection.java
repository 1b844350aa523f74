package io.bonito.integrationkit;

import io.bonito.protocol.failure.ConnectionException;
import java.util.List;

/**
 * A connection of the transport that is tested. Where the transport is asynchronous, this waits.
 *
 * <p>Deadlines that the kit gives to exchanges are on the clock of {@code System.nanoTime()}.
 */
public interface DrivenConnection {
  /**
   * Gives all of these commands at once, tells the events of their answers in order, and returns
   * when the last is complete. Where none of them is answered it may return at once.
   *
   * @throws ConnectionException where an answer will never come: the connection must be closed by
   *     then
   */
  void run(List<Command> commands, EventListener listener) throws ConnectionException;

  /** Goes on after a listener has answered a row with false. From any thread. */
  void resume();

  /** {@code session.pipelining(on)}. */
  void pipelining(boolean on);

  /** Closes at once; what waits for an answer fails. From any thread, within a listener too. */
  void abort();

  /** False once the connection is closed, by whomever. */
  boolean isOpen();

  /** Takes leave with QUIT where nothing is under way, and closes. Never throws. */
  void close();
}
