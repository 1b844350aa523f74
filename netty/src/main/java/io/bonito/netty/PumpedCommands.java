package io.bonito.netty;

import io.bonito.protocol.PeerHealth;
import io.bonito.protocol.exchange.Exchange;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The commands of one connection that are not answered, in their order. */
final class PumpedCommands {
  private final ArrayDeque<PumpedCommand> queue = new ArrayDeque<>();

  /** Odd while the server owes an answer, and another one after each sign of life. */
  private final AtomicInteger beat = new AtomicInteger();

  void add(PumpedCommand command) {
    queue.add(command);
  }

  /** The one that is answered next. */
  @Nullable PumpedCommand head() {
    return queue.peek();
  }

  PumpedCommand removeHead() {
    return queue.remove();
  }

  void remove(PumpedCommand command) {
    queue.remove(command);
  }

  /** Null where nobody waits for this exchange. */
  @Nullable PumpedCommand remove(Exchange exchange) {
    for (PumpedCommand command : queue) {
      if (command.exchange() == exchange) {
        queue.remove(command);
        return command;
      }
    }
    return null;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** True while it is not the server's turn but the sink's, to want a row or to give data. */
  boolean waitForSink() {
    PumpedCommand head = queue.peek();
    return head != null && (head.isPaused() || head.awaitsData());
  }

  /** For how long the first was allowed to take whose deadline has passed. */
  long allowedMillisOfLate(long now) {
    for (PumpedCommand command : queue) {
      Exchange exchange = command.exchange();
      if (exchange.hasDeadline() && exchange.deadlineNanos() - now <= 0) {
        return command.allowedMillis();
      }
    }
    return 0;
  }

  /**
   * @param loggedIn whether the server can have carried out any
   */
  void failAll(Ending ending, boolean loggedIn) {
    for (PumpedCommand next = queue.poll(); next != null; next = queue.poll()) {
      next.failed(ending.failure(loggedIn && next.mayHaveRun()));
    }
  }

  // ---- for the watch

  /** From any thread; see {@link PeerHealth}. */
  int beat() {
    return beat.getAcquire();
  }

  /** A sign of life, or the end. */
  void beatStops() {
    owed(false);
  }

  void beatGoesOn() {
    owed(!queue.isEmpty() && !waitForSink());
  }

  private void owed(boolean answer) {
    int count = beat.getPlain();
    if (PeerHealth.isWaiting(count) != answer) {
      beat.setRelease(count + 1);
    }
  }
}
