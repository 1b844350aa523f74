package io.bonito.r2dbc;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * What a future comes to, begun anew for each subscriber when it subscribes: one element, or none
 * where the future gives null. To cancel the subscription cancels the future.
 */
final class FutureMono<T> implements Publisher<T> {
  private final Supplier<CompletableFuture<? extends @Nullable T>> begin;
  private final Consumer<? super T> discard;

  FutureMono(Supplier<CompletableFuture<? extends @Nullable T>> begin) {
    this(begin, unwanted -> {});
  }

  /**
   * @param discard takes a value that has come and that nobody wants any more
   */
  FutureMono(
      Supplier<CompletableFuture<? extends @Nullable T>> begin, Consumer<? super T> discard) {
    this.begin = begin;
    this.discard = discard;
  }

  @Override
  public void subscribe(Subscriber<? super T> subscriber) {
    Objects.requireNonNull(subscriber);
    One<T> one = new One<>(subscriber, discard);
    subscriber.onSubscribe(one);
    one.begin(begin);
  }

  /**
   *
   *
   * <pre>
   *   NEW ──request──▶ WANTED ──value──▶ OVER
   *    └──value──▶ PRESENT ──request──▶ OVER       cancel, an error, no value: OVER, from anywhere
   * </pre>
   */
  private static final class One<T> implements Subscription {
    private static final int NEW = 0;
    private static final int WANTED = 1;
    private static final int PRESENT = 2;
    private static final int OVER = 3;

    private final Consumer<? super T> discard;
    private final AtomicInteger state = new AtomicInteger(NEW);
    private volatile @Nullable Subscriber<? super T> subscriber;
    private volatile @Nullable CompletableFuture<?> future;
    private @Nullable T value;

    One(Subscriber<? super T> subscriber, Consumer<? super T> discard) {
      this.subscriber = subscriber;
      this.discard = discard;
    }

    void begin(Supplier<CompletableFuture<? extends @Nullable T>> supplier) {
      if (state.get() == OVER) {
        return;
      }
      CompletableFuture<? extends @Nullable T> begun;
      try {
        begun = supplier.get();
      } catch (Throwable e) {
        end(Exceptions.of(e, null));
        return;
      }
      future = begun;
      if (state.get() == OVER) {
        begun.cancel(false);
      }
      begun.whenComplete(
          (given, failure) -> {
            if (failure != null) {
              end(Exceptions.of(failure, null));
            } else if (given == null) {
              end(null);
            } else {
              present(given);
            }
          });
    }

    private void present(T given) {
      value = given;
      if (state.compareAndSet(NEW, PRESENT)) {
        return;
      }
      if (state.compareAndSet(WANTED, OVER)) {
        emit(given);
      } else {
        discard.accept(given);
      }
    }

    private void emit(T given) {
      Subscriber<? super T> current = subscriber;
      if (current == null) {
        discard.accept(given);
      } else {
        current.onNext(given);
        Subscriber<? super T> still = subscriber; // gone where it has cancelled meanwhile
        subscriber = null;
        if (still != null) {
          still.onComplete();
        }
      }
    }

    private void end(@Nullable Throwable failure) {
      if (state.getAndSet(OVER) != OVER) {
        Subscriber<? super T> current = subscriber;
        subscriber = null;
        if (current != null && failure != null) {
          current.onError(failure);
        } else if (current != null) {
          current.onComplete();
        }
      }
    }

    @Override
    public void request(long count) {
      if (count <= 0) {
        CompletableFuture<?> begun = future;
        end(Demand.refused(count));
        if (begun != null) {
          begun.cancel(false);
        }
        return;
      }
      if (!state.compareAndSet(NEW, WANTED) && state.compareAndSet(PRESENT, OVER)) {
        emit(Objects.requireNonNull(value));
      }
    }

    @Override
    public void cancel() {
      int before = state.getAndSet(OVER);
      subscriber = null;
      CompletableFuture<?> begun = future;
      if (before == PRESENT) {
        discard.accept(Objects.requireNonNull(value));
      } else if (before != OVER && begun != null) {
        begun.cancel(false);
      }
    }
  }
}
