package io.bonito.benchmarks.reactive;

import io.bonito.benchmarks.BenchMain;
import io.bonito.benchmarks.BenchServers;
import io.bonito.benchmarks.Profile;
import io.bonito.benchmarks.Rounds;
import io.bonito.benchmarks.Where;
import io.bonito.benchmarks.Words;
import io.bonito.benchmarks.reactive.contest.Crew;
import io.bonito.benchmarks.reactive.contest.Task;
import io.bonito.benchmarks.reactive.contest.Work;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bonito's event loops beside other drivers' and beside threads, in turn: round by round every
 * rival has a window, so that what else the machine does falls on all of them.
 */
public final class ReactiveBench {
  private static final long WINDOW_NANOS = 200_000_000;
  private static final int WARM_UP_CONNECTIONS = 4;
  private static final int MOST_CONNECTIONS = 2000;

  private final Path home;
  private List<ServerKind> servers = List.of(ServerKind.MYSQL_8_0_33, ServerKind.MARIADB_11_4);
  private List<Work> works = List.of(Work.values());
  private List<Integer> connections = List.of(1, 16, 64);
  private List<Rival> rivals = Rival.ALL;
  private double seconds = 1;
  private int rows = 1_000_000;
  private Optional<Path> json = Optional.empty();
  private Optional<Path> svg = Optional.empty();
  private final Profile profile = new Profile();
  private double warmUpSeconds = 2;
  private final List<RivalLoader> loaders = new ArrayList<>();
  private final Meter meter = new Meter();
  private final List<Field> fields = new ArrayList<>();

  private ReactiveBench(Path home, Words words) {
    this.home = home;
    while (words.next()) {
      switch (words.option()) {
        case "--servers" -> servers = words.chosen(List.of(ServerKind.values()), ServerKind::id);
        case "--works" -> works = words.chosen(List.of(Work.values()), Work::word);
        case "--connections" -> connections = words.counts(1, MOST_CONNECTIONS);
        case "--drivers" -> rivals = words.chosen(Rival.ALL, Rival::word);
        case "--seconds" -> seconds = words.number(0.1, 3600);
        case "--rows" -> rows = words.count(1000, 8_000_000);
        case "--json" -> json = words.file();
        case "--svg" -> svg = words.file();
        case "--profile" -> profile.file(words);
        case "--event" -> profile.event(words);
        case "--warm-up" -> warmUpSeconds = words.number(0, 3600);
        default -> throw words.unknown();
      }
    }
  }

  /**
   * @param words first the folder {@code target} of the benchmarks, then the user's
   */
  public static void main(String[] words) {
    BenchMain.run(words, usage(), (home, own) -> new ReactiveBench(home, own).run());
  }

  private static String usage() {
    return """
        usage: ./bonito bench reactive [--servers ID,...] [--works point,rows,twenty,stream,insert]
                                       [--connections N,...] [--drivers WORD,...] [--seconds N]
                                       [--rows N] [--warm-up N] [--json FILE] [--svg FILE]
                                       [--profile FILE [--event itimer|alloc]]
          --drivers  of %s
          --seconds  how long each driver is measured in each table (1), besides half as long before
          --warm-up  how many seconds each driver does each kind of work before all (2)
          --rows     in the table that is read, and streamed on one connection (1000000)
        """
        .formatted(String.join(", ", Rival.ALL.stream().map(Rival::word).toList()));
  }

  private void run() throws Exception {
    for (Rival rival : rivals) {
      loaders.add(RivalLoader.of(rival, home));
    }
    BenchServers.each(servers, rows, this::measure);
    profile.stop();
    if (svg.isPresent()) {
      Files.writeString(svg.get(), Report.svg(fields));
    }
    if (json.isPresent()) {
      Files.writeString(json.get(), Report.json(Where.facts(home), fields));
    }
  }

  private void measure(Server server, String version, String schema) throws Exception {
    warmUp(server, schema);
    profile.start();
    for (Work work : works) {
      for (int count : work == Work.STREAM ? List.of(1) : connections) {
        Field field = measure(server, version, schema, work, count);
        fields.add(field);
        System.out.print(Report.table(field));
      }
    }
  }

  /** All that they do is to be compiled before anything is measured. */
  private void warmUp(Server server, String schema) throws Exception {
    int count = Math.min(WARM_UP_CONNECTIONS, connections.get(connections.size() - 1));
    for (RivalLoader loader : loaders) {
      for (Work work : works) {
        if (loader.rival().takesPartIn(work)) {
          Crew crew = open(loader, server, schema, work, work == Work.STREAM ? 1 : count);
          crew.work((long) (warmUpSeconds * 1e9));
          crew.close();
        }
      }
    }
  }

  private Crew open(RivalLoader loader, Server server, String schema, Work work, int count)
      throws Exception {
    Rival rival = loader.rival();
    return loader.open(
        new Task(
            work,
            rival.driver(),
            rival.depth(),
            server.host(),
            server.port(),
            schema,
            rows,
            count));
  }

  private Field measure(Server server, String name, String schema, Work work, int count)
      throws Exception {
    List<Field.Entry> entries = new ArrayList<>();
    List<Crew> crews = new ArrayList<>();
    try {
      for (RivalLoader loader : loaders) {
        Rival rival = loader.rival();
        if (rival.takesPartIn(work)) {
          crews.add(open(loader, server, schema, work, count));
          entries.add(new Field.Entry(rival, new ArrayList<>()));
        }
      }
      turns(entries, crews, work != Work.STREAM);
    } finally {
      for (Crew crew : crews) {
        crew.close();
      }
    }
    return new Field(name, work, count, entries);
  }

  /**
   * @param warmUp whether some rounds do not count; not where each operation is a long one
   */
  private void turns(List<Field.Entry> entries, List<Crew> crews, boolean warmUp) throws Exception {
    Rounds rounds = Rounds.of(seconds, WINDOW_NANOS);
    (warmUp ? rounds : rounds.withoutWarmUp())
        .run(
            crews.size(),
            (who, counts) -> {
              Meter.Reading reading = read(entries.get(who).rival(), crews.get(who));
              if (counts) {
                entries.get(who).windows().add(reading);
              }
            });
  }

  private Meter.Reading read(Rival rival, Crew crew) {
    try {
      return meter.read(crew, WINDOW_NANOS);
    } catch (Exception e) {
      throw new IllegalStateException(rival.title() + " has failed", e);
    }
  }
}
