package io.bonito.benchmarks.reactive.entrant;

import io.bonito.benchmarks.reactive.contest.Task;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is under way on one connection: operations one after the other until the time is over. */
final class Hand {
  private final Task task;
  private final Chains chains;
  private final int connection;
  private long seed;
  private long end;
  private long operations;
  private int unanswered;

  /** Kept so that nothing of what is read can be left out. */
  private long read;

  private int rows;

  Hand(Task task, Chains chains, int connection) {
    this.task = task;
    this.chains = chains;
    this.connection = connection;
    this.seed = 0x9E3779B97F4A7C15L * (connection + 1);
  }

  int connection() {
    return connection;
  }

  /** A key that exists, other ones each time. */
  int key() {
    seed ^= seed << 13;
    seed ^= seed >>> 7;
    seed ^= seed << 17;
    return Task.FIRST_KEY + (int) Long.remainderUnsigned(seed, task.rows());
  }

  void work(long endNanos) {
    end = endNanos;
    operations = 0;
    begin();
  }

  private void begin() {
    rows = 0;
    unanswered = task.statements();
    try {
      chains.begin(this);
    } catch (Throwable e) {
      failed(e);
    }
  }

  void row(@Nullable Integer id, @Nullable String name) {
    row(Objects.requireNonNull(id).intValue(), name);
  }

  void row(int id, @Nullable String name) {
    read += id + Objects.requireNonNull(name).length();
    rows++;
  }

  /** A statement is answered; where it was the last of its operation the next operation begins. */
  void answered() {
    if (--unanswered > 0) {
      return;
    }
    operations++;
    if (rows != task.rowsDue()) {
      failed(new IllegalStateException(rows + " rows where " + task.rowsDue() + " are due"));
    } else if (System.nanoTime() - end < 0) {
      begin();
    } else {
      chains.over(operations, read);
    }
  }

  void answered(@Nullable Throwable failure) {
    if (failure == null) {
      answered();
    } else {
      failed(failure);
    }
  }

  void failed(Throwable failure) {
    chains.failed(failure);
  }
}
