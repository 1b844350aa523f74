package io.bonito.r2dbc;

import io.bonito.protocol.value.Parameters;
import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Large values that come in pieces, and are collected before their statement is sent. */
final class Lobs {
  private Lobs() {}

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  static Blob blob(byte[] bytes) {
    return Blob.from(
        new FutureMono<>(() -> CompletableFuture.completedFuture(ByteBuffer.wrap(bytes))));
  }

  static Clob clob(String text) {
    return Clob.from(new FutureMono<>(() -> CompletableFuture.completedFuture(text)));
  }

  /**
   * Collects a value and sets it.
   *
   * @return cancelling it cancels the value's publisher
   */
  static CompletableFuture<@Nullable Void> collect(Object lob, Parameters to, int index) {
    if (lob instanceof Blob blob) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      return Collector.of(
          blob.stream(),
          piece -> bytes.writeBytes(bytes(piece)),
          () -> to.setBytes(index, bytes.toByteArray()));
    }
    StringBuilder text = new StringBuilder();
    return Collector.of(
        ((Clob) lob).stream(), text::append, () -> to.setString(index, text.toString()));
  }

  private static final class Collector<T> extends CompletableFuture<@Nullable Void>
      implements Subscriber<T> {
    private final Consumer<T> piece;
    private final Runnable end;
    private volatile @Nullable Subscription subscription;

    private Collector(Consumer<T> piece, Runnable end) {
      this.piece = piece;
      this.end = end;
    }

    static <T> CompletableFuture<@Nullable Void> of(
        Publisher<T> publisher, Consumer<T> piece, Runnable end) {
      Collector<T> collector = new Collector<>(piece, end);
      publisher.subscribe(collector);
      return collector;
    }

    @Override
    public void onSubscribe(Subscription given) {
      if (subscription != null || isDone()) {
        given.cancel();
        return;
      }
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T value) {
      piece.accept(value);
    }

    @Override
    public void onError(Throwable failure) {
      completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      try {
        end.run();
        complete(null);
      } catch (RuntimeException e) {
        completeExceptionally(e);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      Subscription begun = subscription;
      if (cancelled && begun != null) {
        begun.cancel();
      }
      return cancelled;
    }
  }
}
