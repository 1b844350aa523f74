package io.bonito.r2dbc;

import io.bonito.async.Outcome;
import io.bonito.protocol.row.Row;
import io.r2dbc.spi.Type;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/**
 * One result as it comes from the server; but for {@link #consume}, on the connection's loop.
 *
 * <pre>
 *   with rows         row* then end, as the consumer asks for rows
 *   without rows      end, at once
 *   generated key     the one row, then end
 *   OUT parameters    these, then end
 * </pre>
 *
 * <p>Rows that came before they could be asked for are kept, and given first.
 */
final class Source {
  private final Run run;
  private final @Nullable BonitoRowMetadata metadata;
  private final @Nullable BonitoRow row;
  private @Nullable ArrayDeque<Row> kept;
  private @Nullable BonitoOutParameters out;
  private final AtomicBoolean consumed = new AtomicBoolean();
  private @Nullable Consumer consumer;
  private boolean passing;
  private boolean ended;
  private boolean counted;
  private long rowsUpdated;
  private @Nullable Throwable failure;

  /** Who takes what a result consists of. */
  interface Consumer extends Subscription {
    /** From any thread: it is told that it has subscribed. */
    void begin();

    /** What it has asked for meanwhile may be given from now on. */
    void start();

    /** A row that was asked for. */
    void row(BonitoRow row);

    /** The OUT parameters of a procedure, which were asked for as a row is. */
    void out(BonitoOutParameters parameters);

    /** No more rows will come. */
    void end();

    void fail(Throwable failure);

    /** Somebody else has consumed the result. */
    void refuse(IllegalStateException why);
  }

  Source(Run run, @Nullable BonitoRowMetadata metadata) {
    this.run = run;
    this.metadata = metadata;
    this.row = metadata == null ? null : new BonitoRow(metadata);
  }

  /** A result without rows. */
  static Source of(Run run, Outcome outcome) {
    Source source = new Source(run, null);
    source.rowsUpdated = outcome.affectedRows();
    source.counted = true;
    source.ended = true;
    return source;
  }

  /** The key that was generated. */
  static Source of(Run run, Outcome outcome, GeneratedKey key, boolean tinyIsTruth) {
    Source source = new Source(run, new BonitoRowMetadata(key.row().columns(), tinyIsTruth));
    source.rowsUpdated = outcome.affectedRows();
    source.keep(key.row());
    source.failure = key.incomplete();
    source.counted = true;
    source.ended = true;
    return source;
  }

  // ---- for consumers

  /** From any thread. */
  void consume(Consumer taker) {
    boolean first = consumed.compareAndSet(false, true);
    taker.begin();
    if (!first) {
      taker.refuse(new IllegalStateException("this result has been consumed already"));
      return;
    }
    if (run.isOnLoop()) {
      start(taker);
    } else {
      run.onLoop(() -> start(taker));
    }
  }

  private void start(Consumer taker) {
    if (passing) {
      taker.refuse(
          new IllegalStateException(
              "this result was passed over: nobody had subscribed to it when it was its turn"));
      return;
    }
    consumer = taker;
    taker.start();
    finishIfMay();
  }

  boolean hasRows() {
    return metadata != null;
  }

  /** Whether it tells how many rows were changed. */
  boolean hasCount() {
    return counted;
  }

  long rowsUpdated() {
    return rowsUpdated;
  }

  boolean isOnLoop() {
    return run.isOnLoop();
  }

  void onLoop(Runnable action) {
    run.onLoop(action);
  }

  /** Lets rows come; on the loop. */
  void request(long rows) {
    long left = rows;
    ArrayDeque<Row> waiting = kept;
    while (waiting != null && left > 0) {
      Consumer taker = consumer;
      Row next = taker == null || passing ? null : waiting.poll();
      if (taker == null || next == null) {
        break;
      }
      left = Demand.less(left);
      deliver(next, taker);
    }
    if (ended) {
      finishIfMay();
    } else if (left > 0) {
      run.requestRows(this, left);
    }
  }

  private void finishIfMay() {
    Consumer taker = consumer;
    ArrayDeque<Row> waiting = kept;
    if (ended && taker != null && !passing && (waiting == null || waiting.isEmpty())) {
      consumer = null;
      Throwable reason = failure;
      if (reason != null) {
        taker.fail(reason);
      } else {
        taker.end();
      }
    }
  }

  /** The consumer wants no more; on the loop. */
  void leave() {
    consumer = null;
    pass();
    run.left(this);
  }

  // ---- for the run

  boolean isConsumed() {
    return consumed.get();
  }

  boolean isPassing() {
    return passing;
  }

  /** Nobody will want the rows. */
  void pass() {
    if (!passing) {
      passing = true;
      kept = null;
      if (!ended) {
        run.requestRows(this, Long.MAX_VALUE);
      }
    }
  }

  /**
   * Keeps a row that nobody could ask for yet.
   *
   * @return how many there are now
   */
  int keep(Row row) {
    ArrayDeque<Row> waiting = kept;
    if (waiting == null) {
      waiting = new ArrayDeque<>(2);
      kept = waiting;
    }
    waiting.add(row);
    return waiting.size();
  }

  /**
   * What was kept are not rows but what came out of a procedure.
   *
   * @param types as they were bound, in their order
   */
  void comesOut(List<Type> types) {
    BonitoRowMetadata columns = metadata;
    if (columns != null) {
      columns.comeOut(types);
      out = new BonitoOutParameters(columns);
    }
  }

  void row(Row current) {
    Consumer taker = consumer;
    if (taker != null && !passing) {
      deliver(current, taker);
    }
  }

  private void deliver(Row current, Consumer taker) {
    BonitoOutParameters parameters = out;
    if (parameters != null) {
      parameters.lend(current); // for good: the bytes under it are a copy
      taker.out(parameters);
      return;
    }
    BonitoRow lent = row;
    if (lent != null) {
      lent.lend(current);
      try {
        taker.row(lent);
      } finally {
        lent.lend(null);
      }
    }
  }

  void end() {
    ended = true;
    finishIfMay();
  }

  void fail(Throwable reason) {
    failure = reason;
    end();
  }
}
