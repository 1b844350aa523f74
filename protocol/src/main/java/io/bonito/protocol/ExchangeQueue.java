package io.bonito.protocol;

import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.Wire;
import io.bonito.protocol.value.ConversionException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Commands in their order: those written and not yet answered, then those not yet written.
 *
 * <pre>
 *   head ─▶ answered next │ written │ written ║ waiting │ waiting
 * </pre>
 *
 * <p>Without pipelining at most one is written. With it a command is written ahead as long as the
 * bytes without an answer stay under a limit (else both sides could wait for ever for the other to
 * read), and nothing is written behind a command that is a barrier, nor that one behind others.
 */
final class ExchangeQueue {
  private final ArrayDeque<Exchange> written = new ArrayDeque<>(4);
  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>(4);
  private final Wire wire;
  private final long mostUnanswered;
  private boolean pipelining;
  private long unanswered;

  /** Found when an earlier command was complete, whose own event was due first. */
  private @Nullable Refusal refusal;

  /** A waiting command that turned out not to be expressible. */
  record Refusal(Exchange exchange, RuntimeException reason) {}

  ExchangeQueue(Wire wire, long mostUnanswered) {
    this.wire = wire;
    this.mostUnanswered = mostUnanswered;
  }

  void pipelining(boolean on) {
    pipelining = on;
  }

  boolean isPipelining() {
    return pipelining;
  }

  boolean isIdle() {
    return written.isEmpty() && waiting.isEmpty() && refusal == null;
  }

  void add(Exchange exchange) {
    waiting.add(exchange);
    writeWhatMay();
  }

  @Nullable Exchange head() {
    return written.peek();
  }

  /** The head has been answered. */
  void remove() {
    Exchange done = written.remove();
    unanswered = written.isEmpty() ? 0 : unanswered - done.sizeHint();
    if (refusal == null) {
      writeOrNoteRefusal();
    }
  }

  private void writeOrNoteRefusal() {
    Exchange next = waiting.peek();
    while (next != null && mayWrite(next)) {
      try {
        write(next);
      } catch (ConversionException | IllegalStateException e) {
        refusal = new Refusal(next, e);
        return;
      }
      next = waiting.peek();
    }
  }

  /** The command that was dropped since the last call, if any; those behind it go on now. */
  @Nullable Refusal takeRefusal() {
    Refusal taken = refusal;
    if (taken != null) {
      refusal = null;
      writeOrNoteRefusal();
    }
    return taken;
  }

  long nanosLeft(long now) {
    long least = Long.MAX_VALUE;
    for (Exchange exchange : written) {
      least = Math.min(least, nanosLeft(exchange, now));
    }
    for (Exchange exchange : waiting) {
      least = Math.min(least, nanosLeft(exchange, now));
    }
    return least;
  }

  private static long nanosLeft(Exchange exchange, long now) {
    return exchange.hasDeadline() ? exchange.deadlineNanos() - now : Long.MAX_VALUE;
  }

  private void writeWhatMay() {
    for (Exchange next = waiting.peek(); next != null && mayWrite(next); next = waiting.peek()) {
      write(next);
    }
  }

  private void write(Exchange next) {
    waiting.remove();
    begin(next);
    if (next.isAnswered()) {
      unanswered += next.sizeHint();
      written.add(next);
    }
  }

  /** Where a command cannot be expressed nothing of it stays behind, and the next ones go on. */
  private void begin(Exchange next) {
    try {
      next.begin(wire);
    } catch (ConversionException | IllegalStateException e) {
      wire.out().abandon();
      throw e;
    }
  }

  private boolean mayWrite(Exchange next) {
    if (refusal != null) {
      return false; // in their order
    }
    if (written.isEmpty()) {
      return true;
    }
    return pipelining
        && unanswered + next.sizeHint() <= mostUnanswered
        && !next.isBarrier(wire.state())
        && !written.getLast().isBarrier(wire.state());
  }
}
