package io.bonito.benchmarks.threads;

import com.sun.management.OperatingSystemMXBean;
import io.bonito.benchmarks.ApartLoader;
import io.bonito.benchmarks.BenchSchema;
import io.bonito.benchmarks.threads.contest.Place;
import io.bonito.benchmarks.threads.contest.Throng;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.Servers;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Thousands of virtual threads over a pool of a few connections, each driver in its turn. */
public final class ThreadsBench {
  private static final int FIRST_VIRTUAL_JDK = 21;
  private static final long WINDOW_NANOS = 500_000_000;
  private static final int FEWEST_ROUNDS = 5;
  private static final int ROWS = 100_000;
  private static final int MOST_CONNECTIONS = 2000;
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
  private boolean virtual = Runtime.version().feature() >= FIRST_VIRTUAL_JDK;

  private ThreadsBench(Path home) {
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
    ThreadsBench bench = new ThreadsBench(Path.of(words[0]));
    try {
      bench.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(usage());
      System.exit(2);
    }
    bench.run();
  }

  private void parse(String[] words) {
    for (int i = 1; i < words.length; i++) {
      switch (words[i]) {
        case "--platform" -> virtual = false;
        case "--servers" -> servers = values(words, ++i).stream().map(ServerKind::of).toList();
        case "--drivers" -> {
          List<String> chosen = values(words, ++i);
          rivals = Rival.ALL.stream().filter(r -> chosen.contains(r.word())).toList();
        }
        case "--threads" -> threads = Integer.parseInt(values(words, ++i).get(0));
        case "--connections" -> connections = Integer.parseInt(values(words, ++i).get(0));
        case "--seconds" -> seconds = Double.parseDouble(values(words, ++i).get(0));
        default -> throw new IllegalArgumentException("There is no option " + words[i] + ".");
      }
    }
    if (virtual && Runtime.version().feature() < FIRST_VIRTUAL_JDK) {
      throw new IllegalArgumentException("Virtual threads want JDK 21 or newer.");
    }
    if (rivals.isEmpty() || threads < 1 || connections < 1) {
      throw new IllegalArgumentException("There is nothing to measure.");
    }
  }

  private static List<String> values(String[] words, int at) {
    if (at == words.length) {
      throw new IllegalArgumentException(words[at - 1] + " wants a value behind it.");
    }
    return Arrays.asList(words[at].split(","));
  }

  private static String usage() {
    return """
        usage: ./bonito bench threads [--servers ID,...] [--drivers WORD,...] [--threads N]
                                      [--connections N] [--seconds N] [--platform]
          --drivers      of %s
          --threads      that share the pool (10000)
          --connections  in the pool (32)
          --seconds      how long each driver is measured (5), besides half as long before
          --platform     platform threads; JDK 17 has no others
        """
        .formatted(String.join(", ", Rival.ALL.stream().map(Rival::word).toList()));
  }

  private void run() throws Exception {
    for (ServerKind kind : servers) {
      System.out.println("Starting " + kind.title() + " …");
      try (Server server = Servers.start(kind)) {
        try (AdminConnection admin = server.admin()) {
          admin.execute("SET GLOBAL max_connections = " + MOST_CONNECTIONS);
        }
        String url = "jdbc:bonito://" + server.host() + ":" + server.port() + "/?user=root";
        try (BenchSchema schema = BenchSchema.create(url, ROWS)) {
          String by = BenchSchema.version(url);
          System.out.print(measure(server, schema.name(), by).table());
        }
      }
    }
  }

  private Standing measure(Server server, String schema, String by) throws Exception {
    List<Standing.Entry> entries = new ArrayList<>();
    List<Throng> throngs = new ArrayList<>();
    try {
      for (Rival rival : rivals) {
        List<String> jars = new ArrayList<>(List.of("lib/{HikariCP,slf4j,bonito}-*.jar"));
        if (!rival.folder().isEmpty()) {
          jars.add("drivers/" + rival.folder() + "/*.jar");
        }
        ApartLoader classes = ApartLoader.of(home, SHARED, jars);
        Place place = place(rival, server.host() + ":" + server.port(), schema);
        throngs.add(classes.make(Throng.class, THRONG, place));
        entries.add(new Standing.Entry(rival));
      }
      turns(entries, throngs);
    } finally {
      throngs.forEach(Throng::close);
    }
    String title =
        "%,d %s threads, %d connections, point read by key; %s"
            .formatted(threads, virtual ? "virtual" : "platform", connections, by);
    return new Standing(title, entries);
  }

  private Place place(Rival rival, String address, String schema) {
    return new Place(
        rival.pool(),
        rival.driver(),
        rival.url(address, schema),
        schema + ".things",
        ROWS,
        connections,
        threads,
        virtual);
  }

  private void turns(List<Standing.Entry> entries, List<Throng> throngs) throws Exception {
    int count = throngs.size();
    int warmUps = (int) Math.ceil(seconds * 1e9 / 2 / WINDOW_NANOS);
    int rounds = Math.max(FEWEST_ROUNDS, (int) Math.ceil(seconds * 1e9 / WINDOW_NANOS));
    for (int round = -warmUps; round < rounds; round++) {
      for (int turn = 0; turn < count; turn++) {
        int i = Math.floorMod(turn + round, count);
        window(entries.get(i), throngs.get(i), /* counts= */ round >= 0);
      }
    }
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
