package io.bonito.benchmarks.growth;

import io.bonito.benchmarks.BenchMain;
import io.bonito.benchmarks.BenchServers;
import io.bonito.benchmarks.Contender;
import io.bonito.benchmarks.Where;
import io.bonito.benchmarks.Words;
import io.bonito.testkit.server.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a row, a column and a connection cost the same however many there are. */
public final class GrowthBench {
  private static final int MOST_ROWS = 10_000_000;
  private static final int MOST_COLUMNS = 1000;
  private static final int MOST_CONNECTIONS = 1000;

  private static final List<Contender> DRIVERS =
      Contender.ALL.stream().filter(contender -> !contender.isBare()).toList();

  private final Path home;
  private List<ServerKind> servers = List.of(ServerKind.MYSQL_8_0_33, ServerKind.MARIADB_11_4);
  private List<Matter> matters = List.of(Matter.values());
  private List<Contender> drivers =
      DRIVERS.stream()
          .filter(d -> List.of("bonito", "mariadb", "mysql").contains(d.word()))
          .toList();
  private int rows = MOST_ROWS;
  private int columns = MOST_COLUMNS;
  private int connections = MOST_CONNECTIONS;
  private int rounds = 3;
  private Optional<Path> json = Optional.empty();
  private Optional<Path> svg = Optional.empty();

  private GrowthBench(Path home, Words words) {
    this.home = home;
    while (words.next()) {
      switch (words.option()) {
        case "--servers" -> servers = words.chosen(List.of(ServerKind.values()), ServerKind::id);
        case "--of" -> matters = words.chosen(List.of(Matter.values()), Matter::word);
        case "--drivers" -> drivers = words.chosen(DRIVERS, Contender::word);
        case "--rows" -> rows = words.count(10, MOST_ROWS);
        case "--columns" -> columns = words.count(1, MOST_COLUMNS);
        case "--connections" -> connections = words.count(1, MOST_CONNECTIONS);
        case "--rounds" -> rounds = words.count(1, 1000);
        case "--json" -> json = words.file();
        case "--svg" -> svg = words.file();
        default -> throw words.unknown();
      }
    }
  }

  /**
   * @param words first the folder {@code target} of the benchmarks, then the user's
   */
  public static void main(String[] words) {
    BenchMain.run(words, usage(), (home, own) -> new GrowthBench(home, own).run());
  }

  static String usage() {
    return """
        usage: ./bonito bench growth [option …]
          --servers ID,…      servers to bring up (mysql-8.0.33,mariadb-11.4)
          --of rows,columns,connections
          --drivers WORD,…    of %s (bonito,mariadb,mysql)
          --rows N            streamed at most, besides a tenth, a fifth and a half of them (10000000)
          --columns N         read at most, besides 1, 10 and 100 (1000)
          --connections N     idle at most, besides 1, 10 and 100 (1000)
          --rounds N          in which each driver has its turn (3)
          --json FILE, --svg FILE   keep figures and plot
        """
        .formatted(String.join(", ", DRIVERS.stream().map(Contender::word).toList()));
  }

  private void run() throws Exception {
    List<Reading> readings = new ArrayList<>();
    BenchServers.each(
        servers,
        /* rows= */ 1,
        (server, version, schema) -> {
          try (Growth growth = new Growth(home, server, version, schema, drivers, rounds)) {
            for (Matter matter : matters) {
              List<Reading> found = measure(growth, matter);
              System.out.print(GrowthReport.table(found));
              readings.addAll(found);
            }
          }
        });
    if (json.isPresent()) {
      Files.writeString(json.get(), GrowthReport.json(Where.facts(home), readings));
    }
    if (svg.isPresent()) {
      Files.writeString(svg.get(), GrowthReport.svg(readings));
    }
  }

  private List<Reading> measure(Growth growth, Matter matter) throws Exception {
    return switch (matter) {
      case ROWS -> growth.rows(List.of(rows / 10, rows / 5, rows / 2, rows));
      case COLUMNS -> growth.columns(upTo(columns));
      case CONNECTIONS -> growth.connections(upTo(connections));
    };
  }

  /** 1, 10 and 100 where they are fewer, and the number itself. */
  static List<Integer> upTo(int most) {
    List<Integer> sizes = new ArrayList<>();
    for (int size = 1; size < most; size *= 10) {
      sizes.add(size);
    }
    sizes.add(most);
    return sizes;
  }
}
