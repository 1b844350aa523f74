package io.bonito.benchmarks.reactive;

import io.bonito.benchmarks.BenchSchema;
import io.bonito.benchmarks.Where;
import io.bonito.benchmarks.reactive.contest.Crew;
import io.bonito.benchmarks.reactive.contest.Task;
import io.bonito.benchmarks.reactive.contest.Work;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import one.profiler.AsyncProfiler;

/**
 * Bonito's event loops beside other drivers' and beside threads, in turn: round by round every
 * rival has a window, so that what else the machine does falls on all of them.
 */
public final class ReactiveBench {
  private static final long WINDOW_NANOS = 200_000_000;
  private static final int FEWEST_ROUNDS = 5;
  private static final int WARM_UP_CONNECTIONS = 4;
  private static final int MOST_CONNECTIONS = 2000;

  private final Path home;
  private List<ServerKind> servers = List.of(ServerKind.MYSQL_8_0_33, ServerKind.MARIADB_11_4);
  private List<Work> works = List.of(Work.values());
  private List<Integer> connections = List.of(1, 16, 64);
  private List<Rival> rivals = Rival.ALL;
  private double seconds = 1;
  private int rows = 1_000_000;
  private String json = "";
  private String svg = "";
  private String profile = "";
  private String event = "itimer";
  private double warmUpSeconds = 2;
  private final List<RivalLoader> loaders = new ArrayList<>();
  private final Meter meter = new Meter();
  private final List<Field> fields = new ArrayList<>();

  private ReactiveBench(Path home) {
    this.home = home;
  }

  /**
   * @param words first the folder {@code target} of the benchmarks, then the user's
   */
  public static void main(String[] words) throws Exception {
    if (Arrays.asList(words).contains("--help")) {
      System.out.print(usage());
      return;
    }
    ReactiveBench bench = new ReactiveBench(Path.of(words[0]));
    try {
      bench.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(usage());
      System.exit(2);
    }
    bench.run();
    System.exit(0); // some of the drivers have threads that do not end
  }

  private void parse(String[] words) {
    for (int i = 1; i < words.length; i += 2) {
      if (i + 1 == words.length) {
        throw new IllegalArgumentException(words[i] + " wants a value behind it.");
      }
      String value = words[i + 1];
      List<String> values = Arrays.asList(value.split(","));
      switch (words[i]) {
        case "--servers" -> servers = values.stream().map(ServerKind::of).toList();
        case "--works" ->
            works = values.stream().map(w -> Work.valueOf(w.toUpperCase(Locale.ROOT))).toList();
        case "--connections" -> connections = values.stream().map(Integer::valueOf).toList();
        case "--drivers" ->
            rivals = Rival.ALL.stream().filter(r -> values.contains(r.word())).toList();
        case "--seconds" -> seconds = Double.parseDouble(value);
        case "--rows" -> rows = Integer.parseInt(value);
        case "--json" -> json = value;
        case "--svg" -> svg = value;
        case "--profile" -> profile = value;
        case "--event" -> event = value;
        case "--warm-up" -> warmUpSeconds = Double.parseDouble(value);
        default -> throw new IllegalArgumentException("There is no option " + words[i] + ".");
      }
    }
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
    for (ServerKind kind : servers) {
      System.out.println("Starting " + kind.title() + " …");
      try (Server server = Servers.start(kind)) {
        measure(server);
      }
    }
    if (!profile.isEmpty()) {
      AsyncProfiler.getInstance().execute("stop,file=" + Path.of(profile).toAbsolutePath());
    }
    if (!svg.isEmpty()) {
      Files.writeString(Path.of(svg), Report.svg(fields));
    }
    if (!json.isEmpty()) {
      Files.writeString(Path.of(json), Report.json(Where.facts(home), fields));
    }
  }

  private void measure(Server server) throws Exception {
    String url = "jdbc:bonito://" + server.host() + ":" + server.port() + "/?user=root";
    try (AdminConnection admin = server.admin()) {
      admin.execute("SET GLOBAL max_connections = " + MOST_CONNECTIONS);
    }
    String name = BenchSchema.version(url);
    System.out.printf("Making %,d rows …%n", rows);
    try (BenchSchema schema = BenchSchema.create(url, rows)) {
      warmUp(server, schema.name());
      startProfile();
      for (Work work : works) {
        for (int count : work == Work.STREAM ? List.of(1) : connections) {
          Field field = measure(server, name, schema.name(), work, count);
          fields.add(field);
          System.out.print(Report.table(field));
        }
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

  private void startProfile() throws IOException {
    if (!profile.isEmpty() && fields.isEmpty()) {
      String interval = event.equals("alloc") ? "16k" : "200us";
      AsyncProfiler.getInstance().execute("start,event=" + event + ",interval=" + interval);
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
    int warmUps = warmUp ? (int) Math.ceil(seconds * 1e9 / 2 / WINDOW_NANOS) : 0;
    int rounds = Math.max(FEWEST_ROUNDS, (int) Math.ceil(seconds * 1e9 / WINDOW_NANOS));
    for (int round = -warmUps; round < rounds; round++) {
      Meter.Reading[] readings = new Meter.Reading[crews.size()];
      for (int turn = 0; turn < readings.length; turn++) {
        int i = Math.floorMod(turn + round, readings.length);
        try {
          readings[i] = meter.read(crews.get(i), WINDOW_NANOS);
        } catch (Exception e) {
          throw new IllegalStateException(entries.get(i).rival().title() + " has failed", e);
        }
      }
      for (int i = 0; round >= 0 && i < readings.length; i++) {
        entries.get(i).windows().add(readings[i]);
      }
    }
  }
}
