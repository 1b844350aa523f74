package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Entrant;
import io.bonito.benchmarks.contest.Figures;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets contenders do the same work in turn.
 *
 * <pre>
 *   round 1   floor │ bound │ Bonito │ MariaDB │ …      about 100 ms each
 *   round 2           bound │ Bonito │ MariaDB │ … │ floor
 *   …
 * </pre>
 *
 * <p>A machine that slows down does so for all of a round, so figures are compared round by round.
 *
 * @param home the folder {@code target} of the benchmarks
 * @param seconds for each contender, besides half as many to warm up
 */
record Contest(Path home, String server, List<Contender> contenders, double seconds) {
  private static final long WINDOW_NANOS = 100_000_000;
  private static final int FEWEST_ROUNDS = 5;

  /** What makes a setting for one contender and a server. */
  interface Settings {
    Setting of(Contender contender, Endpoint endpoint);
  }

  /** What makes a setting for one contender, and all that it needs. */
  interface Preparation {
    Setting of(Contender contender) throws Exception;
  }

  Cell run(Load load, Format format, Carrier carrier, Preparation preparation) throws Exception {
    List<Contender> present = new ArrayList<>();
    List<Entrant> entrants = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        if (!contender.isBare() || load.hasFloor()) {
          entrants.add(ContenderLoader.open(contender, preparation.of(contender), home));
          present.add(contender);
        }
      }
      return new Cell(server, load, format, carrier, measure(present, entrants));
    } finally {
      for (Entrant entrant : entrants) {
        entrant.close();
      }
    }
  }

  private List<Cell.Entry> measure(List<Contender> present, List<Entrant> entrants)
      throws Exception {
    int count = entrants.size();
    List<Cell.Entry> entries = new ArrayList<>();
    for (Contender contender : present) {
      entries.add(new Cell.Entry(contender, new ArrayList<>()));
    }
    int warmUps = (int) Math.ceil(seconds * 1e9 / 2 / WINDOW_NANOS);
    int rounds = Math.max(FEWEST_ROUNDS, (int) Math.ceil(seconds * 1e9 / WINDOW_NANOS));
    for (int round = -warmUps; round < rounds; round++) {
      Figures[] figures = new Figures[count];
      for (int turn = 0; turn < count; turn++) {
        int i = Math.floorMod(turn + round, count);
        figures[i] = entrants.get(i).window(WINDOW_NANOS);
      }
      for (int i = 0; round >= 0 && i < count; i++) {
        entries.get(i).windows().add(figures[i]);
      }
    }
    return entries;
  }
}
