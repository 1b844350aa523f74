package io.bonito.protocol;

import io.bonito.protocol.buffer.CommandTooLargeException;
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
  private boolean begunAlone;
  private boolean closed;
  private long unanswered;

  /** A command that could not be begun. Its turn to be told comes when those before are done. */
  private @Nullable Exchange refused;

  private @Nullable RuntimeException refusal;

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

  /**
   * Takes a command.
   *
   * @throws ConversionException where it is begun at once and turns out not to be expressible
   * @throws IllegalStateException where it is begun at once and cannot be
   * @throws IllegalArgumentException where it is begun at once and is longer than 2 GiB
   */
  void add(Exchange exchange) {
    if (closed) {
      throw new IllegalStateException("the login has failed");
    }
    waiting.add(exchange);
    writeWhatMay();
    RuntimeException reason = refusal;
    if (reason != null && refused == exchange) {
      refusal = null;
      throw reason;
    }
  }

  /** Whether nothing keeps a command from being written as soon as it is added. */
  boolean writesAtOnce(Exchange exchange) {
    return waiting.isEmpty() && mayWrite(exchange);
  }

  /** The command that could not be begun, if it is the next to be told about. */
  @Nullable Exchange refused() {
    return refusal != null && written.isEmpty() ? refused : null;
  }

  /** Why; the commands behind it go on. */
  RuntimeException takeRefusal() {
    RuntimeException reason = refusal;
    if (reason == null) {
      throw new IllegalStateException("no command was refused");
    }
    refusal = null;
    writeWhatMay();
    return reason;
  }

  @Nullable Exchange head() {
    return written.peek();
  }

  /**
   * Whether, since this was last asked, a command was written while none was unanswered: whatever
   * had arrived by then cannot be its answer.
   */
  boolean takeBegunAlone() {
    boolean begun = begunAlone;
    begunAlone = false;
    return begun;
  }

  /** The head has been answered. */
  void remove() {
    Exchange done = written.remove();
    unanswered = written.isEmpty() ? 0 : unanswered - done.sizeHint();
    writeWhatMay();
  }

  /** The login has failed: commands that waited for it are never written, and none is taken. */
  void close() {
    written.clear();
    waiting.clear();
    refusal = null;
    closed = true;
  }

  long nanosLeft(long now) {
    Exchange head = written.peek();
    if (written.size() <= 1 && waiting.isEmpty()) {
      return head == null ? Long.MAX_VALUE : nanosLeft(head, now); // nearly always, and at no cost
    }
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
      waiting.remove();
      if (begin(next) && next.isAnswered()) {
        begunAlone |= written.isEmpty();
        unanswered += next.sizeHint();
        written.add(next);
      }
    }
  }

  /** Where a command cannot be written, for whatever reason, nothing of it stays behind. */
  private boolean begin(Exchange next) {
    boolean begun = false;
    try {
      next.begin(wire);
      begun = true;
    } catch (CommandTooLargeException e) {
      refuse(next, new ConversionException(String.valueOf(e.getMessage()), e));
    } catch (ConversionException | IllegalStateException | IllegalArgumentException e) {
      refuse(next, e);
    } finally {
      if (!begun) {
        wire.out().abandon();
      }
    }
    return begun;
  }

  private void refuse(Exchange next, RuntimeException reason) {
    refused = next;
    refusal = reason;
  }

  private boolean mayWrite(Exchange next) {
    if (refusal != null) {
      return false;
    }
    if (written.isEmpty()) {
      return true;
    }
    return pipelining
        && unanswered + next.sizeHint() <= mostUnanswered
        && next.mayFollow(written.getLast())
        && !next.isBarrier(wire.state())
        && !written.getLast().isBarrier(wire.state());
  }
}
