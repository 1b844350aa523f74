package io.bonito.benchmarks.reactive;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.bonito.benchmarks.reactive.contest.Crew;
import java.lang.management.ManagementFactory;

/** What one operation takes of the whole process, while nobody else is at work in it. */
final class Meter {
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * One window.
   *
   * @param rate operations in a second
   * @param cpuMicros of all threads, the compilers' and the collector's too, for one operation
   * @param bytes that one operation allocates
   */
  record Reading(double rate, double cpuMicros, double bytes) {}

  Reading read(Crew crew, long nanos) throws Exception {
    long bytes = allocated();
    long cpu = process.getProcessCpuTime();
    long began = System.nanoTime();
    double operations = crew.work(nanos);
    long took = System.nanoTime() - began;
    cpu = process.getProcessCpuTime() - cpu;
    bytes = allocated() - bytes;
    return new Reading(operations * 1e9 / took, cpu / 1e3 / operations, bytes / operations);
  }

  /** Those that are alive; none ends while a window is open. */
  private long allocated() {
    long sum = 0;
    for (long each : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, each);
    }
    return sum;
  }
}
