package io.bonito.pool.lending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Some runs; {@code -Dbonito.pool.seeds=from-to} chooses others, and CI has many. */
class SimulationTest {
  @Test
  void whatMustHoldAlwaysHolds() {
    String[] seeds = System.getProperty("bonito.pool.seeds", "0-40").split("-");
    List<String> violations = new ArrayList<>();
    for (long seed = Long.parseLong(seeds[0]); seed < Long.parseLong(seeds[1]); seed++) {
      try {
        Simulation.run(seed);
      } catch (Throwable e) {
        violations.add("seed " + seed + ": " + e);
      }
    }
    assertThat(violations).isEmpty();
  }
}
