package io.bonito.benchmarks.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the tables say, as bars.
 *
 * <pre>
 *   title of a table: what is measured
 *     pool     ████████ 35124
 * </pre>
 */
final class Plot {
  private static final int WIDTH = 860;
  private static final int LINE = 18;
  private static final int LABELS = 190;
  private static final int BAR = WIDTH - LABELS - 110;

  /** One pool's number. */
  private record Bar(Rival rival, double value) {}

  private final StringBuilder out = new StringBuilder();
  private final List<Bar> bars = new ArrayList<>();
  private int y = LINE;

  /** A number of the group that {@link #group} ends. */
  void add(Rival rival, double value) {
    bars.add(new Bar(rival, value));
  }

  /**
   * Draws what was added since the last one.
   *
   * @param title says what was done, and how long each loan was held
   * @param measured what the numbers are, and whether many or few are good
   */
  void group(String title, String measured) {
    double longest = bars.stream().mapToDouble(Bar::value).filter(v -> v > 0).max().orElse(1);
    y += LINE;
    text(8, title + ": " + measured, /* bold= */ true);
    for (Bar bar : bars) {
      y += LINE;
      text(20, bar.rival.title(), /* bold= */ false);
      int length = (int) Math.max(1, bar.value / longest * BAR);
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
              LABELS,
              y - LINE + 7,
              length,
              LINE - 5,
              bar.rival == Rival.BONITO ? "#d1495b" : "#6d8ba8"));
      text(
          LABELS + length + 6,
          String.format(Locale.ROOT, bar.value < 100 ? "%.2f" : "%.0f", bar.value),
          /* bold= */ false);
    }
    y += LINE / 2;
    bars.clear();
  }

  private void text(int x, String text, boolean bold) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\"%s>%s</text>%n",
            x,
            y,
            bold ? " font-weight=\"bold\"" : "",
            text.replace("&", "&amp;").replace("<", "&lt;")));
  }

  /** The whole picture. */
  String svg() {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            WIDTH,
            y + LINE)
        + out
        + "</svg>\n";
  }
}
