package io.bonito.benchmarks.pool;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Our pool beside others, over connections that cost nothing: what a loan costs, who waits how long
 * when there are too few, and how many are opened for whom. How long each loan is held stands in
 * each table's title, since the order of the pools depends on it.
 */
public final class PoolBench {
  private static final int BATCH = 100_000;
  private static final int ROUNDS = 5;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final double seconds;
  private final List<Rival> rivals;
  private final Plot plot = new Plot();

  private PoolBench(double seconds, List<Rival> rivals) {
    this.seconds = seconds;
    this.rivals = rivals;
  }

  /** Prints all tables. */
  public static void main(String[] words) throws Exception {
    double seconds = 3;
    String only = "all";
    Path svg = null;
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--seconds" -> seconds = Double.parseDouble(words[++i]);
        case "--table" -> only = words[++i];
        case "--svg" -> svg = Path.of(words[++i]);
        default -> {
          System.err.print(usage());
          System.exit(2);
        }
      }
    }
    PoolBench bench = new PoolBench(seconds, List.of(Rival.values()));
    System.out.printf(
        "JDK %s, %d processors%n%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    switch (only) {
      case "all" -> {
        bench.uncontended();
        bench.contended();
        bench.overloaded();
        bench.openings();
      }
      case "uncontended" -> bench.uncontended();
      case "contended" -> bench.contended();
      case "overloaded" -> bench.overloaded();
      case "openings" -> bench.openings();
      default -> {
        System.err.print(usage());
        System.exit(2);
      }
    }
    if (svg != null) {
      Files.writeString(svg, bench.plot.svg());
      System.out.println("plotted to " + svg.toAbsolutePath());
    }
    System.exit(0);
  }

  private static String usage() {
    return """
        usage: ./bonito bench pool [--table uncontended|contended|overloaded|openings] [--seconds N]
                                   [--svg FILE]
          --seconds   how long each cell of contended and overloaded takes (3)
          --svg       where to plot the tables
        """;
  }

  // --- one thread ---

  private void uncontended() throws Exception {
    System.out.println("One thread on 32 connections, no hold; CPU of the thread for one loan");
    System.out.println();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<Cost> costs = new ArrayList<>();
    int batches = (int) Math.max(20, seconds * 20);
    for (Rival rival : rivals) {
      costs.add(new Cost(rival, rival.open(new StubSource(), 32, 32), batches * ROUNDS));
    }
    long self = Thread.currentThread().getId();
    // In rounds, so that what else the machine does falls on all of them.
    for (int round = -1; round < ROUNDS; round++) {
      for (Cost cost : costs) {
        for (int batch = 0; batch < batches; batch++) {
          long allocated = threads.getThreadAllocatedBytes(self);
          long began = threads.getCurrentThreadCpuTime();
          for (int i = 0; i < BATCH; i++) {
            cost.pool.borrow().close();
          }
          double took = (double) (threads.getCurrentThreadCpuTime() - began) / BATCH;
          if (round >= 0) {
            cost.nanos[round * batches + batch] = took;
            cost.bytes = (double) (threads.getThreadAllocatedBytes(self) - allocated) / BATCH;
          }
        }
      }
    }
    System.out.println("| pool | ns, least | ns, median | bytes |\n|---|---|---|---|");
    for (Cost cost : costs) {
      Arrays.sort(cost.nanos);
      System.out.printf(
          "| %s | %.1f | %.1f | %.0f |%n",
          cost.rival.title(), cost.nanos[0], cost.nanos[cost.nanos.length / 2], cost.bytes);
      plot.add(cost.rival, cost.nanos[0]);
      cost.pool.close();
    }
    plot.group("One thread on 32 connections, no hold", "CPU of a loan in ns, fewer are better");
    System.out.println();
  }

  private static final class Cost {
    final Rival rival;
    final Rival.Pool pool;
    final double[] nanos;
    double bytes;

    Cost(Rival rival, Rival.Pool pool, int batches) {
      this.rival = rival;
      this.pool = pool;
      nanos = new double[batches];
    }
  }

  // --- too few ---

  private void contended() throws Exception {
    for (int[] shape : new int[][] {{8, 4}, {64, 8}}) {
      System.out.printf("%d threads on %d, no hold%n%n", shape[0], shape[1]);
      System.out.println("| pool | loans/ms |\n|---|---|");
      for (Rival rival : rivals) {
        double[] rates = new double[3];
        try (Rival.Pool pool = rival.open(new StubSource(), shape[1], shape[1])) {
          Borrowers.forSeconds(pool, /* virtual= */ false, shape[0], 0, seconds / 2);
          for (int i = 0; i < rates.length; i++) {
            rates[i] =
                Borrowers.forSeconds(pool, /* virtual= */ false, shape[0], 0, seconds / 3)
                    .perSecond();
          }
        }
        Arrays.sort(rates);
        System.out.printf("| %s | %.0f |%n", rival.title(), rates[1] / 1000);
        plot.add(rival, rates[1] / 1000);
      }
      plot.group(
          "%d threads on %d, no hold".formatted(shape[0], shape[1]), "loans/ms, more are better");
      System.out.println();
    }
  }

  private void overloaded() throws Exception {
    overloaded(/* virtual= */ false, 50, 10, seconds);
    if (Borrowers.hasVirtualThreads()) {
      overloaded(/* virtual= */ true, 10_000, 50, Math.max(8, seconds));
    }
  }

  private void overloaded(boolean virtual, int count, int size, double time) throws Exception {
    System.out.printf(
        "%d %s threads on %d, each loan held for 1 ms; waits in ms, beside those of an ideal queue%n%n",
        count, virtual ? "virtual" : "platform", size);
    System.out.println(
        "| pool | loans/s | ideal | median | p99 | p99.9 | p99 / ideal | fewest loans of one |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (Rival rival : rivals) {
      try (Rival.Pool pool = rival.open(new StubSource(), size, size)) {
        Borrowers.forSeconds(pool, virtual, size, MILLI, 0.5);
        Borrowers.Result result = Borrowers.forSeconds(pool, virtual, count, MILLI, time);
        double ideal = (count - size) / result.perSecond() * 1000;
        System.out.printf(
            "| %s | %.0f | %.1f | %.1f | %.1f | %.1f | %.2f | %d |%n",
            rival.title(),
            result.perSecond(),
            ideal,
            result.waitMillis(0.5),
            result.waitMillis(0.99),
            result.waitMillis(0.999),
            result.waitMillis(0.99) / ideal,
            result.fewest());
        plot.add(rival, result.waitMillis(0.99) / ideal);
      }
    }
    plot.group(
        "%d %s threads on %d, held 1 ms".formatted(count, virtual ? "virtual" : "platform", size),
        "p99 of the waits, ideal queue = 1");
    System.out.println();
  }

  // --- opening ---

  private void openings() throws Exception {
    System.out.println("50 at once on 5 open of 50, held for 2 ms, connecting takes 150 ms\n");
    openings(5, 150, 2);
    System.out.println("50 at once on none open of 50, held for 2 s, connecting takes 500 ms\n");
    openings(0, 500, 2000);
  }

  private void openings(int ready, int connectMillis, int holdMillis) throws Exception {
    System.out.println(
        "| pool | ms until all were served | p99 of the waits, ms | opened for it |");
    System.out.println("|---|---|---|---|");
    for (Rival rival : rivals) {
      StubSource source = new StubSource();
      try (Rival.Pool pool = rival.open(source, ready, 50)) {
        warm(pool, ready);
        source.connectTakes(connectMillis * MILLI);
        int before = source.opened();
        Borrowers.Result result = Borrowers.once(pool, 50, holdMillis * MILLI);
        System.out.printf(
            "| %s | %.0f | %.0f | %d |%n",
            rival.title(),
            result.seconds() * 1000,
            result.waitMillis(0.99),
            source.opened() - before);
        plot.add(rival, result.seconds() * 1000);
      }
    }
    plot.group(
        "50 at once on %d of 50, held %d ms, connecting takes %d ms"
            .formatted(ready, holdMillis, connectMillis),
        "ms until all were served, fewer are better");
    System.out.println();
  }

  /** Some pools open what they keep ready only when they are first asked. */
  private static void warm(Rival.Pool pool, int ready) throws Exception {
    if (ready == 0) {
      return;
    }
    Connection[] all = new Connection[ready];
    for (int i = 0; i < ready; i++) {
      all[i] = pool.borrow();
    }
    for (Connection each : all) {
      each.close();
    }
  }
}
