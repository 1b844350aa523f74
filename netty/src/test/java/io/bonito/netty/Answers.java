package io.bonito.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.message.Ok;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Keeps what a sink is told, as lines. */
class Answers implements Sink {
  final List<String> told = new ArrayList<>();
  final CompletableFuture<List<String>> end = new CompletableFuture<>();

  @Override
  public void columns(Columns columns) {
    tell("columns " + columns.count());
  }

  @Override
  public boolean row(Row row) {
    StringBuilder line = new StringBuilder("row");
    for (int i = 0; i < row.columns().count(); i++) {
      line.append(' ').append(row.getString(i));
    }
    tell(line.toString());
    return true;
  }

  @Override
  public void resultEnd(Ok end) {
    tell("end " + end.affectedRows());
  }

  @Override
  public void done() {
    tell("done");
    end.complete(told);
  }

  @Override
  public void refused(ServerError error) {
    tell("refused " + error.code());
    end.complete(told);
  }

  @Override
  public void failed(Throwable failure) {
    end.completeExceptionally(failure);
  }

  private synchronized void tell(String line) {
    told.add(line);
    notifyAll();
  }

  /** Waits until so many lines were told. */
  synchronized void awaitTold(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (told.size() < count) {
      long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      assertThat(millis).as(told::toString).isPositive();
      wait(millis);
    }
  }

  synchronized List<String> toldSoFar() {
    return List.copyOf(told);
  }

  /** What was told until done or refused. */
  List<String> await() throws Exception {
    try {
      return end.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
