package io.bonito.async.pool;

import io.bonito.async.AsyncConnection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is done with a connection between the loan and the return. */
final class Work<T extends @Nullable Object> extends CompletableFuture<T> {
  private final CompletableFuture<AsyncConnection> acquisition;
  private final Function<AsyncConnection, ? extends CompletionStage<T>> work;
  private volatile @Nullable AsyncConnection connection;

  Work(
      CompletableFuture<AsyncConnection> acquisition,
      Function<AsyncConnection, ? extends CompletionStage<T>> work) {
    this.acquisition = acquisition;
    this.work = work;
  }

  CompletableFuture<T> begin() {
    // However this ends, be it from outside; where it ends by itself there is nothing to give up.
    whenComplete((value, failure) -> giveUp());
    acquisition.whenComplete(
        (lent, failure) -> {
          if (lent == null) {
            super.completeExceptionally(cause(failure));
          } else {
            connection = lent;
            if (isDone()) {
              giveUp();
            } else {
              work(lent);
            }
          }
        });
    return this;
  }

  private void giveUp() {
    acquisition.cancel(false);
    AsyncConnection lent = connection;
    if (lent != null) {
      var unused = lent.closeCancelling();
    }
  }

  private void work(AsyncConnection lent) {
    try {
      CompletionStage<T> stage = work.apply(lent);
      Objects.requireNonNull(stage, "the work with a connection gave null for a stage");
      stage.whenComplete(
          (value, failure) ->
              lent.close()
                  .whenComplete(
                      (nothing, none) -> {
                        if (failure == null) {
                          super.complete(value);
                        } else {
                          super.completeExceptionally(cause(failure));
                        }
                      }));
    } catch (Throwable e) {
      lent.close().whenComplete((nothing, none) -> super.completeExceptionally(e));
    }
  }

  private static Throwable cause(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? new IllegalStateException("nothing was lent") : cause;
  }
}
