package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Figures;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A cell as lines of a terminal. */
final class TableReport {
  private TableReport() {}

  static void print(Cell cell, PrintStream out) {
    out.printf(Locale.ROOT, "%n%s — %s%n", cell.scene().title(), cell.scene().server());
    out.printf(
        Locale.ROOT,
        "  %-26s %12s %10s %12s   %-21s %-21s %-6s%s%n",
        "",
        "us",
        "CPU us",
        "bytes",
        "time: ratio",
        "CPU: ratio",
        "bytes",
        cell.hasDecoding() ? String.format("%14s %10s", "rows/CPU s", "MB/CPU s") : "");
    for (Cell.Entry entry : cell.entries()) {
      boolean reference = entry.equals(cell.reference());
      out.printf(
          Locale.ROOT,
          "  %-26s %,12.1f %,10.1f %,12.0f   %-21s %-21s %-6s%s%n",
          entry.contender().title(),
          entry.median(Figures::nanos) / 1000,
          entry.median(Figures::cpuNanos) / 1000,
          entry.median(Figures::bytes),
          reference ? "1" : ratio(cell, entry, Figures::nanos),
          reference ? "1" : ratio(cell, entry, Figures::cpuNanos),
          reference
              ? "1"
              : String.format(Locale.ROOT, "%.2f", cell.ratio(entry, Figures::bytes).median()),
          decoding(cell, entry));
    }
    out.flush();
  }

  private static String decoding(Cell cell, Cell.Entry entry) {
    return cell.hasDecoding()
        ? String.format(
            Locale.ROOT,
            "%,14.0f %,10.0f",
            cell.rowsPerSecond(entry),
            cell.megabytesPerSecond(entry))
        : "";
  }

  private static String ratio(Cell cell, Cell.Entry entry, ToDoubleFunction<Figures> of) {
    Interval interval = cell.ratio(entry, of);
    return String.format(
        Locale.ROOT, "%.2f [%.2f %.2f]", interval.median(), interval.low(), interval.high());
  }
}
