package io.bonito.pool.fault;

import io.bonito.pool.PooledDataSource;
import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.PoolStatus;
import io.bonito.pool.lending.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Workers that borrow, ask the server for a few milliseconds of nothing, return, and begin again,
 * over one pool with its default settings. Keeps what they saw and what was tried to be opened.
 */
final class Crew implements AutoCloseable {
  static final String WORK = "DO SLEEP(0.005)";

  private final String name;
  private final Connector connector;
  private final PooledDataSource pool;
  private final List<Thread> workers = new ArrayList<>();

  // Under the monitor of this.
  private final long[] servedAt;
  private final List<NavigableSet<Long>> services = new ArrayList<>();
  private final List<SQLException> errors = new ArrayList<>();
  private boolean stopped;

  private final AtomicInteger attempts = new AtomicInteger();
  private final Queue<SQLException> refusals = new ConcurrentLinkedQueue<>();

  /**
   * @param work what each worker has the server do
   * @param arguments names and values of the pool's, in turn
   */
  Crew(String name, Connector connector, int count, String work, String... arguments) {
    this(name, connector, new Budget(Settings.UNLIMITED), count, work, arguments);
  }

  Crew(
      String name,
      Connector connector,
      Budget budget,
      int count,
      String work,
      String... arguments) {
    this.name = name;
    this.connector = connector;
    Map<String, String> map = new java.util.HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      map.put(arguments[i], arguments[i + 1]);
    }
    pool = PooledDataSource.over(this::connect, map, null, budget);
    servedAt = new long[count];
    for (int i = 0; i < count; i++) {
      int worker = i;
      services.add(new TreeSet<>());
      Thread thread = new Thread(() -> work(worker, work), name + "-" + i);
      thread.setDaemon(true);
      workers.add(thread);
    }
    workers.forEach(Thread::start);
  }

  private Connection connect() throws SQLException {
    attempts.incrementAndGet();
    try {
      return connector.connect();
    } catch (SQLException e) {
      refusals.add(e);
      synchronized (this) {
        notifyAll();
      }
      throw e;
    }
  }

  private void work(int worker, String work) {
    while (!isStopped()) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(work);
        served(worker);
      } catch (SQLException e) {
        failed(e);
      }
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized void served(int worker) {
    servedAt[worker] = System.nanoTime();
    services.get(worker).add(servedAt[worker]);
    notifyAll();
  }

  private synchronized void failed(SQLException e) {
    if (!stopped) {
      errors.add(e);
    }
    notifyAll();
  }

  PooledDataSource pool() {
    return pool;
  }

  int workers() {
    return workers.size();
  }

  PoolStatus status() {
    return pool.pool().status();
  }

  /** How often a connection was asked of the driver. */
  int attempts() {
    return attempts.get();
  }

  /** What the driver said when it gave none. */
  List<SQLException> refusals() {
    return List.copyOf(refusals);
  }

  /** What workers have seen go wrong. */
  synchronized List<SQLException> errors() {
    return List.copyOf(errors);
  }

  /** Waits until each worker has been served after this time, of {@link System#nanoTime}. */
  synchronized void awaitAllServedAfter(long time) {
    await("each worker served", () -> leastRecentlyServed() - time > 0);
  }

  /** When the one was served that has waited longest since. */
  private long leastRecentlyServed() {
    long least = servedAt[0];
    for (long at : servedAt) {
      least = at - least < 0 ? at : least;
    }
    return least;
  }

  /** After how many nanoseconds each worker was served for the first time, all have been. */
  synchronized List<Long> servedWithin(long time) {
    List<Long> nanos = new ArrayList<>();
    for (NavigableSet<Long> each : services) {
      Long first = each.higher(time);
      if (first == null) {
        throw new IllegalStateException(name + ": a worker has not been served since");
      }
      nanos.add(first - time);
    }
    return nanos;
  }

  synchronized List<Long> servedAt() {
    List<Long> times = new ArrayList<>();
    for (long at : servedAt) {
      times.add(at);
    }
    return times;
  }

  interface Question {
    boolean isSo();
  }

  /**
   * Waits until it is so; looks again when something happens to a worker, and now and then.
   *
   * @throws AssertionError where that takes longer than any good pool on a loaded machine
   */
  synchronized void await(String what, Question question) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!question.isSo()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            name
                + (": " + what + " was due within a minute: " + status() + ", " + errors)
                + (", refused " + refusals.stream().limit(3).toList()));
      }
      try {
        wait(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /** Waits until nobody has been served in a hundred looks. */
  void awaitStandstill() {
    long[] seen = {-1, 0};
    await(
        "a standstill",
        () -> {
          long borrowed = status().borrowed();
          seen[1] = borrowed == seen[0] ? seen[1] + 1 : 0;
          seen[0] = borrowed;
          return seen[1] == 100;
        });
  }

  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
    }
    pool.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
