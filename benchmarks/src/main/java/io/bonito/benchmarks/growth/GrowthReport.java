package io.bonito.benchmarks.growth;

import io.bonito.benchmarks.Bars;
import io.bonito.benchmarks.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Readings as tables, as JSON and as bars. */
final class GrowthReport {
  private GrowthReport() {}

  /**
   * @param readings of one server and matter, the smallest size first
   */
  static String table(List<Reading> readings) {
    Reading first = readings.get(0);
    Matter matter = first.matter();
    StringBuilder out = new StringBuilder();
    out.append(String.format("%n%s; %s%n%n| size | driver |", matter.title(), first.server()));
    for (String figure : matter.figures()) {
      out.append(' ').append(figure).append(" |");
    }
    out.append(" ").append(matter.figures().get(matter.headline())).append(" to the fewest |\n");
    out.append("|--:|---|").append("--:|".repeat(matter.figures().size() + 1)).append('\n');
    for (Reading reading : readings) {
      out.append(
          String.format(Locale.ROOT, "| %,d | %s |", reading.size(), reading.contender().title()));
      for (int i = 0; i < matter.figures().size(); i++) {
        out.append(String.format(Locale.ROOT, " %,.1f |", reading.median(i)));
      }
      out.append(String.format(Locale.ROOT, " %.2f |%n", growth(reading, readings)));
    }
    return out.toString();
  }

  /** A reading's headline figure to the same driver's at the smallest size. */
  static double growth(Reading reading, List<Reading> readings) {
    for (Reading each : readings) {
      if (each.matter() == reading.matter()
          && each.server().equals(reading.server())
          && each.contender().equals(reading.contender())) {
        return reading.headline() / each.headline();
      }
    }
    throw new IllegalArgumentException("the reading is not among them");
  }

  static String json(Map<String, String> facts, List<Reading> readings) {
    StringBuilder out = Json.begin(facts).append("  \"readings\": [");
    String comma = "\n";
    for (Reading reading : readings) {
      out.append(comma);
      out.append("    {\"server\": ").append(Json.text(reading.server()));
      out.append(", \"matter\": ").append(Json.text(reading.matter().word()));
      out.append(", \"size\": ").append(reading.size());
      out.append(", \"contender\": ").append(Json.text(reading.contender().word()));
      List<String> figures = reading.matter().figures();
      for (int i = 0; i < figures.size(); i++) {
        out.append(String.format(Locale.ROOT, ", \"%s\": %.2f", figures.get(i), reading.median(i)));
      }
      out.append(String.format(Locale.ROOT, ", \"growth\": %.3f}", growth(reading, readings)));
      comma = ",\n";
    }
    return out.append("\n  ]\n}\n").toString();
  }

  /** All sizes of a matter in one scale, so that what grows is seen to. */
  static String svg(List<Reading> readings) {
    Bars bars = new Bars();
    String group = "";
    for (Reading reading : readings) {
      String title =
          String.format(
              Locale.ROOT,
              "%,d %s; %s: %s",
              reading.size(),
              reading.matter().title(),
              reading.server(),
              reading.matter().figures().get(reading.matter().headline()));
      if (!title.equals(group)) {
        bars.group(title);
        group = title;
      }
      double most =
          readings.stream()
              .filter(each -> each.matter() == reading.matter())
              .filter(each -> each.server().equals(reading.server()))
              .mapToDouble(Reading::headline)
              .max()
              .orElse(1);
      bars.bar(
          reading.contender().title(),
          reading.headline(),
          most,
          reading.contender().word().equals("bonito"));
    }
    return bars.svg();
  }
}
