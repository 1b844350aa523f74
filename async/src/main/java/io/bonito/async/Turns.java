package io.bonito.async;

import io.bonito.netty.LoopConnection;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Whose turn it is on a connection. One statement is under way at a time, or one pipeline: what is
 * given is never sent ahead of an answer that it may depend on, and whatever a cancel could hit is
 * the statement that was meant.
 *
 * <pre>
 *   waiting ──▶ under way       one; or several where all of these say that they share, and the
 *                               first of waiting can be sent at once and says so too
 * </pre>
 */
final class Turns {
  /** How many may be under way together, all of whose answers a cancel may have to pass over. */
  private static final int MOST_TOGETHER = 64;

  private final LoopConnection connection;
  private final boolean lent;
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>(4);
  private final ArrayDeque<Turn> underWay = new ArrayDeque<>(2);
  private boolean advancing;
  private boolean closing;

  Turns(LoopConnection connection) {
    this(connection, /* lent= */ false);
  }

  /**
   * @param lent whether these are a borrower's, whose turns end before the connection does
   */
  Turns(LoopConnection connection, boolean lent) {
    this.connection = connection;
    this.lent = lent;
  }

  /** From any thread. */
  void add(Turn turn) {
    if (isOnLoop()) {
      accept(turn);
    } else if (!onLoop(() -> accept(turn))) {
      turn.refuse(AsyncException.closed());
    }
  }

  /**
   * From any thread.
   *
   * @return false where the host has shut its loop down
   */
  boolean onLoop(Runnable action) {
    if (isOnLoop()) {
      action.run();
      return true;
    }
    try {
      connection.eventLoop().execute(action);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** There an action needs no object to be taken there. */
  boolean isOnLoop() {
    return connection.eventLoop().inEventLoop();
  }

  private void accept(Turn turn) {
    if (closing) {
      turn.refuse(refusal());
      return;
    }
    waiting.add(turn);
    advance();
  }

  private AsyncException refusal() {
    return lent ? AsyncException.returned() : AsyncException.closed();
  }

  /** Whether it was still waiting, and waits no more. */
  boolean remove(Turn turn) {
    return waiting.remove(turn);
  }

  boolean isIdle() {
    return underWay.isEmpty() && waiting.isEmpty();
  }

  /** Whether nothing else is under way, and nothing else begins before it is over. */
  boolean isSole(Turn turn) {
    return underWay.size() == 1 && underWay.peek() == turn;
  }

  void over(Turn turn) {
    if (!underWay.remove(turn)) {
      throw new IllegalStateException("it is another one's turn");
    }
    Turn left = underWay.size() == 1 ? underWay.peek() : null;
    if (left != null) {
      left.left();
    }
    advance();
  }

  /** Leaves when all that was given is over; takes nothing more. From any thread. */
  void close() {
    onLoop(
        () -> {
          if (!closing) {
            waiting.add(new Leaving(connection::close));
            closing = true;
            advance();
          }
        });
  }

  private void advance() {
    if (advancing) {
      return;
    }
    advancing = true;
    try {
      for (Turn next = waiting.peek(); next != null && mayBegin(next); next = waiting.peek()) {
        waiting.remove();
        underWay.add(next);
        next.begin();
      }
    } finally {
      advancing = false;
    }
  }

  private boolean mayBegin(Turn next) {
    if (underWay.isEmpty()) {
      return true;
    }
    for (Turn turn : underWay) {
      if (!turn.isShared()) {
        return false;
      }
    }
    return underWay.size() < MOST_TOGETHER && next.mayJoin();
  }

  /**
   * Takes nothing more, and tells when all is over.
   *
   * @param all whether what was given is cancelled; else only that is whose end another has to say
   */
  void end(boolean all, Runnable told) {
    if (!closing) {
      waiting.add(new Leaving(told));
      closing = true;
    }
    // Those that wait first: none of them is to be sent because the one before it ends.
    for (Turn turn : List.copyOf(waiting)) {
      turn.giveUp(all);
    }
    for (Turn turn : List.copyOf(underWay)) {
      turn.giveUp(all);
    }
    advance();
  }

  private final class Leaving implements Turn {
    private final Runnable leave;

    Leaving(Runnable leave) {
      this.leave = leave;
    }

    @Override
    public void begin() {
      leave.run();
      over(this);
    }

    @Override
    public void refuse(AsyncException why) {}
  }
}
