package io.bonito.benchmarks.reactive;

import io.bonito.benchmarks.Interval;
import io.bonito.benchmarks.reactive.contest.Work;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came out for one kind of work on so many connections.
 *
 * @param server its name and version
 */
record Field(String server, Work work, int connections, List<Entry> entries) {

  /** One rival's windows; those with the same index were measured one after the other. */
  record Entry(Rival rival, List<Meter.Reading> windows) {
    double median(ToDoubleFunction<Meter.Reading> of) {
      return Interval.of(values(of)).median();
    }

    double[] values(ToDoubleFunction<Meter.Reading> of) {
      return windows.stream().mapToDouble(of).toArray();
    }
  }

  String title() {
    return work.title() + ", " + connections + (connections == 1 ? " connection" : " connections");
  }

  /** What others are compared with: Bonito's own interface, or else whoever comes first. */
  Entry reference() {
    return entries.stream()
        .filter(entry -> entry.rival().equals(Rival.ASYNC))
        .findFirst()
        .orElse(entries.get(0));
  }

  /** An entry's rate to the reference's, window by window. */
  Interval rateRatio(Entry entry) {
    return Interval.ofRatios(
        entry.values(Meter.Reading::rate), reference().values(Meter.Reading::rate));
  }
}
