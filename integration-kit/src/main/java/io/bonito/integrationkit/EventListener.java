package io.bonito.integrationkit;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;

/** Hears of the events of a command. */
@FunctionalInterface
public interface EventListener {
  /**
   * Called where the session may be read, before it is asked for its next event. Told are COLUMNS,
   * ROW, RESULT_END, PREPARED, DONE and FAILED; the others are between transport and session.
   *
   * @return whether to go on. Where a ROW is answered with false, the session is not asked for
   *     anything and nothing is received until {@link DrivenConnection#resume}
   */
  boolean on(Event event, Exchange exchange);
}
