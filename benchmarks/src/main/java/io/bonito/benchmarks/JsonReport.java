package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All cells as JSON, to keep and to compare. */
final class JsonReport {
  private final StringBuilder out = new StringBuilder();

  private JsonReport() {}

  /**
   * @param where facts about the machine, the JDK and the tree
   */
  static String of(Map<String, String> where, List<Cell> cells) {
    JsonReport report = new JsonReport();
    report.write(where, cells);
    return report.out.toString();
  }

  private void write(Map<String, String> where, List<Cell> cells) {
    out.append(Json.begin(where)).append("  \"cells\": [");
    for (int i = 0; i < cells.size(); i++) {
      out.append(i == 0 ? "\n" : ",\n");
      cell(cells.get(i));
    }
    out.append("\n  ]\n}\n");
  }

  private void cell(Cell cell) {
    Scene scene = cell.scene();
    out.append("    {\"server\": ").append(Json.text(scene.server()));
    out.append(", \"load\": ").append(Json.text(scene.load().word()));
    out.append(", \"format\": ").append(Json.text(scene.format().name().toLowerCase(Locale.ROOT)));
    out.append(", \"carrier\": ")
        .append(Json.text(scene.carrier().name().toLowerCase(Locale.ROOT)));
    out.append(", \"delayMillis\": ").append(scene.delayMillis());
    out.append(", \"reference\": ").append(Json.text(cell.reference().contender().word()));
    out.append(", \"entries\": [");
    for (int i = 0; i < cell.entries().size(); i++) {
      out.append(i == 0 ? "\n" : ",\n");
      entry(cell, cell.entries().get(i));
    }
    out.append("]}");
  }

  private void entry(Cell cell, Cell.Entry entry) {
    out.append("      {\"contender\": ").append(Json.text(entry.contender().word()));
    out.append(", \"windows\": ").append(entry.windows().size());
    figure(cell, entry, "nanos", Figures::nanos);
    figure(cell, entry, "cpuNanos", Figures::cpuNanos);
    figure(cell, entry, "bytes", Figures::bytes);
    if (cell.hasDecoding()) {
      out.append(
          String.format(
              Locale.ROOT,
              ", \"rowsPerCpuSecond\": %.0f, \"megabytesPerCpuSecond\": %.1f",
              cell.rowsPerSecond(entry),
              cell.megabytesPerSecond(entry)));
    }
    out.append('}');
  }

  private void figure(Cell cell, Cell.Entry entry, String name, ToDoubleFunction<Figures> of) {
    Interval ratio = cell.ratio(entry, of);
    out.append(
        String.format(
            Locale.ROOT,
            ", \"%s\": %.1f, \"%sRatio\": [%.4f, %.4f, %.4f]",
            name,
            entry.median(of),
            name,
            ratio.low(),
            ratio.median(),
            ratio.high()));
  }
}
