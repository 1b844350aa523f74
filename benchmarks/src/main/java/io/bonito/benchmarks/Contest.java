package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Entrant;
import io.bonito.benchmarks.contest.Figures;
import io.bonito.benchmarks.contest.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets contenders do the same work in turn, about 100 ms each.
 *
 * @param home the folder {@code target} of the benchmarks
 * @param seconds for each contender, besides half as many to warm up
 */
record Contest(Path home, List<Contender> contenders, double seconds) {
  private static final long WINDOW_NANOS = 100_000_000;

  /** What makes a setting for one contender and a server. */
  interface Settings {
    Setting of(Contender contender, Endpoint endpoint);
  }

  /** What makes a setting for one contender, and all that it needs. */
  interface Preparation {
    Setting of(Contender contender) throws Exception;
  }

  Cell run(Scene scene, Preparation preparation) throws Exception {
    List<Cell.Entry> entries = new ArrayList<>();
    List<Entrant> entrants = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        if (!contender.isBare() || scene.load().hasFloor()) {
          entrants.add(ContenderLoader.open(contender, preparation.of(contender), home));
          entries.add(new Cell.Entry(contender, new ArrayList<>()));
        }
      }
      Rounds.of(seconds, WINDOW_NANOS)
          .run(
              entrants.size(),
              (who, counts) -> {
                Figures figures = entrants.get(who).window(WINDOW_NANOS);
                if (counts) {
                  entries.get(who).windows().add(figures);
                }
              });
      return Cell.live(scene, entries);
    } finally {
      for (Entrant entrant : entrants) {
        entrant.close();
      }
    }
  }
}
