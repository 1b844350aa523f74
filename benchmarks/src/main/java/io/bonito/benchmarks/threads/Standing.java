package io.bonito.benchmarks.threads;

import io.bonito.benchmarks.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came out on one server.
 *
 * @param title of the work, and the server
 */
record Standing(String title, List<Entry> entries) {

  /** One rival's windows; those with the same index were measured one after the other. */
  static final class Entry {
    final Rival rival;
    final List<Double> rates = new ArrayList<>();
    final List<Double> cpuMicros = new ArrayList<>();
    long pins;

    Entry(Rival rival) {
      this.rival = rival;
    }
  }

  String table() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%n%s%n%n"
                + "| driver, pool | reads/s | Bonito's to its | CPU of one, µs | pins |%n"
                + "|---|--:|--:|--:|--:|%n",
            title));
    for (Entry entry : entries) {
      Interval ratio = Interval.ofRatios(array(entries.get(0).rates), array(entry.rates));
      out.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %.2f [%.2f %.2f] | %,.1f | %d |%n",
              entry.rival.title(),
              Interval.of(array(entry.rates)).median(),
              ratio.median(),
              ratio.low(),
              ratio.high(),
              Interval.of(array(entry.cpuMicros)).median(),
              entry.pins));
    }
    return out.toString();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
