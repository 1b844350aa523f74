package io.bonito.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Figures;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
  /** Three windows alike, in which 1,000 rows take 50 µs of the CPU. */
  private static Cell cell(double delayMillis) {
    Contender bonito =
        Contender.ALL.stream().filter(c -> c.word().equals("bonito")).findFirst().orElseThrow();
    Figures window = new Figures(80_000, 50_000, 72_000);
    Scene scene = new Scene("a server, 1.0", Load.ROWS, Format.TEXT, Carrier.TLS, delayMillis);
    return Cell.live(scene, List.of(new Cell.Entry(bonito, List.of(window, window, window))));
  }

  private static String table(Cell cell) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TableReport.print(cell, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theDelayIsToldByTableJsonAndPlot() {
    Cell cell = cell(1.5);

    assertThat(table(cell)).contains("text, TLS, 1.5 ms of delay — a server, 1.0");
    assertThat(JsonReport.of(Map.of(), List.of(cell))).contains("\"delayMillis\": 1.5,");
    assertThat(SvgReport.of(List.of(cell))).contains("text, TLS, 1.5 ms of delay (a server");
  }

  @Test
  void withoutADelayThereIsNoWordOfIt() {
    assertThat(table(cell(0))).contains("text, TLS — a server, 1.0").doesNotContain("delay");
  }

  @Test
  void whereAnswersComeFromMemoryDecodingHasASpeed() {
    Cell decoding = cell(0).decoding(1000, 45_000);

    assertThat(table(decoding)).contains("rows/CPU s", "20,000,000        900");
    assertThat(JsonReport.of(Map.of(), List.of(decoding)))
        .contains("\"rowsPerCpuSecond\": 20000000, \"megabytesPerCpuSecond\": 900.0}");
  }

  @Test
  void withAServerOnTheOtherSideItHasNone() {
    assertThat(table(cell(0))).doesNotContain("rows/CPU s");
    assertThat(JsonReport.of(Map.of(), List.of(cell(0)))).doesNotContain("rowsPerCpuSecond");
  }
}
