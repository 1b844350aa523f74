package io.bonito.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Keeps what a receiver is told, as lines. */
final class Told implements Receiver {
  private final List<String> lines = new ArrayList<>();
  private final CompletableFuture<List<String>> end = new CompletableFuture<>();

  @Override
  public void columns(Columns columns) {
    tell("columns");
  }

  @Override
  public void row(Row row) {
    tell("row " + row.getString(0));
  }

  @Override
  public void resultEnd(Outcome outcome) {
    tell("end");
  }

  @Override
  public void completed() {
    tell("completed");
    end.complete(lines);
  }

  @Override
  public void failed(RuntimeException failure) {
    end.completeExceptionally(failure);
  }

  private synchronized void tell(String line) {
    lines.add(line);
    notifyAll();
  }

  synchronized List<String> soFar() {
    return List.copyOf(lines);
  }

  /** Waits until so many lines were told. */
  synchronized void awaitCount(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (lines.size() < count) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      assertThat(millis).as(lines::toString).isPositive();
      wait(millis);
    }
  }

  List<String> await() throws Exception {
    return Asyncs.await(end);
  }
}
