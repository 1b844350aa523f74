package io.bonito.pool;

import io.bonito.pool.scope.Lasting;
import io.bonito.pool.scope.Scope;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what was forgotten: every connection that the calling thread takes from our pools
 * inside goes back when it ends, also by an exception, and no connection of the caller's.
 *
 * <pre>
 *   executor.execute(AutoCloseDb.wrap(() -&gt; legacyJob(dataSource)));
 * </pre>
 *
 * <p>A transaction that is still open then is rolled back, and a warning says so. Where the result
 * is a {@code CompletionStage}, a {@code Stream} or a {@code Flow.Publisher}, the end is when that
 * is complete, cancelled or closed; what its own threads take is theirs.
 *
 * <p>The annotation of the same name, {@link io.bonito.pool.annotation.AutoCloseDb}, does this
 * where a framework reads it.
 */
public final class AutoCloseDb {
  private AutoCloseDb() {}

  /** Runs it in a scope of its own. */
  public static void run(Runnable task) {
    Scope scope = new Scope();
    Scope.Entry entry = scope.enter();
    try {
      task.run();
    } finally {
      entry.close();
      scope.close();
    }
  }

  /** Calls it in a scope of its own, which lasts as long as the result does. */
  @SuppressWarnings("unchecked") // What closes a result is of the result's own class or interface.
  public static <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
    Scope scope = new Scope();
    T result;
    boolean lasts = false;
    Scope.Entry entry = scope.enter();
    try {
      result = task.call();
      lasts = Lasting.isLasting(result);
    } finally {
      entry.close();
      if (!lasts) {
        scope.close();
      }
    }
    return lasts && result != null ? (T) Lasting.closing(result, scope) : result;
  }

  /** The same task in a scope, whichever thread runs it. */
  public static Runnable wrap(Runnable task) {
    return () -> run(task);
  }

  /** The same task in a scope, whichever thread calls it. */
  public static <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
    return () -> call(task);
  }

  /** The same executor, each of whose tasks has a scope. */
  public static Executor wrap(Executor executor) {
    return task -> executor.execute(wrap(task));
  }
}
