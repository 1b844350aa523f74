package io.bonito.async;

import io.bonito.netty.Sink;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.Options;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells a new session in which zone its TIMESTAMPs are, ahead of whatever else it is asked. */
final class ZoneTelling implements Sink {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Line line;
  private final CompletableFuture<@Nullable Void> told = new CompletableFuture<>();

  private ZoneTelling(Line line) {
    this.line = line;
  }

  /**
   * @return when the connection may be had: at once where every server understands, or else when
   *     this one has
   */
  static CompletableFuture<@Nullable Void> begin(Line line) {
    ZoneTelling telling = new ZoneTelling(line);
    if (line.zone().told().isEmpty()) {
      telling.done();
    } else {
      QueryExchange exchange = new QueryExchange(line.zone().statement());
      Duration limit = line.connection().options().get(Options.CONNECT_TIMEOUT);
      // Statements wait behind it, so it has to end even where connecting may take for ever.
      exchange.deadline(System.nanoTime() + (limit.isZero() ? LONGEST_NANOS : limit.toNanos()));
      line.connection().submit(exchange, telling);
      if (line.zone().isUnderstoodByAll()) {
        return CompletableFuture.completedFuture(null);
      }
    }
    return telling.told;
  }

  @Override
  public void done() {
    told.complete(null);
  }

  @Override
  public void refused(ServerError error) {
    AsyncException why = AsyncException.zoneRefused(error);
    line.zoneRefused(why);
    told.completeExceptionally(why);
  }

  @Override
  public void failed(Throwable failure) {
    told.completeExceptionally(AsyncException.of(failure));
  }
}
