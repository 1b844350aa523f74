package io.bonito.async;

import io.bonito.netty.LoopCommand;
import io.bonito.netty.Sink;
import io.bonito.protocol.exchange.BulkExchange;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.PrepareExchange;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.value.ParameterRows;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Many rows for one statement, as many in a command as MariaDB takes; all on the loop. */
final class Bulk implements Turn, Sink {
  /** The server's code for a statement that it does not know (ER_UNKNOWN_STMT_HANDLER). */
  private static final int UNKNOWN_STATEMENT = 1243;

  private final Line line;
  private final String sql;
  private final ParameterRows rows;
  private final CompletableFuture<Long> future = new CompletableFuture<>();
  private @Nullable ServerStatement statement;
  private @Nullable BulkExchange underWay;
  private int done;
  private long affected;

  Bulk(Line line, String sql, ParameterRows rows) {
    this.line = line;
    this.sql = sql;
    this.rows = rows;
  }

  CompletableFuture<Long> future() {
    return future;
  }

  @Override
  public void begin() {
    line.closeEvicted();
    ServerStatement known = line.prepared(sql);
    if (known == null) {
      ServerStatement begun = new ServerStatement(sql);
      submit(new PrepareExchange(begun), new Prepared(begun));
    } else {
      go(known);
    }
  }

  private void go(ServerStatement ready) {
    statement = ready;
    if (future.isDone()) {
      line.turns().over(this); // nobody waits for it any more, and nothing has been sent
    } else {
      goOn(ready);
    }
  }

  private void goOn(ServerStatement ready) {
    BulkExchange next = new BulkExchange(ready, rows, done, rows.size(), /* unitResults= */ false);
    underWay = next;
    submit(next, this);
  }

  /** Nothing of it can be killed, so a limit on time ends the connection. */
  private void submit(Exchange exchange, Sink sink) {
    long nanos = line.statementTimeoutNanos();
    if (nanos > 0) {
      exchange.deadline(System.nanoTime() + nanos);
    }
    LoopCommand unused = line.connection().submit(exchange, sink);
  }

  @Override
  public void refuse(AsyncException why) {
    future.completeExceptionally(why);
  }

  @Override
  public void resultEnd(Ok end) {
    affected += end.affectedRows();
  }

  @Override
  public void done() {
    ServerStatement ready = statement;
    BulkExchange answered = underWay;
    if (ready != null && answered != null) {
      done += Math.max(1, answered.rowCount());
      if (done < rows.size()) {
        goOn(ready);
        return;
      }
    }
    future.complete(affected);
    line.turns().over(this);
  }

  @Override
  public void refused(ServerError error) {
    line.refused(error);
    if (error.code() == UNKNOWN_STATEMENT) {
      line.forget(sql);
    }
    fail(AsyncException.of(error));
  }

  @Override
  public void failed(Throwable failure) {
    fail(AsyncException.of(line.reason(failure)));
  }

  private void fail(RuntimeException why) {
    future.completeExceptionally(why);
    line.turns().over(this);
  }

  private final class Prepared implements Sink {
    private final ServerStatement ready;

    Prepared(ServerStatement ready) {
      this.ready = ready;
    }

    @Override
    public void done() {
      line.keep(ready);
      go(ready);
    }

    @Override
    public void refused(ServerError error) {
      line.refused(error);
      fail(AsyncException.of(error));
    }

    @Override
    public void failed(Throwable failure) {
      Bulk.this.failed(failure);
    }
  }
}
