package io.bonito.benchmarks;

import java.util.Locale;

/**
 * Numbers as bars, group by group.
 *
 * <pre>
 *   title of a group
 *     label    ████████ 1,234
 * </pre>
 */
public final class Bars {
  private static final int WIDTH = 860;
  private static final int LINE = 18;
  private static final int LABELS = 230;
  private static final int BAR = WIDTH - LABELS - 110;
  private static final String OURS = "#d1495b";
  private static final String OTHERS = "#6d8ba8";

  private final StringBuilder out = new StringBuilder();
  private int y = LINE;

  /** Begins a group. */
  public void group(String title) {
    y += out.isEmpty() ? LINE : LINE + LINE / 2;
    text(8, title, /* bold= */ true);
  }

  /**
   * @param most the value whose bar is the longest
   * @param ours whether it is Bonito's
   */
  public void bar(String label, double value, double most, boolean ours) {
    y += LINE;
    text(20, label, /* bold= */ false);
    int length = (int) Math.max(1, value / Math.max(most, Double.MIN_NORMAL) * BAR);
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
            LABELS,
            y - LINE + 7,
            length,
            LINE - 5,
            ours ? OURS : OTHERS));
    String number = String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    text(LABELS + length + 6, number, /* bold= */ false);
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
  public String svg() {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            WIDTH,
            y + LINE + LINE / 2)
        + out
        + "</svg>\n";
  }
}
