package io.bonito.benchmarks.reactive.entrant;

import io.bonito.benchmarks.reactive.contest.Crew;
import io.bonito.benchmarks.reactive.contest.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A crew whose operations call back: each connection's next one begins in the end of the last. */
abstract class Chains implements Crew {
  static final int LOOPS = Runtime.getRuntime().availableProcessors();
  private static final long PATIENCE_SECONDS = 120;

  private final Task task;
  private final String sql;
  private final List<Hand> hands = new ArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private volatile CompletableFuture<Void> whole = new CompletableFuture<>();

  Chains(Task task) {
    this.task = task;
    this.sql = task.sql();
    for (int connection = 0; connection < task.connections(); connection++) {
      hands.add(new Hand(task, this, connection));
    }
  }

  final Task task() {
    return task;
  }

  /** The same object each time, as a literal in a program is. */
  final String sql() {
    return sql;
  }

  /** Gives the statements of one operation, and tells the hand of every row and every end. */
  abstract void begin(Hand hand);

  @Override
  public final long work(long nanos) throws Exception {
    whole = new CompletableFuture<>();
    busy.set(hands.size());
    operations.set(0);
    long end = System.nanoTime() + nanos;
    for (Hand hand : hands) {
      onLoop(hand, () -> hand.work(end));
    }
    whole.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return operations.get();
  }

  /** Where the driver has a loop for the connection, there, as in the callbacks that follow. */
  abstract void onLoop(Hand hand, Runnable action);

  final void over(long done, long seen) {
    operations.addAndGet(done);
    read.addAndGet(seen);
    if (busy.decrementAndGet() == 0) {
      whole.complete(null);
    }
  }

  final void failed(Throwable failure) {
    whole.completeExceptionally(failure);
  }
}
