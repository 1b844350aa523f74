package io.bonito.jdbc;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logs what is odd about options, once for each sentence. */
final class OptionWarnings {
  private static final System.Logger LOGGER = System.getLogger("io.bonito.jdbc");

  /** More different sentences than this come from URLs that are made up, and help nobody. */
  private static final int MOST = 100;

  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private OptionWarnings() {}

  static void log(List<String> warnings) {
    for (String warning : warnings) {
      if (LOGGED.size() < MOST && LOGGED.add(warning)) {
        LOGGER.log(System.Logger.Level.WARNING, warning);
      }
    }
  }
}
