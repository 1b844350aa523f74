package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Figures;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came out for one load.
 *
 * @param entries one for each contender, Bonito among them or not
 */
record Cell(Scene scene, List<Entry> entries) {

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
