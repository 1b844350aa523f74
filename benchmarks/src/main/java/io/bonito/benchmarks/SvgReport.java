package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Figures;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * All cells as bars: how many times Bonito's CPU time and memory each contender takes.
 *
 * <pre>
 *   title of a cell
 *     contender  ████████ 1.20 [1.15 1.24]     ████████████ 3.1
 * </pre>
 */
final class SvgReport {
  private static final int WIDTH = 960;
  private static final int LINE = 18;
  private static final int LABELS = 190;
  private static final int COLUMN = (WIDTH - LABELS) / 2;

  /** Longer bars are cut, and their numbers say how long they are. */
  private static final double LONGEST = 5;

  private static final int BAR = COLUMN - 150;

  private final StringBuilder out = new StringBuilder();
  private int y = 30;

  private SvgReport() {}

  static String of(List<Cell> cells) {
    SvgReport report = new SvgReport();
    for (Cell cell : cells) {
      report.cell(cell);
    }
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            WIDTH,
            report.y)
        + report.heading()
        + report.out
        + "</svg>\n";
  }

  private String heading() {
    return text(LABELS, 18, "CPU time, Bonito = 1", true)
        + text(LABELS + COLUMN, 18, "bytes allocated, Bonito = 1", true);
  }

  private void cell(Cell cell) {
    y += LINE;
    out.append(text(8, y, cell.scene().title() + " (" + cell.scene().server() + ")", true));
    for (Cell.Entry entry : cell.entries()) {
      y += LINE;
      out.append(text(20, y, entry.contender().title(), false));
      String colour = colour(cell, entry);
      bar(cell, entry, Figures::cpuNanos, LABELS, colour);
      bar(cell, entry, Figures::bytes, LABELS + COLUMN, colour);
    }
    y += LINE / 2;
  }

  private static String colour(Cell cell, Cell.Entry entry) {
    if (entry.contender().isBare()) {
      return "#b8b8b8";
    }
    return entry.equals(cell.reference()) ? "#d1495b" : "#6d8ba8";
  }

  private void bar(
      Cell cell, Cell.Entry entry, ToDoubleFunction<Figures> of, int x, String colour) {
    double ratio = cell.ratio(entry, of).median();
    int length = (int) Math.max(1, Math.min(ratio, LONGEST) / LONGEST * BAR);
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
            x,
            y - LINE + 7,
            length,
            LINE - 5,
            colour));
    out.append(text(x + length + 6, y, String.format(Locale.ROOT, "%.2f", ratio), false));
  }

  private static String text(int x, int y, String text, boolean bold) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\"%s>%s</text>%n",
        x,
        y,
        bold ? " font-weight=\"bold\"" : "",
        text.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
