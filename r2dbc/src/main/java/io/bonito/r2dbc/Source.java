package io.bonito.r2dbc;

import io.bonito.async.Outcome;
import io.bonito.protocol.row.Row;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/**
 * One result as it comes from the server; but for {@link #consume}, on the connection's loop.
 *
 * <pre>
 *   with rows        row* then end, as the consumer asks for rows
 *   without rows     end, at once
 *   generated key    the one row, then end
 * </pre>
 */
final class Source {
  private final Run run;
  private final @Nullable BonitoRowMetadata metadata;
  private final @Nullable BonitoRow row;
  private final Segments.@Nullable OfRow segment;
  private final AtomicBoolean consumed = new AtomicBoolean();
  private @Nullable Consumer consumer;
  private @Nullable Row key;
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
    void row(BonitoRow row, BonitoRowMetadata metadata, Segments.OfRow segment);

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
    this.segment = row == null ? null : new Segments.OfRow(row);
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
    source.key = key.row();
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
    run.onLoop(
        () -> {
          if (passing) {
            taker.refuse(
                new IllegalStateException(
                    "this result was passed over: nobody had subscribed to it when it was its turn"));
            return;
          }
          consumer = taker;
          taker.start();
          if (ended && key == null && consumer == taker) {
            finish(taker);
          }
        });
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

  void onLoop(Runnable action) {
    run.onLoop(action);
  }

  /** Lets rows come; on the loop. */
  void request(long rows) {
    Row waiting = key;
    Consumer current = consumer;
    if (waiting != null && current != null) {
      key = null;
      deliver(waiting, current);
      finish(current);
    } else if (!ended) {
      run.requestRows(this, rows);
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
      key = null;
      if (!ended) {
        run.requestRows(this, Long.MAX_VALUE);
      }
    }
  }

  void row(Row current) {
    Consumer taker = consumer;
    if (taker != null && !passing) {
      deliver(current, taker);
    }
  }

  private void deliver(Row current, Consumer taker) {
    BonitoRow lent = row;
    BonitoRowMetadata columns = metadata;
    Segments.OfRow part = segment;
    if (lent != null && columns != null && part != null) {
      lent.lend(current);
      try {
        taker.row(lent, columns, part);
      } finally {
        lent.lend(null);
      }
    }
  }

  void end() {
    ended = true;
    Consumer taker = consumer;
    if (taker != null && !passing) {
      finish(taker);
    }
  }

  void fail(Throwable reason) {
    failure = reason;
    end();
  }

  private void finish(Consumer taker) {
    consumer = null;
    Throwable reason = failure;
    if (reason != null) {
      taker.fail(reason);
    } else {
      taker.end();
    }
  }
}
