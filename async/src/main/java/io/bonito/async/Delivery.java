package io.bonito.async;

import io.bonito.netty.Sink;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * What of an answer reaches its receiver: rows as it asks for them, and nothing once it has left or
 * has been told the end; on the loop, but for what says otherwise.
 */
abstract class Delivery implements Execution, Sink {
  private final Receiver receiver;
  private final RowAhead ahead = new RowAhead();
  private boolean heard = true;

  /** How many rows the receiver wants, besides none that was kept ahead. */
  private long demand;

  /**
   * @param paced whether the receiver asks for rows; else it takes them as they come
   */
  Delivery(Receiver receiver, boolean paced) {
    this.receiver = receiver;
    this.demand = paced ? 0 : Long.MAX_VALUE;
  }

  // ---- what the caller wants, from any thread

  @Override
  public final void request(long rows) {
    if (rows <= 0) {
      throw new IllegalArgumentException(rows + " rows requested");
    }
    if (isOnLoop()) {
      requestOnLoop(rows);
    } else {
      onLoop(() -> requestOnLoop(rows));
    }
  }

  private void requestOnLoop(long rows) {
    demand = demand + rows < 0 ? Long.MAX_VALUE : demand + rows;
    Row waiting = ahead.take();
    if (waiting != null) {
      deliver(waiting);
      resume();
    }
  }

  @Override
  public final void pause() {
    demand = 0;
  }

  @Override
  public final void cancel() {
    onLoop(
        () -> {
          heard = false;
          abandon();
        });
  }

  // ---- who sees to the statement

  abstract void onLoop(Runnable action);

  abstract boolean isOnLoop();

  /** More rows may come. */
  abstract void resume();

  /** Nobody waits for the rest of the answer. */
  abstract void abandon();

  /** A part of the answer has come. */
  abstract void firstAnswer();

  // ---- the answer

  @Override
  public final void columns(Columns columns) {
    firstAnswer();
    if (heard) {
      try {
        receiver.columns(columns);
      } catch (Throwable e) {
        crashed(e);
      }
    }
  }

  @Override
  public final boolean row(Row row) {
    if (heard && demand <= 0) {
      ahead.keep(row);
      return false;
    }
    deliver(row);
    return true;
  }

  private void deliver(Row row) {
    if (heard) {
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
      try {
        receiver.row(row);
      } catch (Throwable e) {
        crashed(e);
      }
    }
  }

  @Override
  public final void resultEnd(Ok end) {
    firstAnswer();
    if (heard) {
      try {
        receiver.resultEnd(Outcome.of(end));
      } catch (Throwable e) {
        crashed(e);
      }
    }
  }

  private void crashed(Throwable e) {
    tellFailed(AsyncException.of(e));
    abandon();
  }

  // ---- its end

  final boolean isHeard() {
    return heard;
  }

  /** From here on the receiver is told nothing but, where this is true, the end. */
  final boolean stopHearing() {
    boolean was = heard;
    heard = false;
    return was;
  }

  final void tellFailed(RuntimeException failure) {
    if (stopHearing()) {
      tell(failure);
    }
  }

  /**
   * Says how it has ended.
   *
   * @param failure null where it has ended well
   */
  final void tell(@Nullable RuntimeException failure) {
    try {
      if (failure == null) {
        receiver.completed();
      } else {
        receiver.failed(failure);
      }
    } catch (Throwable e) {
      // It has been told; there is nobody else to tell.
    }
  }
}
