package io.bonito.benchmarks.reactive;

import io.bonito.benchmarks.Bars;
import io.bonito.benchmarks.Interval;
import io.bonito.benchmarks.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All fields as a table, as JSON and as bars. */
final class Report {

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
    StringBuilder out = Json.begin(facts).append("  \"fields\": [");
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
                    Json.text(field.server()),
                    Json.text(field.work().word()),
                    field.connections(),
                    Json.text(entry.rival().title()),
                    entry.median(Meter.Reading::rate),
                    entry.median(Meter.Reading::cpuMicros),
                    entry.median(Meter.Reading::bytes),
                    field.rateRatio(entry).median()));
        comma = ",\n";
      }
    }
    return out.append("\n  ]\n}\n").toString();
  }

  static String svg(List<Field> fields) {
    Bars bars = new Bars();
    for (Field field : fields) {
      double most =
          field.entries().stream().mapToDouble(e -> e.median(Meter.Reading::rate)).max().orElse(1);
      bars.group(field.title() + "; " + field.server() + ": operations/s");
      for (Field.Entry entry : field.entries()) {
        bars.bar(
            entry.rival().title(),
            entry.median(Meter.Reading::rate),
            most,
            entry.rival().word().startsWith("bonito"));
      }
    }
    return bars.svg();
  }
}
