package io.bonito.async.pool;

import io.bonito.async.AsyncConnection;
import io.bonito.async.AsyncException;
import io.bonito.pool.kind.Pool;
import io.bonito.pool.lending.LendingException;
import io.bonito.pool.lending.Request;
import io.bonito.pool.lending.Slot;
import io.bonito.pool.lending.SystemWorld;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection that was asked for. Whoever ends this from outside gets none, and none is lost. */
final class Acquisition extends CompletableFuture<AsyncConnection>
    implements Request.Taker<Physical> {
  private final Pool<Physical> pool;

  /** Who asks, as long as the call takes: it may be answered within. */
  private volatile @Nullable Thread asking;

  private volatile @Nullable Request<Physical> request;

  Acquisition(Pool<Physical> pool) {
    this.pool = pool;
  }

  CompletableFuture<AsyncConnection> begin(long timeoutNanos) {
    asking = Thread.currentThread();
    request = pool.ask(timeoutNanos, this);
    asking = null;
    whenComplete((connection, failure) -> cancelRequest());
    return this;
  }

  private void cancelRequest() {
    Request<Physical> asked = request;
    if (asked != null) {
      asked.cancel();
    }
  }

  // ---- called by the pool

  /**
   * Those who are called by whoever gives a connection back are called on its loop anew, lest one
   * stack holds all who come after each other.
   */
  @Override
  public void lent(Slot<Physical> slot, long ticket) {
    Physical physical = slot.thing();
    if (Thread.currentThread() == asking) {
      hand(physical, slot, ticket);
    } else if (!physical.onLoop(() -> hand(physical, slot, ticket))) {
      pool.invalidate(slot, ticket, null);
      super.completeExceptionally(Physical.loopGone());
    }
  }

  private void hand(Physical physical, Slot<Physical> slot, long ticket) {
    AsyncConnection connection = physical.lend(pool, slot, ticket);
    if (!super.complete(connection)) {
      var unused = connection.close();
    }
  }

  @Override
  public void refused(LendingException why) {
    AsyncException failure = failure(why);
    if (Thread.currentThread() == asking) {
      super.completeExceptionally(failure);
    } else {
      // Not by a thread that has the next one to call.
      SystemWorld.INSTANCE.run(() -> super.completeExceptionally(failure));
    }
  }

  private static AsyncException failure(LendingException why) {
    String message = String.valueOf(why.getMessage());
    SQLException server = null;
    for (Throwable e = why.getCause(); e != null && server == null; e = e.getCause()) {
      server = e instanceof SQLException sql ? sql : null;
    }
    int code = server == null ? 0 : server.getErrorCode();
    String state = server == null ? null : server.getSQLState();
    return switch (why.reason()) {
      case TIMED_OUT, TOO_MANY_WAITERS, INTERRUPTED, DEADLOCK, ALREADY_LENT ->
          AsyncException.notLent("08001", code, message, why);
      case CLOSED -> AsyncException.notLent("08003", code, message, why);
      case REFUSED -> AsyncException.notLent(state == null ? "08001" : state, code, message, why);
    };
  }
}
