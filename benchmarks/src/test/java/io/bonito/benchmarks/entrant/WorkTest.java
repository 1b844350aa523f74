package io.bonito.benchmarks.entrant;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.benchmarks.BenchSchema;
import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import io.bonito.testkit.server.Server;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class WorkTest {
  private static final int ROWS = 2000;
  private static final int TIMES = 3;

  private static Setting setting(Server server, String schema, Load load, Format format) {
    String url =
        "jdbc:bonito://%s:%d/?user=root&sslMode=disable&useServerPrepStmts=%s"
            .formatted(server.host(), server.port(), format == Format.BINARY);
    return new Setting(
        load,
        format,
        Carrier.TCP,
        server.host(),
        server.port(),
        "",
        schema,
        ROWS,
        /* fixedKey= */ true,
        "io.bonito.jdbc.Driver",
        url,
        1000,
        List.of("SELECT 1"));
  }

  /** What each adds up is of the values that it reads. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theBoundReadsWhatBonitoReads(Server server) throws Exception {
    try (BenchSchema schema = BenchSchema.create(rootUrl(server), ROWS)) {
      for (Load load : Load.values()) {
        for (Format format : load.hasFloor() ? Format.values() : new Format[0]) {
          Setting setting = setting(server, schema.name(), load, format);
          try (Work bound = Bound.of(setting);
              Work bonito = JdbcWork.of(setting)) {
            for (int i = 0; i < TIMES; i++) {
              // Where a row is asked for by its key, JDBC's work compares the key and adds no more.
              long keys =
                  switch (load) {
                    case POINT, TWENTY, PIPELINE -> (long) load.repetitions() * Setting.FIRST_KEY;
                    default -> 0;
                  };
              assertThat(bound.run() - keys).as("%s, %s", load, format).isEqualTo(bonito.run());
            }
          }
        }
      }
    }
  }

  /**
   * One that swallows too much waits for ever; one that swallows too little meets the rest later.
   */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void theFloorBeginsEachTimeWhereAReplyBegins(Server server) throws Exception {
    try (BenchSchema schema = BenchSchema.create(rootUrl(server), ROWS)) {
      for (Load load : List.of(Load.POINT, Load.SELECT1, Load.TWENTY)) {
        for (Format format : Format.values()) {
          try (Work floor = Floor.of(setting(server, schema.name(), load, format))) {
            for (int i = 0; i < TIMES; i++) {
              // Its first byte is the size of the packet with the column count.
              assertThat(floor.run()).as("%s, %s", load, format).isBetween(1L, 2L);
            }
          }
        }
      }
    }
  }

  private static String rootUrl(Server server) {
    return "jdbc:bonito://" + server.host() + ":" + server.port() + "/?user=root";
  }
}
