package io.bonito.benchmarks.compare;

import io.bonito.benchmarks.BenchMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two files of figures, cell by cell. */
public final class CompareBench {
  private static final String USAGE =
      """
      usage: ./bonito bench compare A.json B.json
        Both were kept by ./bonito bench --json. For each cell that both have: B's figures to A's,
        and what each contender's CPU time was to Bonito's in A and in B, which machines of another
        speed leave as it is. A * says that the intervals of 95 % of these two do not touch.
      """;

  private CompareBench() {}

  /**
   * @param words first the folder {@code target} of the benchmarks, then the two files
   */
  public static void main(String[] words) {
    BenchMain.run(
        words,
        USAGE,
        (home, own) -> {
          List<Path> files = new ArrayList<>();
          while (own.next()) {
            files.add(Path.of(own.option()));
          }
          if (files.size() != 2) {
            throw new IllegalArgumentException(
                "Two files are compared, and " + files.size() + " are named.");
          }
          System.out.print(compare(files.get(0), files.get(1)));
        });
  }

  /**
   * All that the two have in common, as tables.
   *
   * @throws IllegalArgumentException where one of them was not kept by the benchmarks, or they have
   *     nothing in common
   */
  static String compare(Path first, Path second) throws IOException {
    Kept a = Kept.read(first);
    Kept b = Kept.read(second);
    StringBuilder out = new StringBuilder();
    a.facts()
        .forEach(
            (name, value) -> {
              String other = b.facts().getOrDefault(name, "unknown");
              out.append(
                  value.equals(other)
                      ? String.format("%s: %s%n", name, value)
                      : String.format("%s: A %s; B %s%n", name, value, other));
            });
    int common = 0;
    for (Map.Entry<String, Map<String, Kept.Figures>> cell : a.cells().entrySet()) {
      Map<String, Kept.Figures> other = b.cells().get(cell.getKey());
      if (other != null) {
        common++;
        out.append(table(cell.getKey(), cell.getValue(), other));
      }
    }
    if (common == 0) {
      throw new IllegalArgumentException("The two files have no cell in common.");
    }
    int onlyA = a.cells().size() - common;
    int onlyB = b.cells().size() - common;
    out.append(
        String.format("%nCells in both: %d; in A only: %d; in B only: %d%n", common, onlyA, onlyB));
    return out.toString();
  }

  private static String table(
      String title, Map<String, Kept.Figures> a, Map<String, Kept.Figures> b) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            "%n%s%n%n| contender | µs | CPU µs | bytes | B to A: µs | CPU | bytes |"
                + " CPU to Bonito: A | B | |%n|---|%s%n",
            title, "--:|".repeat(8) + "---|"));
    a.forEach(
        (contender, before) -> {
          Kept.Figures after = b.get(contender);
          if (after != null) {
            out.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %,.1f | %,.1f | %,.0f | %.2f | %.2f | %.2f | %.2f | %.2f | %s |%n",
                    contender,
                    after.nanos() / 1000,
                    after.cpuNanos() / 1000,
                    after.bytes(),
                    after.nanos() / before.nanos(),
                    after.cpuNanos() / before.cpuNanos(),
                    after.bytes() / Math.max(1, before.bytes()),
                    before.cpuToReference().get(1),
                    after.cpuToReference().get(1),
                    after.liesApart(before) ? "*" : ""));
          }
        });
    return out.toString();
  }
}
