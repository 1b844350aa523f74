package io.bonito.benchmarks.threads;

import com.sun.management.OperatingSystemMXBean;
import io.bonito.benchmarks.ApartLoader;
import io.bonito.benchmarks.BenchMain;
import io.bonito.benchmarks.BenchServers;
import io.bonito.benchmarks.Rounds;
import io.bonito.benchmarks.Words;
import io.bonito.benchmarks.replay.Recorder;
import io.bonito.benchmarks.replay.ReplayServer;
import io.bonito.benchmarks.threads.contest.Place;
import io.bonito.benchmarks.threads.contest.Throng;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Thousands of virtual threads over a pool of a few connections, each driver in its turn. */
public final class ThreadsBench {
  private static final int FIRST_VIRTUAL_JDK = 21;
  private static final long WINDOW_NANOS = 500_000_000;
  private static final int ROWS = 100_000;
  private static final String LOOPBACK = "127.0.0.1";
  private static final String SHARED = "io.bonito.benchmarks.threads.contest.";
  private static final String THRONG = "io.bonito.benchmarks.threads.entrant.PooledThrong";

  private final Path home;
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private List<ServerKind> servers = List.of(ServerKind.MYSQL_8_0_33);
  private List<Rival> rivals = Rival.ALL;
  private int threads = 10_000;
  private int connections = 32;
  private double seconds = 5;
  private boolean replay;
  private boolean virtual = Runtime.version().feature() >= FIRST_VIRTUAL_JDK;

  private ThreadsBench(Path home, Words words) {
    this.home = home;
    while (words.next()) {
      switch (words.option()) {
        case "--platform" -> virtual = false;
        case "--replay" -> replay = true;
        case "--servers" -> servers = words.chosen(List.of(ServerKind.values()), ServerKind::id);
        case "--drivers" -> rivals = words.chosen(Rival.ALL, Rival::word);
        case "--threads" -> threads = words.count(1, 1_000_000);
        case "--connections" -> connections = words.count(1, 1000);
        case "--seconds" -> seconds = words.number(0.1, 3600);
        default -> throw words.unknown();
      }
    }
    if (virtual && Runtime.version().feature() < FIRST_VIRTUAL_JDK) {
      throw new IllegalArgumentException("Virtual threads want JDK 21 or newer.");
    }
  }

  /**
   * @param words first the folder {@code target} of the benchmarks, then the user's
   */
  public static void main(String[] words) {
    BenchMain.run(words, usage(), (home, own) -> new ThreadsBench(home, own).run());
  }

  private static String usage() {
    return """
        usage: ./bonito bench threads [--servers ID,...] [--drivers WORD,...] [--threads N]
                                      [--connections N] [--seconds N] [--platform] [--replay]
          --drivers      of %s
          --threads      that share the pool (10000)
          --connections  in the pool (32)
          --seconds      how long each driver is measured (5), besides half as long before
          --platform     platform threads; JDK 17 has no others
          --replay       recorded bytes answer from memory, so that no server takes its share of the
                         machine; not for statements that share connections
        """
        .formatted(String.join(", ", Rival.ALL.stream().map(Rival::word).toList()));
  }

  private void run() throws Exception {
    BenchServers.each(
        servers,
        ROWS,
        (server, version, schema) -> System.out.print(measure(server, schema, version).table()));
  }

  private Standing measure(Server server, String schema, String by) throws Exception {
    List<Standing.Entry> entries = new ArrayList<>();
    List<Throng> throngs = new ArrayList<>();
    List<ReplayServer> replays = new ArrayList<>();
    try {
      for (Rival rival : rivals) {
        if (!replay) {
          throngs.add(open(rival, place(rival, server.host(), server.port(), schema)));
        } else if (rival.waitsForAnswers()) {
          ReplayServer recorded = record(rival, server, schema);
          replays.add(recorded);
          throngs.add(open(rival, place(rival, LOOPBACK, recorded.port(), schema).ofOneRow()));
        } else {
          continue;
        }
        entries.add(new Standing.Entry(rival));
      }
      turns(entries, throngs);
    } finally {
      throngs.forEach(Throng::close);
      for (ReplayServer each : replays) {
        each.close();
      }
    }
    String title =
        "%,d %s threads, %d connections, point read by key; %s%s"
            .formatted(
                threads,
                virtual ? "virtual" : "platform",
                connections,
                by,
                replay ? ", replayed from memory" : "");
    return new Standing(title, entries);
  }

  private Throng open(Rival rival, Place place) throws Exception {
    List<String> jars = new ArrayList<>(List.of("lib/{HikariCP,slf4j,bonito}-*.jar"));
    if (!rival.folder().isEmpty()) {
      jars.add("drivers/" + rival.folder() + "/*.jar");
    }
    return ApartLoader.of(home, SHARED, jars).make(Throng.class, THRONG, place);
  }

  private Place place(Rival rival, String host, int port, String schema) {
    return new Place(
        rival.pool(),
        rival.driver(),
        rival.url(host + ":" + port, schema),
        schema + ".things",
        ROWS,
        connections,
        threads,
        virtual);
  }

  /** Lets a throng work on the real server, and takes down what is said. */
  private ReplayServer record(Rival rival, Server server, String schema) throws Exception {
    try (Recorder recorder = new Recorder(server.host(), server.port());
        Throng throng = open(rival, place(rival, LOOPBACK, recorder.port(), schema).ofOneRow())) {
      throng.record();
      return recorder.replay();
    }
  }

  private void turns(List<Standing.Entry> entries, List<Throng> throngs) throws Exception {
    int count = throngs.size();
    Rounds.of(seconds, WINDOW_NANOS)
        .run(count, (who, counts) -> window(entries.get(who), throngs.get(who), counts));
    for (int i = 0; virtual && i < count; i++) {
      Throng throng = throngs.get(i);
      entries.get(i).pins = Pins.during(() -> throng.work(WINDOW_NANOS));
    }
  }

  private void window(Standing.Entry entry, Throng throng, boolean counts) throws Exception {
    long cpu = process.getProcessCpuTime();
    long began = System.nanoTime();
    double reads = throng.work(WINDOW_NANOS);
    double took = System.nanoTime() - began;
    if (counts) {
      entry.rates.add(reads * 1e9 / took);
      entry.cpuMicros.add((process.getProcessCpuTime() - cpu) / 1e3 / reads);
    }
  }
}
