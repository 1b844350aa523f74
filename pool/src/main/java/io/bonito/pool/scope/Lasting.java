package io.bonito.pool.scope;

import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Results that are not there yet when a method returns: a scope lasts as long as they do. */
public final class Lasting {
  private Lasting() {}

  /** Whether this is such a result. */
  public static boolean isLasting(@Nullable Object result) {
    return result instanceof CompletionStage<?>
        || result instanceof BaseStream<?, ?>
        || result instanceof Flow.Publisher<?>;
  }

  /**
   * The same result, which closes the scope when it is complete, cancelled or closed.
   *
   * @throws IllegalArgumentException where it is not {@linkplain #isLasting lasting}
   */
  public static Object closing(Object result, Scope scope) {
    if (result instanceof CompletionStage<?> stage) {
      return stage(stage, scope);
    }
    if (result instanceof Stream<?> stream) {
      return stream(stream, scope);
    }
    if (result instanceof BaseStream<?, ?> stream) {
      return stream.onClose(scope::close);
    }
    if (result instanceof Flow.Publisher<?> publisher) {
      return publisher(publisher, scope);
    }
    throw new IllegalArgumentException("complete already: " + result.getClass().getName());
  }

  /** Who awaits it finds the scope closed, where the stage's class lets us put ours before it. */
  private static CompletionStage<?> stage(CompletionStage<?> stage, Scope scope) {
    CompletionStage<?> after = stage.whenComplete((value, failure) -> scope.close());
    if (after.getClass() != stage.getClass()) {
      return stage;
    }
    if (after instanceof CompletableFuture<?> future) {
      future.whenComplete(
          (value, failure) -> {
            if (failure instanceof CancellationException
                && stage instanceof CompletableFuture<?> before) {
              before.cancel(/* mayInterruptIfRunning= */ true);
            }
            scope.close();
          });
    }
    return after;
  }

  private static <T> Stream<T> stream(Stream<T> stream, Scope scope) {
    return StreamSupport.stream(
            () -> new Closing<>(stream.spliterator(), scope),
            // Splitting would leave to chance who sees the end.
            Spliterator.ORDERED,
            /* parallel= */ false)
        .onClose(
            () -> {
              try {
                stream.close();
              } finally {
                scope.close();
              }
            });
  }

  /** What is taken while the stream is read belongs to the scope too. */
  private static final class Closing<T> implements Spliterator<T> {
    private final Spliterator<T> elements;
    private final Scope scope;

    Closing(Spliterator<T> elements, Scope scope) {
      this.elements = elements;
      this.scope = scope;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      boolean ended = true;
      Scope.Entry entry = scope.enter();
      try {
        ended = !elements.tryAdvance(action);
        return !ended;
      } finally {
        entry.close();
        if (ended) {
          scope.close();
        }
      }
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
      return null;
    }

    @Override
    public long estimateSize() {
      return elements.estimateSize();
    }

    @Override
    public int characteristics() {
      return ORDERED;
    }
  }

  private static <T> Flow.Publisher<T> publisher(Flow.Publisher<T> publisher, Scope scope) {
    return subscriber -> {
      Scope.Entry entry = scope.enter();
      try {
        publisher.subscribe(new Ending<>(subscriber, scope));
      } finally {
        entry.close();
      }
    };
  }

  private static final class Ending<T> implements Flow.Subscriber<T>, Flow.Subscription {
    private final Flow.Subscriber<? super T> subscriber;
    private final Scope scope;
    private final AtomicBoolean over = new AtomicBoolean();
    private Flow.@Nullable Subscription subscription;

    Ending(Flow.Subscriber<? super T> subscriber, Scope scope) {
      this.subscriber = subscriber;
      this.scope = scope;
    }

    private void end() {
      if (over.compareAndSet(false, true)) {
        scope.close();
      }
    }

    private Flow.Subscription upstream() {
      Flow.Subscription present = subscription;
      if (present == null) {
        throw new IllegalStateException("not subscribed yet");
      }
      return present;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(T item) {
      subscriber.onNext(item);
    }

    @Override
    public void onError(Throwable failure) {
      end();
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      end();
      subscriber.onComplete();
    }

    @Override
    public void request(long count) {
      Scope.Entry entry = scope.enter();
      try {
        upstream().request(count);
      } finally {
        entry.close();
      }
    }

    @Override
    public void cancel() {
      try {
        upstream().cancel();
      } finally {
        end();
      }
    }
  }
}
