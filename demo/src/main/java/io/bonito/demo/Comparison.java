package io.bonito.demo;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One kind of work, done by all drivers on the same server in the same JVM.
 *
 * <p>They take turns in windows of about a tenth of a second, so that a machine that slows down
 * does so for all. A figure is the median over a driver's windows.
 */
record Comparison(Load load, List<Figures> figures) {
  private static final long WINDOW_NANOS = 100_000_000;
  private static final int FEWEST_WINDOWS = 3;
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * What one operation took.
   *
   * @param nanos on the wall
   * @param cpuNanos of the thread that ran it
   * @param bytes that it allocated
   */
  record Figures(double nanos, double cpuNanos, double bytes) {}

  static Comparison measure(
      Load load, List<Contender> contenders, DemoSchema schema, int secondsEach)
      throws SQLException {
    List<Connection> connections = new ArrayList<>();
    try {
      List<Load.Work> works = new ArrayList<>();
      List<List<Figures>> windows = new ArrayList<>();
      for (Contender contender : contenders) {
        Connection connection = contender.connect();
        connections.add(connection);
        works.add(load.prepare(connection, contender, schema));
        windows.add(new ArrayList<>());
      }
      long warmed = System.nanoTime() + secondsEach * 1_000_000_000L / 2;
      do {
        for (Load.Work work : works) {
          window(work);
        }
      } while (System.nanoTime() - warmed < 0);
      long end = System.nanoTime() + secondsEach * 1_000_000_000L * works.size();
      while (System.nanoTime() - end < 0 || windows.get(0).size() < FEWEST_WINDOWS) {
        for (int i = 0; i < works.size(); i++) {
          windows.get(i).add(window(works.get(i)));
        }
      }
      return new Comparison(load, windows.stream().map(Comparison::medians).toList());
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private static Figures window(Load.Work work) throws SQLException {
    long begin = System.nanoTime();
    long cpu = THREAD.getCurrentThreadCpuTime();
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    int operations = 0;
    long now;
    do {
      work.run();
      operations++;
      now = System.nanoTime();
    } while (now - begin < WINDOW_NANOS);
    return new Figures(
        (double) (now - begin) / operations,
        (double) (THREAD.getCurrentThreadCpuTime() - cpu) / operations,
        (double) (THREAD.getCurrentThreadAllocatedBytes() - bytes) / operations);
  }

  private static Figures medians(List<Figures> windows) {
    return new Figures(
        median(windows.stream().mapToDouble(Figures::nanos).toArray()),
        median(windows.stream().mapToDouble(Figures::cpuNanos).toArray()),
        median(windows.stream().mapToDouble(Figures::bytes).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
