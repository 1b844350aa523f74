package io.bonito.r2dbc;

import io.bonito.async.Execution;
import io.bonito.async.Outcome;
import io.bonito.async.Receiver;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.WireFormat;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A subscription to the results of statements, which are executed one after the other; it begins
 * with the first request, and lives on the connection's loop.
 *
 * <pre>
 *   execution ──results──▶ ready ──as requested──▶ subscriber
 *       └──rows──▶ the source that is under way, as its own consumer requests
 * </pre>
 *
 * <p>Whoever has been given a result may cancel this subscription and still consume the result:
 * {@code Mono.from} does so. Where it is never consumed, the next statement of the connection ends
 * it.
 */
final class Run implements Subscription, Receiver {
  private final BonitoConnection connection;
  private final ArrayDeque<Source> ready = new ArrayDeque<>(2);

  /** Null once it has cancelled, however long what it began goes on, and once all is told. */
  private volatile @Nullable Subscriber<? super Result> subscriber;

  private long demand;

  /** What is executed now, or was last. */
  private Step step;

  private @Nullable CompletableFuture<@Nullable Void> collecting;
  private @Nullable Execution execution;

  /** The result whose rows are coming. */
  private @Nullable Source current;

  /**
   * Only the end of a procedure's result tells whether its row is one or the OUT parameters; until
   * a second row or the end has come, nobody is given it.
   */
  private boolean undecided;

  /** The subscriber has been told that it is one, and may be told more. */
  private boolean started;

  private @Nullable IllegalArgumentException refused;
  private boolean begun;
  private boolean cancelled;
  private boolean superseded;
  private boolean finished;
  private boolean told;
  private boolean draining;
  private @Nullable Throwable failure;

  private Run(BonitoConnection connection, Step first, Subscriber<? super Result> subscriber) {
    this.connection = connection;
    this.step = first;
    this.subscriber = Objects.requireNonNull(subscriber);
  }

  /**
   * @param first the first of the statements that each subscription executes
   */
  static Publisher<Result> publisher(BonitoConnection connection, Step first) {
    return subscriber -> {
      Run run = new Run(connection, first, subscriber);
      subscriber.onSubscribe(run);
      if (run.isOnLoop()) {
        run.begin();
      } else {
        run.onLoop(run::begin);
      }
    };
  }

  private void begin() {
    started = true;
    goOn();
  }

  boolean isOnLoop() {
    return connection.isOnLoop();
  }

  void onLoop(Runnable action) {
    connection.onLoop(action);
  }

  // ---- what the subscriber wants, from any thread

  @Override
  public void request(long count) {
    if (isOnLoop()) {
      requestOnLoop(count);
    } else {
      onLoop(() -> requestOnLoop(count));
    }
  }

  private void requestOnLoop(long count) {
    if (count <= 0) {
      refused = Demand.refused(count);
    } else {
      demand = Demand.plus(demand, count);
    }
    goOn();
  }

  /** On the loop. */
  private void goOn() {
    if (told || cancelled || !started) {
      return;
    }
    IllegalArgumentException wrong = refused;
    if (wrong != null) {
      told = true;
      Subscriber<? super Result> last = subscriber;
      subscriber = null;
      cancelOnLoop();
      if (last != null) {
        last.onError(wrong);
      }
      return;
    }
    if (!begun && demand > 0) {
      begun = true;
      connection.begins(this);
      collect(step, 0);
    }
    drain();
  }

  @Override
  public void cancel() {
    subscriber = null;
    onLoop(this::cancelOnLoop);
  }

  private void cancelOnLoop() {
    if (cancelled) {
      return;
    }
    cancelled = true;
    Source given = current;
    if (given == null || undecided || ready.contains(given) || given.isPassing()) {
      end();
    } else if (superseded) {
      // The next statement waits already. Mono.from consumes what it was given right behind this.
      connection.soon(this::superseded);
    }
    // Else a result has been given that may yet be consumed.
  }

  /** Ends what is under way, and begins nothing more. */
  private void end() {
    if (finished) {
      return;
    }
    finished = true;
    ready.clear();
    CompletableFuture<?> values = collecting;
    if (values != null) {
      values.cancel(false);
    }
    Execution underWay = execution;
    execution = null;
    if (underWay != null) {
      underWay.cancel();
    }
    Source given = current;
    if (given != null) {
      given.pass();
    }
    connection.ends(this);
  }

  /** Another statement has been given to the connection. */
  void superseded() {
    superseded = true;
    Source given = current;
    if (cancelled && given != null && !given.isConsumed()) {
      end();
    }
  }

