package io.bonito.benchmarks.reactive;

import io.bonito.benchmarks.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All fields as a table, as JSON and as bars. */
final class Report {
  private static final int WIDTH = 860;
  private static final int LINE = 18;
  private static final int LABELS = 230;
  private static final int BAR = WIDTH - LABELS - 110;

  private Report() {}

  static String table(Field field) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%n%s; %s%n%n"
                + "| driver | operations/s | to Bonito async | CPU of one, µs | bytes of one |%n"
                + "|---|--:|--:|--:|--:|%n",
            field.title(),
            field.server()));
    for (Field.Entry entry : field.entries()) {
      Interval ratio = field.rateRatio(entry);
      out.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.1f | %.2f [%.2f %.2f] | %,.1f | %,.0f |%n",
              entry.rival().title(),
              entry.median(Meter.Reading::rate),
              ratio.median(),
              ratio.low(),
              ratio.high(),
              entry.median(Meter.Reading::cpuMicros),
              entry.median(Meter.Reading::bytes)));
    }
    return out.toString();
  }

  static String json(Map<String, String> facts, List<Field> fields) {
    StringBuilder out = new StringBuilder("{\n");
    facts.forEach(
        (name, value) ->
            out.append("  ").append(quoted(name)).append(": ").append(quoted(value)).append(",\n"));
    out.append("  \"fields\": [");
    String comma = "\n";
    for (Field field : fields) {
      for (Field.Entry entry : field.entries()) {
        out.append(comma)
            .append(
                String.format(
                    Locale.ROOT,
                    "    {\"server\": %s, \"work\": %s, \"connections\": %d, \"driver\": %s,"
                        + " \"rate\": %.1f, \"cpuMicros\": %.2f, \"bytes\": %.0f,"
                        + " \"rateToBonitoAsync\": %.3f}",
                    quoted(field.server()),
                    quoted(field.work().word()),
                    field.connections(),
                    quoted(entry.rival().title()),
                    entry.median(Meter.Reading::rate),
                    entry.median(Meter.Reading::cpuMicros),
                    entry.median(Meter.Reading::bytes),
                    field.rateRatio(entry).median()));
        comma = ",\n";
      }
    }
    return out.append("\n  ]\n}\n").toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String svg(List<Field> fields) {
    StringBuilder out = new StringBuilder();
    int y = LINE;
    for (Field field : fields) {
      double most =
          field.entries().stream().mapToDouble(e -> e.median(Meter.Reading::rate)).max().orElse(1);
      y += LINE;
      text(out, 8, y, field.title() + "; " + field.server() + ": operations/s", /* bold= */ true);
      for (Field.Entry entry : field.entries()) {
        double rate = entry.median(Meter.Reading::rate);
        int length = (int) Math.max(1, rate / most * BAR);
        y += LINE;
        text(out, 20, y, entry.rival().title(), /* bold= */ false);
        out.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
                LABELS,
                y - LINE + 7,
                length,
                LINE - 5,
                entry.rival().word().startsWith("bonito") ? "#d1495b" : "#6d8ba8"));
        text(
            out,
            LABELS + length + 6,
            y,
            String.format(Locale.ROOT, rate < 100 ? "%.2f" : "%,.0f", rate),
            /* bold= */ false);
      }
      y += LINE / 2;
    }
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

  private static void text(StringBuilder out, int x, int y, String text, boolean bold) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\"%s>%s</text>%n",
            x,
            y,
            bold ? " font-weight=\"bold\"" : "",
            text.replace("&", "&amp;").replace("<", "&lt;")));
  }
}
