package io.bonito.benchmarks.growth;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process holds.
 *
 * @param threads that are alive
 * @param bytes of objects that are reachable, and of direct buffers
 */
record Footprint(int threads, long bytes) {
  /** References that one collection finds dead are freed by the next. */
  private static final int COLLECTIONS = 4;

  static Footprint now() {
    long heap = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      heap = Math.min(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Footprint(ManagementFactory.getThreadMXBean().getThreadCount(), heap + direct);
  }
}
