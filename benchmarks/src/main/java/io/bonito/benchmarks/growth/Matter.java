package io.bonito.benchmarks.growth;

import java.util.List;
import java.util.Locale;

/**
 * What there is more and more of.
 *
 * <p>The headline figure is the one that should stay as it is however many there are.
 */
enum Matter {
  ROWS("streamed rows of (int, 32 chars), for each", "cpuNanos"),
  COLUMNS("columns of ints in 1,000 rows, for each value", "cpuNanos"),
  CONNECTIONS("idle connections, for each; threads in all", "memory");

  private static final List<String> OF_VALUES = List.of("nanos", "cpuNanos", "bytes");
  private static final List<String> OF_CONNECTIONS = List.of("nanos", "threads", "memory");

  private final String title;
  private final String headline;

  Matter(String title, String headline) {
    this.title = title;
    this.headline = headline;
  }

  String title() {
    return title;
  }

  /** The word for it on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Names of what is measured: {@code nanos} on the wall, {@code cpuNanos} of the thread, {@code
   * bytes} allocated, {@code threads} of the process that were not there before, and {@code
   * memory}, the bytes of heap and direct buffers that remain in use.
   */
  List<String> figures() {
    return this == CONNECTIONS ? OF_CONNECTIONS : OF_VALUES;
  }

  int headline() {
    return figures().indexOf(headline);
  }
}
