package io.bonito.benchmarks.growth;

import io.bonito.benchmarks.Contender;
import io.bonito.benchmarks.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out for one driver and one size.
 *
 * @param server its name and version
 * @param size how many there were
 * @param rounds the matter's figures, round by round
 */
record Reading(String server, Matter matter, int size, Contender contender, List<double[]> rounds) {

  static Reading begin(String server, Matter matter, int size, Contender contender) {
    return new Reading(server, matter, size, contender, new ArrayList<>());
  }

  void add(double... figures) {
    rounds.add(figures);
  }

  /** The median of a figure. */
  double median(int figure) {
    return Interval.of(rounds.stream().mapToDouble(round -> round[figure]).toArray()).median();
  }

  double headline() {
    return median(matter.headline());
  }
}
