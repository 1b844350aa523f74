package io.bonito.benchmarks.reactive;

import io.bonito.benchmarks.ApartLoader;
import io.bonito.benchmarks.reactive.contest.Crew;
import io.bonito.benchmarks.reactive.contest.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The classes of one rival. */
record RivalLoader(Rival rival, ApartLoader classes) {
  private static final String SHARED = "io.bonito.benchmarks.reactive.contest.";
  private static final String ENTRANTS = "io.bonito.benchmarks.reactive.entrant.";

  /**
   * @param home the folder {@code target} of the benchmarks
   */
  static RivalLoader of(Rival rival, Path home) throws IOException {
    String jars = rival.folder().isEmpty() ? "lib/*.jar" : "drivers/" + rival.folder() + "/*.jar";
    return new RivalLoader(rival, ApartLoader.of(home, SHARED, List.of(jars)));
  }

  /** Opens its connections. */
  Crew open(Task task) throws Exception {
    return classes.make(Crew.class, ENTRANTS + rival.crew(), task);
  }
}
