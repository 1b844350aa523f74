package io.bonito.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Entrant;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import io.bonito.benchmarks.entrant.Worker;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What operations allocate, held to the budget that is written down beside this test. */
@Tag("server")
class AllocationBudgetTest {
  /** Long enough for the compiler on a machine with much else to do; a green run needs seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int OPERATIONS_A_LOOK = 500;
  private static final int ROWS = 10_000;

  static Stream<Arguments> budgets() throws IOException {
    try (InputStream file =
        AllocationBudgetTest.class.getResourceAsStream("/allocation-budget.txt")) {
      List<String[]> lines =
          new String(file.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(" "))
              .toList();
      return Servers.selectedKinds().stream()
          .flatMap(
              kind ->
                  lines.stream()
                      .map(
                          line ->
                              Arguments.of(
                                  kind,
                                  Load.valueOf(line[0].toUpperCase(Locale.ROOT)),
                                  Format.valueOf(line[1].toUpperCase(Locale.ROOT)),
                                  Integer.parseInt(line[2]))));
    }
  }

  @ParameterizedTest(name = "{0}: {1}, {2} within {3} bytes")
  @MethodSource("budgets")
  void anOperationKeepsToItsBudget(ServerKind kind, Load load, Format format, int budget)
      throws Exception {
    Server server = Servers.shared(kind);
    Endpoint endpoint =
        new Endpoint(
            server.host(),
            server.port(),
            "",
            "user=" + server.user() + "&password=" + server.password());
    Contender bonito =
        Contender.ALL.stream().filter(c -> c.word().equals("bonito")).findFirst().orElseThrow();
    String url = endpoint.url(bonito, format, Carrier.TCP);

    try (BenchSchema schema = BenchSchema.create(url, ROWS);
        Entrant entrant = Worker.of("jdbc", setting(endpoint, schema, load, format, url))) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      double least = Double.MAX_VALUE;
      while (least > budget && System.nanoTime() - end < 0) {
        least = Math.min(least, entrant.operations(OPERATIONS_A_LOOK).bytes());
      }
      assertThat(least).as("bytes of one operation").isLessThanOrEqualTo(budget);
    }
  }

  private static Setting setting(
      Endpoint endpoint, BenchSchema schema, Load load, Format format, String url) {
    return new Setting(
        load,
        format,
        Carrier.TCP,
        endpoint.host(),
        endpoint.port(),
        "",
        schema.name(),
        ROWS,
        /* fixedKey= */ false,
        "io.bonito.jdbc.Driver",
        url,
        /* streamingFetchSize= */ 0,
        List.of());
  }
}
