package io.bonito.async;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Work between BEGIN and COMMIT or ROLLBACK. */
final class Transaction<T extends @Nullable Object> {
  private final AsyncConnection connection;
  private final Function<AsyncConnection, ? extends CompletionStage<T>> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  Transaction(
      AsyncConnection connection, Function<AsyncConnection, ? extends CompletionStage<T>> work) {
    this.connection = connection;
    this.work = work;
  }

  CompletableFuture<T> begin() {
    connection
        .begin()
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                result.completeExceptionally(cause(failure));
              } else {
                doWork();
              }
            });
    return result;
  }

  private void doWork() {
    try {
      CompletionStage<T> stage = work.apply(connection);
      Objects.requireNonNull(stage, "the work within a transaction gave null for a stage");
      stage.whenComplete(
          (value, failure) -> {
            if (failure != null) {
              rollBack(cause(failure));
            } else {
              commit(value);
            }
          });
    } catch (Throwable e) {
      rollBack(e);
    }
  }

  private void commit(T value) {
    connection
        .commit()
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                result.completeExceptionally(cause(failure));
              } else {
                result.complete(value);
              }
            });
  }

  private void rollBack(Throwable reason) {
    connection
        .rollback()
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                // Nobody knows what is open there.
                connection.closeNow();
                reason.addSuppressed(cause(failure));
              }
              result.completeExceptionally(reason);
            });
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }
}
