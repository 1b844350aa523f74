package io.bonito.benchmarks.pool;

import io.bonito.benchmarks.Bars;
import java.util.ArrayList;
import java.util.List;

/** What the tables say, as bars: a group for each table, a bar for each pool. */
final class Plot {
  /** One pool's number. */
  private record Bar(Rival rival, double value) {}

  private final Bars picture = new Bars();
  private final List<Bar> bars = new ArrayList<>();

  /** A number of the group that {@link #group} ends. */
  void add(Rival rival, double value) {
    bars.add(new Bar(rival, value));
  }

  /**
   * Draws what was added since the last one.
   *
   * @param title says what was done, and how long each loan was held
   * @param measured what the numbers are, and whether many or few are good
   */
  void group(String title, String measured) {
    double longest = bars.stream().mapToDouble(Bar::value).filter(v -> v > 0).max().orElse(1);
    picture.group(title + ": " + measured);
    for (Bar bar : bars) {
      picture.bar(bar.rival.title(), bar.value, longest, bar.rival == Rival.BONITO);
    }
    bars.clear();
  }

  /** The whole picture. */
  String svg() {
    return picture.svg();
  }
}
