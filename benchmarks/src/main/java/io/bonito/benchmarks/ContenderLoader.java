package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Entrant;
import io.bonito.benchmarks.contest.Setting;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The classes of one contender. */
final class ContenderLoader {
  private static final String SHARED = "io.bonito.benchmarks.contest.";

  private ContenderLoader() {}

  /**
   * Makes an entrant of a contender.
   *
   * @param home the folder {@code target} of the benchmarks
   */
  static Entrant open(Contender contender, Setting setting, Path home) throws Exception {
    List<String> jars = new ArrayList<>(contender.jars());
    if (!contender.folder().isEmpty()) {
      // The worker names the floor and the bound too, and its verifier wants to see them.
      jars.add("lib/bonito-protocol-*.jar");
    }
    ApartLoader loader = ApartLoader.of(home, SHARED, jars);
    try {
      return (Entrant)
          loader
              .loadClass("io.bonito.benchmarks.entrant.Worker")
              .getMethod("of", String.class, Setting.class)
              .invoke(null, contender.kind(), setting);
    } catch (InvocationTargetException e) {
      loader.close();
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
