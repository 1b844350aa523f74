package io.bonito.async;

import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The rows of a query; executes it for each subscriber, when that asks for the first row. */
final class RowPublisher<T> implements Flow.Publisher<T> {
  private final Query query;
  private final RowMapper<T> mapper;

  RowPublisher(Query query, RowMapper<T> mapper) {
    this.query = query;
    this.mapper = Objects.requireNonNull(mapper);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    Objects.requireNonNull(subscriber);
    RowSubscription<T> subscription = new RowSubscription<>(query, mapper, subscriber);
    subscriber.onSubscribe(subscription);
    subscription.start();
  }

  /**
   * One subscriber's share. Rows come on the loop and only as they were requested, so that nothing
   * is kept here; whoever takes the subscriber away says the last word, or sees to it that none is
   * said.
   */
  private static final class RowSubscription<T> implements Flow.Subscription, Receiver {
    private final Query query;
    private final RowMapper<T> mapper;
    private final AtomicReference<Flow.@Nullable Subscriber<? super T>> subscriber;
    private final Command command;
    private final AtomicBoolean given = new AtomicBoolean();
    private volatile boolean started;
    private volatile boolean wanted;
    private volatile long refused = 1;
    private boolean seen;
    private boolean passing;

    RowSubscription(Query query, RowMapper<T> mapper, Flow.Subscriber<? super T> subscriber) {
      this.query = query;
      this.mapper = mapper;
      this.subscriber = new AtomicReference<>(subscriber);
      this.command = query.command(this, /* paced= */ true);
    }

    // ---- what the subscriber wants, from any thread

    @Override
    public void request(long count) {
      if (subscriber.get() == null) {
        return;
      }
      if (count <= 0) {
        refused = count;
      } else {
        command.request(count);
      }
      wanted = true;
      if (started) {
        goOn();
      }
    }

    /** The subscriber has been told that it is one, and may be told more. */
    void start() {
      started = true;
      if (wanted) {
        goOn();
      }
    }

    private void goOn() {
      long wrong = refused;
      if (wrong <= 0) {
        query.line().onLoop(() -> refuse(wrong));
      } else if (!given.get() && given.compareAndSet(false, true)) {
        query.give(command);
      }
    }

    private void refuse(long count) {
      command.cancel();
      end(
          new IllegalArgumentException(
              count
                  + " elements requested; by rule 3.9 of Reactive Streams it must be more than 0"));
    }

    @Override
    public void cancel() {
      subscriber.set(null);
      command.cancel();
    }

    // ---- the answer

    @Override
    public void columns(Columns columns) {
      passing = seen;
      seen = true;
      if (passing) {
        command.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void row(Row row) {
      Flow.Subscriber<? super T> current = subscriber.get();
      if (passing || current == null) {
        return;
      }
      T value = Objects.requireNonNull(mapper.map(row), "the mapper gave null for a row");
      try {
        current.onNext(value);
      } catch (RuntimeException e) {
        cancel(); // rule 2.13: whoever throws wants nothing more, and is told nothing more
      }
    }

    @Override
    public void completed() {
      Flow.Subscriber<? super T> current = subscriber.getAndSet(null);
      if (current != null) {
        current.onComplete();
      }
    }

    @Override
    public void failed(RuntimeException failure) {
      end(failure);
    }

    private void end(RuntimeException failure) {
      Flow.Subscriber<? super T> current = subscriber.getAndSet(null);
      if (current != null) {
        current.onError(failure);
      }
    }
  }
}
