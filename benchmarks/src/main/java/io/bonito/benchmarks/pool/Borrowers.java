package io.bonito.benchmarks.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many threads that borrow, hold and return, for a while or once. */
final class Borrowers {
  private static final int MOST_SAMPLES = 400_000;

  /**
   * What they saw.
   *
   * @param loans of all together
   * @param seconds from the first to the last
   * @param waits of each loan, sorted, nanoseconds
   * @param fewest loans that one of them got
   */
  record Result(long loans, double seconds, long[] waits, long fewest) {
    double perSecond() {
      return loans / seconds;
    }

    double waitMillis(double part) {
      return waits.length == 0
          ? Double.NaN
          : waits[(int) Math.min(waits.length - 1L, (long) (part * waits.length))] / 1e6;
    }
  }

  private Borrowers() {}

  /** Whether this JDK has virtual threads. */
  static boolean hasVirtualThreads() {
    return Runtime.version().feature() >= 21;
  }

  static ExecutorService threads(boolean virtual, int count) {
    if (!virtual) {
      return Executors.newFixedThreadPool(count);
    }
    try {
      return (ExecutorService)
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class))
              .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("this JDK has no virtual threads", e);
    }
  }

  /** For so long. */
  static Result forSeconds(
      Rival.Pool pool, boolean virtual, int count, long holdNanos, double seconds)
      throws Exception {
    return run(pool, virtual, count, holdNanos, (long) (seconds * 1e9));
  }

  /** Once each, all at the same time. */
  static Result once(Rival.Pool pool, int count, long holdNanos) throws Exception {
    return run(pool, /* virtual= */ false, count, holdNanos, 0);
  }

  private static Result run(Rival.Pool pool, boolean virtual, int count, long holdNanos, long nanos)
      throws Exception {
    ExecutorService threads = threads(virtual, count);
    CountDownLatch ready = new CountDownLatch(count);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Borrower>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          threads.submit(
              () -> {
                Borrower borrower = new Borrower(MOST_SAMPLES / count);
                ready.countDown();
                go.await();
                borrower.run(pool, holdNanos, nanos);
                return borrower;
              }));
    }
    ready.await();
    long began = System.nanoTime();
    go.countDown();
    long loans = 0;
    long fewest = Long.MAX_VALUE;
    List<long[]> samples = new ArrayList<>();
    for (Future<Borrower> each : all) {
      Borrower borrower = each.get();
      loans += borrower.loans;
      fewest = Math.min(fewest, borrower.loans);
      samples.add(Arrays.copyOf(borrower.waits, borrower.sampled));
    }
    double took = (System.nanoTime() - began) / 1e9;
    threads.shutdown();
    long[] waits = samples.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Result(loans, took, waits, fewest);
  }

  private static final class Borrower {
    final long[] waits;
    int sampled;
    long loans;

    Borrower(int samples) {
      waits = new long[Math.max(1, samples)];
    }

    void run(Rival.Pool pool, long holdNanos, long nanos) throws SQLException {
      long now = System.nanoTime();
      long until = now + nanos;
      do {
        long asked = now;
        try (Connection connection = pool.borrow()) {
          if (holdNanos > 0 && sampled < waits.length) {
            waits[sampled++] = System.nanoTime() - asked;
          }
          if (holdNanos > 0) {
            StubSource.rest(holdNanos);
          }
          loans += connection == null ? 0 : 1;
        }
        // Without a hold a clock would be most of what is measured.
        if (holdNanos > 0 || (loans & 63) == 0) {
          now = System.nanoTime();
        }
      } while (now - until < 0);
    }
  }
}