  // ---- what sources want, on the loop

  void requestRows(Source source, long rows) {
    Execution underWay = execution;
    if (source == current && underWay != null) {
      underWay.request(rows);
    }
  }

  /** The consumer of a result has left it. */
  void left(Source source) {
    if (source == current && cancelled) {
      end();
    }
  }

  // ---- executing

  private void next() {
    Step following = step.next();
    if (following == null) {
      finished = true;
    } else {
      step = following;
      collect(following, 0);
    }
  }

  /** Collects the large values from this one on, and executes then. */
  private void collect(Step step, int index) {
    if (finished) {
      return;
    }
    if (index == step.values().size()) {
      execution = step.query().start(this);
      return;
    }
    CompletableFuture<@Nullable Void> values;
    try {
      values = step.values().get(index).get();
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    collecting = values;
    values.whenComplete(
        (nothing, reason) ->
            onLoop(
                () -> {
                  collecting = null;
                  if (reason != null) {
                    fail(reason);
                  } else {
                    collect(step, index + 1);
                  }
                }));
  }

  // ---- the answers

  @Override
  public void columns(Columns columns) {
    boolean call = step.out() != null;
    Source source =
        new Source(
            this,
            call
                ? new BonitoRowMetadata(columns, connection.tinyIsTruth())
                : connection.metadata(columns));
    current = source;
    Execution underWay = execution;
    if (underWay != null) {
      underWay.pause(); // what one result's consumer has asked for is not for the next
    }
    if (underWay != null && call && columns.format() == WireFormat.BINARY) {
      undecided = true;
      underWay.request(2);
      return;
    }
    ready.add(source);
    drain();
  }

  @Override
  public void row(Row row) {
    Source source = current;
    if (source != null && undecided) {
      if (source.keep(copy(row)) > 1) {
        undecided = false;
        ready.add(source);
        drain();
      }
    } else if (source != null) {
      source.row(row);
    }
  }

  private static Row copy(Row row) {
    Row copy = new Row(row.columns());
    copy.moveTo(
        Arrays.copyOfRange(row.bytes(), row.start(), row.start() + row.size()), 0, row.size());
    return copy;
  }

  @Override
  public void resultEnd(Outcome outcome) {
    Source ending = current;
    if (ending != null) {
      current = null;
      List<Type> types = step.out();
      if (outcome.outParameters() && types != null) {
        ending.comesOut(types);
      }
      ending.end();
      decided(ending);
    } else {
      ready.add(withoutRows(outcome, step));
      drain();
    }
    if (cancelled) {
      end();
    }
  }

  /** Gives a result that has ended before it was known what it is. */
  private void decided(Source ended) {
    if (undecided) {
      undecided = false;
      ready.add(ended);
      drain();
    }
  }

  private Source withoutRows(Outcome outcome, Step step) {
    List<String> keys = step.keys();
    return keys == null || outcome.insertId() == 0
        ? Source.of(this, outcome)
        : Source.of(
            this, outcome, GeneratedKey.of(outcome, keys, step.oneRow()), connection.tinyIsTruth());
  }

  @Override
  public void completed() {
    execution = null;
    if (cancelled) {
      end();
    } else {
      next();
      drain();
    }
  }

  @Override
  public void failed(RuntimeException reason) {
    fail(reason);
  }

  private void fail(Throwable reason) {
    execution = null;
    if (finished) {
      return;
    }
    finished = true;
    failure = Exceptions.of(reason, step.sql());
    Source ending = current;
    if (ending != null) {
      current = null;
      ending.fail(failure);
      decided(ending);
    }
    if (cancelled) {
      connection.ends(this);
    }
    drain();
  }

  /** Gives what is there and wanted, and says the last word when all is given. */
  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    while (!cancelled && demand > 0 && !ready.isEmpty()) {
      Subscriber<? super Result> taker = subscriber;
      if (taker == null) {
        break; // the loop is about to hear of it
      }
      Source source = ready.remove();
      demand = Demand.less(demand);
      taker.onNext(new BonitoResult(source, null));
      if (source == current && demand == Long.MAX_VALUE && !cancelled && !source.isConsumed()) {
        // Whoever wants all results at once, and does not look at this one, waits for its end.
        source.pass();
      }
    }
    draining = false;
    if (finished && !cancelled && !told && ready.isEmpty()) {
      told = true;
      connection.ends(this);
      Throwable reason = failure;
      Subscriber<? super Result> last = subscriber;
      subscriber = null;
      if (last != null && reason != null) {
        last.onError(reason);
      } else if (last != null) {
        last.onComplete();
      }
    }
  }
}
