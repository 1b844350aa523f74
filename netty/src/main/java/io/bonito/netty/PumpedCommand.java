package io.bonito.netty;

import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.FetchExchange;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A command that a {@link SessionPump} answers, and what of its answer may be told. */
final class PumpedCommand implements LoopCommand, LocalData {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final SessionPump pump;
  private final Exchange exchange;
  private final Sink sink;
  private final long givenNanos = System.nanoTime();

  /** How many rows the sink wants; {@code MAX_VALUE} for all. */
  private long demand;

  /** Whether the next event may be a row. */
  private boolean inRows;

  private boolean started;

  /** The sink has thrown: it is not told of anything but {@code failed}. */
  private @Nullable Throwable thrown;

  /** The sink has been asked for a piece of data and has not given it. */
  private boolean askedForData;

  /** The data failed before the sink was asked for the next piece. */
  private @Nullable Throwable dataFailure;

  PumpedCommand(SessionPump pump, Exchange exchange, Sink sink, long rows) {
    this.pump = pump;
    this.exchange = exchange;
    this.sink = sink;
    this.demand = rows;
    this.inRows = exchange instanceof FetchExchange;
  }

  @Override
  public Exchange exchange() {
    return exchange;
  }

  @Override
  public void request(long rows) {
    if (rows <= 0) {
      throw new IllegalArgumentException(rows + " rows requested");
    }
    pump.onLoop(
        () -> {
          demand = plus(demand, rows);
          pump.pump();
        });
  }

  @Override
  public void discard() {
    pump.onLoop(
        () -> {
          exchange.discard();
          demand = Long.MAX_VALUE;
          pump.pump();
        });
  }

  /**
   * For how long the command was allowed to take since it was given, be it that this was said
   * later.
   */
  long allowedMillis() {
    return exchange.hasDeadline()
        ? Math.max(0, (exchange.deadlineNanos() - givenNanos) / NANOS_PER_MILLI)
        : 0;
  }

  /** True where a row could come next and none is wanted. */
  boolean isPaused() {
    return inRows && demand <= 0;
  }

  boolean awaitsData() {
    return askedForData;
  }

  /** Whether the server can have carried it out. */
  boolean mayHaveRun() {
    // A command that waits to be written has not numbered a packet.
    return started || exchange.sequence() != 0;
  }

  // ---- what the pump reports

  void columns(Columns columns) {
    started = true;
    inRows = true;
    if (isHeard()) {
      try {
        sink.columns(columns);
      } catch (Throwable e) {
        crashed(e);
      }
    }
  }

  void row(Row row) {
    started = true;
    long others = demand == Long.MAX_VALUE ? demand : demand - 1;
    demand = 0; // from here on what the sink requests meanwhile
    try {
      if (sink.row(row)) {
        demand = plus(demand, others);
      }
    } catch (Throwable e) {
      crashed(e);
    }
  }

  private static long plus(long demand, long more) {
    return demand + more < 0 ? Long.MAX_VALUE : demand + more;
  }

  void resultEnd(Ok end) {
    started = true;
    inRows = false;
    if (isHeard()) {
      try {
        sink.resultEnd(end);
      } catch (Throwable e) {
        crashed(e);
      }
    }
  }

  void askForData() {
    started = true;
    askedForData = true;
    Throwable failed = dataFailure;
    if (failed != null) {
      pump.dataFailed(failed);
      return;
    }
    if (!isHeard()) {
      end();
      return;
    }
    try {
      sink.localData(this);
    } catch (Throwable e) {
      crashed(e);
      fail(e);
    }
  }

  void done() {
    Throwable earlier = thrown;
    if (earlier != null) {
      failed(earlier);
      return;
    }
    try {
      sink.done();
    } catch (Throwable e) {
      failed(e);
    }
  }

  void refused(ServerError error) {
    Throwable earlier = thrown;
    if (earlier != null) {
      failed(earlier);
      return;
    }
    try {
      sink.refused(error);
    } catch (Throwable e) {
      failed(e);
    }
  }

  void failed(Throwable failure) {
    try {
      sink.failed(thrown != null ? thrown : failure);
    } catch (Throwable e) {
      // It has been told; there is nobody else to tell.
    }
  }

  private boolean isHeard() {
    return thrown == null;
  }

  private void crashed(Throwable e) {
    thrown = e;
    exchange.discard();
    demand = Long.MAX_VALUE;
  }

  // ---- what its statement loads

  @Override
  public void send(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    if (pump.isOnLoop()) {
      give(() -> pump.session().localData(data, offset, length));
    } else {
      byte[] copy = Arrays.copyOfRange(data, offset, offset + length);
      pump.onLoop(() -> give(() -> pump.session().localData(copy, 0, copy.length)));
    }
  }

  @Override
  public void end() {
    pump.onLoop(() -> give(() -> pump.session().localDataEnd()));
  }

  @Override
  public void fail(Throwable cause) {
    pump.onLoop(
        () -> {
          if (askedForData) {
            pump.dataFailed(cause);
          } else {
            dataFailure = cause; // of interest if more is asked for
          }
        });
  }

  private void give(Runnable piece) {
    // Asked for nothing: a second piece at once, or the connection is gone.
    if (askedForData && pump.isOpen()) {
      askedForData = false;
      piece.run();
      pump.pump();
    }
  }
}
