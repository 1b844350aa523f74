package io.bonito.benchmarks.entrant;

import com.sun.management.ThreadMXBean;
import io.bonito.benchmarks.contest.Entrant;
import io.bonito.benchmarks.contest.Figures;
import io.bonito.benchmarks.contest.Setting;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;

/** The loop around the work. */
public final class Worker implements Entrant {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** So many operations go by between two looks at the clock, where they are short. */
  private static final int OPERATIONS_PER_LOOK = 8;

  private final Work work;
  private long sink;

  private Worker(Work work) {
    this.work = work;
  }

  /**
   * @param kind {@code copy}, {@code floor}, {@code bound} or {@code jdbc}
   */
  public static Entrant of(String kind, Setting setting) throws Exception {
    return new Worker(
        switch (kind) {
          case "copy" -> Copy.of(setting);
          case "floor" -> Floor.of(setting);
          case "bound" -> Bound.of(setting);
          default -> JdbcWork.of(setting);
        });
  }

  @Override
  public Figures window(long nanos) throws IOException, SQLException {
    return measure(Integer.MAX_VALUE, nanos);
  }

  @Override
  public Figures operations(int count) throws IOException, SQLException {
    return measure(count, Long.MAX_VALUE);
  }

  private Figures measure(int most, long nanos) throws IOException, SQLException {
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    long cpu = THREAD.getCurrentThreadCpuTime();
    long begin = System.nanoTime();
    int operations = 0;
    long now = begin;
    while (operations < most && now - begin < nanos) {
      long before = now;
      int some = before - begin > 1_000_000L * Math.max(1, operations) ? 1 : OPERATIONS_PER_LOOK;
      some = Math.min(some, most - operations);
      for (int i = 0; i < some; i++) {
        sink += work.run();
      }
      operations += some;
      now = System.nanoTime();
    }
    cpu = THREAD.getCurrentThreadCpuTime() - cpu;
    bytes = THREAD.getCurrentThreadAllocatedBytes() - bytes;
    return new Figures(
        (double) (now - begin) / operations,
        (double) cpu / operations,
        (double) bytes / operations);
  }

  @Override
  public void close() throws IOException, SQLException {
    work.close();
  }

  @Override
  public String toString() {
    return work + " " + sink;
  }
}
