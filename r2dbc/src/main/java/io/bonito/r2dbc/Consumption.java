package io.bonito.r2dbc;

import io.r2dbc.spi.Result.Segment;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * The subscription of whoever consumes a result: all signals but the first are given on the
 * connection's loop, one after the other.
 */
abstract class Consumption<T> implements Source.Consumer {
  private final Source source;
  private final @Nullable Predicate<Segment> filter;
  private volatile @Nullable Subscriber<? super T> subscriber;
  private long demand;
  private boolean started;
  private @Nullable IllegalArgumentException refused;

  Consumption(
      Source source, @Nullable Predicate<Segment> filter, Subscriber<? super T> subscriber) {
    this.source = source;
    this.filter = filter;
    this.subscriber = Objects.requireNonNull(subscriber);
  }

  final Source source() {
    return source;
  }

  final boolean accepts(Segment segment) {
    Predicate<Segment> chosen = filter;
    return chosen == null || chosen.test(segment);
  }

  final boolean isFiltered() {
    return filter != null;
  }

  final long demand() {
    return demand;
  }

  final boolean isOver() {
    return subscriber == null;
  }

  // ---- from any thread

  @Override
  public final void begin() {
    Subscriber<? super T> current = subscriber;
    if (current != null) {
      current.onSubscribe(this);
    }
  }

  @Override
  public final void request(long count) {
    if (source.isOnLoop()) {
      requestOnLoop(count);
    } else {
      source.onLoop(() -> requestOnLoop(count));
    }
  }

  private void requestOnLoop(long count) {
    if (count <= 0) {
      refused = Demand.refused(count);
    } else {
      demand = Demand.plus(demand, count);
    }
    if (started) {
      goOn(count);
    }
  }

  @Override
  public final void cancel() {
    subscriber = null;
    source.onLoop(
        () -> {
          cancelled();
          source.leave();
        });
  }

  // ---- on the loop

  @Override
  public final void start() {
    started = true;
    goOn(demand);
  }

  private void goOn(long count) {
    IllegalArgumentException wrong = refused;
    if (isOver()) {
      return;
    }
    if (wrong != null) {
      abandon(wrong);
    } else if (count > 0) {
      requested(count);
    }
  }

  /** So many more elements may be given. */
  abstract void requested(long count);

  /** The subscriber has left. */
  void cancelled() {}

  final void give(T value) {
    Subscriber<? super T> current = subscriber;
    if (current != null) {
      demand = Demand.less(demand);
      current.onNext(value);
    }
  }

  final void complete() {
    Subscriber<? super T> current = subscriber;
    subscriber = null;
    if (current != null) {
      current.onComplete();
    }
  }

  @Override
  public void fail(Throwable failure) {
    Subscriber<? super T> current = subscriber;
    subscriber = null;
    if (current != null) {
      current.onError(failure);
    }
  }

  @Override
  public final void refuse(IllegalStateException why) {
    Subscriber<? super T> current = subscriber;
    subscriber = null;
    if (current != null) {
      current.onError(why);
    }
  }

  /** What the application gave has failed: it is told, and the rest of the result passed over. */
  final void abandon(Throwable failure) {
    Subscriber<? super T> current = subscriber;
    subscriber = null;
    cancelled();
    source.leave();
    if (current != null) {
      current.onError(failure);
    }
  }
}
