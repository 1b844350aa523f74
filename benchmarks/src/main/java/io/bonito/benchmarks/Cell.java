package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Figures;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came out for one load.
 *
 * @param rows that one operation decodes; 0 where that is not what costs, or the server takes part
 * @param replySize bytes of the reply that it decodes, or 0
 * @param entries one for each contender, Bonito among them or not
 */
record Cell(Scene scene, int rows, long replySize, List<Entry> entries) {
  /** With a real server, whose time is in all figures. */
  static Cell live(Scene scene, List<Entry> entries) {
    return new Cell(scene, 0, 0, entries);
  }

  /** Where answers come from memory. */
  Cell decoding(int rowsOfOne, long replySizeOfOne) {
    return new Cell(scene, rowsOfOne, replySizeOfOne, entries);
  }

  /** Whether rows are decoded, by the thread that asks and nobody else. */
  boolean hasDecoding() {
    return rows > 0 && replySize > 0;
  }

  /** In a second of the CPU. */
  double rowsPerSecond(Entry entry) {
    return rows * 1e9 / entry.median(Figures::cpuNanos);
  }

  /** Of the reply, in a second of the CPU. */
  double megabytesPerSecond(Entry entry) {
    return replySize * 1e3 / entry.median(Figures::cpuNanos);
  }

  /** One contender's windows; those with the same index were measured one after the other. */
  record Entry(Contender contender, List<Figures> windows) {
    double[] values(ToDoubleFunction<Figures> of) {
      return windows.stream().mapToDouble(of).toArray();
    }

    double median(ToDoubleFunction<Figures> of) {
      return Interval.of(values(of)).median();
    }
  }

  /** What the others are compared with: Bonito, or else whoever comes first. */
  Entry reference() {
    return entries.stream()
        .filter(entry -> entry.contender().word().equals("bonito"))
        .findFirst()
        .orElse(entries.get(0));
  }

  /** Another's figures to the reference's, with their interval. */
  Interval ratio(Entry entry, ToDoubleFunction<Figures> of) {
    return Interval.ofRatios(entry.values(of), reference().values(of));
  }
}
