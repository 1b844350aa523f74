package io.bonito.async;

import io.bonito.netty.Sink;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ServerPreparation;
import java.util.concurrent.CompletableFuture;

/** A statement that is prepared before it has values. */
final class Preparing implements Turn, Sink {
  private final Line line;
  private final String sql;
  private final CompletableFuture<PreparedQuery> future = new CompletableFuture<>();
  private final ServerStatement statement;

  Preparing(Line line, String sql) {
    this.line = line;
    this.sql = sql;
    this.statement = new ServerStatement(sql);
  }

  CompletableFuture<PreparedQuery> future() {
    return future;
  }

  @Override
  public void begin() {
    line.closeEvicted();
    ServerStatement known = line.prepared(sql);
    if (line.preparation() == ServerPreparation.NEVER || line.isUnpreparable(sql)) {
      prepared(line.template(sql).placeholderCount());
    } else if (known != null) {
      prepared(known.parameters().size());
    } else if (line.pauses()) {
      prepared(line.template(sql).placeholderCount());
    } else {
      line.connection().submit(new PrepareExchange(statement), this);
    }
  }

  private void prepared(int parameterCount) {
    future.complete(new PreparedQuery(line, sql, parameterCount));
    line.turns().over(this);
  }

  @Override
  public void refuse(AsyncException why) {
    future.completeExceptionally(why);
  }

  @Override
  public void done() {
    line.keep(statement);
    prepared(statement.parameters().size());
  }

  @Override
  public void refused(ServerError error) {
    if (line.goesAsText(sql, error)) {
      prepared(line.template(sql).placeholderCount());
    } else {
      failed(AsyncException.of(error));
    }
  }

  @Override
  public void failed(Throwable failure) {
    future.completeExceptionally(AsyncException.of(line.reason(failure)));
    line.turns().over(this);
  }
}
