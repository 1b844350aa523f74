package io.bonito.pool;

import io.bonito.jdbc.BonitoDataSource;
import io.bonito.pool.lending.Budget;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A program of 200 threads over a pool of ten, none of which closes what it takes: such code is out
 * there, and nobody wants to change it.
 *
 * <pre>
 *   arguments   platform or virtual, plain or decorated, port, user, password
 *   output      how many were refused, what the first of them was told, how many are still held
 * </pre>
 */
public final class Forgetful {
  static final int THREADS = 200;
  static final int SIZE = 10;

  /**
   * What came of it.
   *
   * @param failures of those who got nothing
   * @param held what is still lent at the end
   * @param failed attempts to connect
   */
  record Outcome(List<Throwable> failures, int held, long failed) {}

  private Forgetful() {}

  public static void main(String[] words) throws Exception {
    Outcome outcome =
        run(
            words[0].equals("virtual"),
            words[1].equals("decorated"),
            Integer.parseInt(words[2]),
            words[3],
            words[4]);
    System.out.printf(
        "%d refused, %d held, %d failed to connect%n",
        outcome.failures.size(), outcome.held, outcome.failed);
    outcome.failures.stream().limit(1).forEach(System.out::println);
  }

  static Outcome run(boolean virtual, boolean decorated, int port, String user, String password)
      throws InterruptedException {
    BonitoDataSource driver =
        new BonitoDataSource(
            "jdbc:bonito:mysql://127.0.0.1:%d/?allowPublicKeyRetrieval=true".formatted(port));
    // Undecorated ones wait in vain; decorated ones for as long as a slow machine takes.
    String timeout = decorated ? "300" : "2";
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (PooledDataSource pool =
        PooledDataSource.over(
            () -> driver.getConnection(user, password),
            Map.of("pool_size", "" + SIZE, "max_overflow", "0", "timeout", timeout),
            null,
            new Budget(SIZE))) {
      pool.pool().warmUp(SIZE, 60_000_000_000L);
      Runnable query = () -> query(pool, failures);
      Runnable job = decorated ? AutoCloseDb.wrap(query) : query;
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        threads.add(start(virtual, job, "forgetful-" + i));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      return new Outcome(
          List.copyOf(failures), pool.pool().status().used(), pool.pool().status().failed());
    }
  }

  /** As such code has it: nothing is closed. */
  private static void query(PooledDataSource pool, Queue<Throwable> failures) {
    try {
      Connection connection = pool.getConnection();
      Statement statement = connection.createStatement();
      statement.executeQuery("SELECT 1");
    } catch (SQLException e) {
      failures.add(e);
    }
  }

  /** By a handle, as this is compiled for a JDK that has no virtual threads. */
  private static Thread start(boolean virtual, Runnable job, String name) {
    Thread thread;
    if (virtual) {
      try {
        thread =
            (Thread)
                MethodHandles.publicLookup()
                    .findStatic(
                        Thread.class,
                        "startVirtualThread",
                        MethodType.methodType(Thread.class, Runnable.class))
                    .invoke(
                        (Runnable)
                            () -> {
                              Thread.currentThread().setName(name);
                              job.run();
                            });
      } catch (Throwable e) {
        throw new IllegalStateException("this JDK has no virtual threads", e);
      }
    } else {
      thread = new Thread(job, name);
      thread.start();
    }
    return thread;
  }
}
