package io.bonito.r2dbc;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result.Segment;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * What a function makes of each segment, one publisher behind the other: the next segment is asked
 * for when the publisher of the one before is complete. Where a result breaks off, the function is
 * told so by a last segment, and the subscriber, when that is mapped, by an error signal.
 */
final class MappedSegments<T> extends Consumption<T> {
  private final Function<Segment, ? extends Publisher<? extends T>> function;
  private @Nullable Inner inner;

  /** A row has been asked for. */
  private boolean waiting;

  private boolean ended;
  private boolean countGiven;

  /** What the result ends with, once all before it is mapped. */
  private @Nullable Throwable failure;

  private boolean failureGiven;

  MappedSegments(
      Source source,
      @Nullable Predicate<Segment> filter,
      Function<Segment, ? extends Publisher<? extends T>> function,
      Subscriber<? super T> subscriber) {
    super(source, filter, subscriber);
    this.function = function;
  }

  @Override
  void requested(long count) {
    Inner current = inner;
    if (current != null) {
      current.request(count);
    } else {
      goOn();
    }
  }

  @Override
  void cancelled() {
    Inner current = inner;
    inner = null;
    if (current != null) {
      current.cancel();
    }
  }

  /** Asks for the next segment, if one may come. */
  private void goOn() {
    if (isOver() || inner != null) {
      return;
    }
    Throwable reason = failure;
    if (reason != null) {
      if (!failureGiven && reason instanceof R2dbcException exception) {
        failureGiven = true;
        subscribe(new Segments.OfError(exception));
      } else {
        super.fail(reason);
      }
    } else if (ended) {
      if (countGiven || !source().hasCount()) {
        complete();
      } else {
        countGiven = true;
        subscribe(new Segments.OfCount(source().rowsUpdated()));
      }
    } else if (demand() > 0 && !waiting) {
      waiting = true;
      source().request(1);
    }
  }

  @Override
  public void row(BonitoRow row) {
    waiting = false;
    subscribe(row);
  }

  @Override
  public void out(BonitoOutParameters parameters) {
    waiting = false;
    subscribe(parameters);
  }

  private void subscribe(Segment segment) {
    Publisher<? extends T> publisher;
    Inner next = new Inner();
    try {
      if (!accepts(segment)) {
        goOn();
        return;
      }
      publisher =
          Objects.requireNonNull(function.apply(segment), "the mapping function gave no publisher");
    } catch (Throwable e) {
      abandon(e);
      return;
    }
    inner = next;
    publisher.subscribe(next);
  }

  @Override
  public void end() {
    ended = true;
    goOn();
  }

  @Override
  public void fail(Throwable reason) {
    failure = reason;
    goOn();
  }

  /** One segment's publisher; its signals may come from any thread and are taken to the loop. */
  private final class Inner implements Subscriber<T> {
    private volatile @Nullable Subscription subscription;
    private boolean asked;

    @Override
    public void onSubscribe(Subscription given) {
      if (subscription != null) {
        given.cancel();
        return;
      }
      subscription = given;
      source()
          .onLoop(
              () -> {
                if (inner != this) {
                  given.cancel();
                  return;
                }
                asked = true;
                if (demand() > 0) {
                  given.request(demand());
                }
              });
    }

    void request(long count) {
      Subscription current = subscription;
      if (current != null && asked) {
        current.request(count); // else all of the demand is asked for at once
      }
    }

    void cancel() {
      Subscription current = subscription;
      if (current != null) {
        current.cancel();
      }
    }

    @Override
    public void onNext(T value) {
      source()
          .onLoop(
              () -> {
                if (inner == this) {
                  give(value);
                }
              });
    }

    @Override
    public void onError(Throwable failure) {
      source()
          .onLoop(
              () -> {
                if (inner == this) {
                  inner = null;
                  abandon(failure);
                }
              });
    }

    @Override
    public void onComplete() {
      source()
          .onLoop(
              () -> {
                if (inner == this) {
                  inner = null;
                  goOn();
                }
              });
    }
  }
}
