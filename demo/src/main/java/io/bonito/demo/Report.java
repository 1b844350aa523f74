package io.bonito.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The table at the end. */
final class Report {
  private Report() {}

  static void print(
      String server, List<Contender> contenders, List<Comparison> comparisons, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s, JDK %s; medians of windows in which the drivers take turns; each with its defaults%n%n",
        server,
        Runtime.version().feature());
    out.printf(
        Locale.ROOT,
        "%-28s %-24s %12s %11s %11s %12s %9s %9s%n",
        "",
        "",
        "per second",
        "us",
        "CPU us",
        "bytes",
        "time",
        "bytes");
    for (Comparison comparison : comparisons) {
      Comparison.Figures first = comparison.figures().get(0);
      for (int i = 0; i < contenders.size(); i++) {
        Comparison.Figures figures = comparison.figures().get(i);
        out.printf(
            Locale.ROOT,
            "%-28s %-24s %,12.1f %,11.1f %,11.1f %,12.0f %8.2fx %8.2fx%n",
            i == 0 ? comparison.load().title() : "",
            contenders.get(i).name(),
            1e9 / figures.nanos(),
            figures.nanos() / 1000,
            figures.cpuNanos() / 1000,
            figures.bytes(),
            figures.nanos() / first.nanos(),
            figures.bytes() / Math.max(1, first.bytes()));
      }
    }
    out.printf(
        "%nThe last two columns are ratios to Bonito: above 1 is slower, or allocates more.%n");
  }
}
