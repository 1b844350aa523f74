package io.bonito.async;

import io.bonito.netty.Sink;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.Options;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells a new session how it is to be, ahead of whatever else it is asked. */
final class SessionTelling implements Sink {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Line line;
  private final CompletableFuture<@Nullable Void> told = new CompletableFuture<>();
  private int unanswered;

  private SessionTelling(Line line, int unanswered) {
    this.line = line;
    this.unanswered = unanswered;
  }

  /**
   * @return when the connection may be had: at once where every server understands, or else when
   *     this one has
   */
  static CompletableFuture<@Nullable Void> begin(Line line) {
    List<String> statements = line.start().statements();
    SessionTelling telling = new SessionTelling(line, statements.size());
    Duration limit = line.connection().options().get(Options.CONNECT_TIMEOUT);
    // Statements wait behind these, so they have to end even where connecting may take for ever.
    long end = System.nanoTime() + (limit.isZero() ? LONGEST_NANOS : limit.toNanos());
    for (String sql : statements) {
      QueryExchange exchange = new QueryExchange(sql);
      exchange.deadline(end);
      line.connection().submit(exchange, telling);
    }
    return statements.isEmpty() || line.start().isCertain()
        ? CompletableFuture.completedFuture(null)
        : telling.told;
  }

  @Override
  public void done() {
    unanswered--;
    if (unanswered == 0) {
      told.complete(null);
    }
  }

  @Override
  public void refused(ServerError error) {
    AsyncException why = AsyncException.startRefused(error);
    line.startRefused(why);
    told.completeExceptionally(why);
  }

  @Override
  public void failed(Throwable failure) {
    told.completeExceptionally(AsyncException.of(failure));
  }
}
