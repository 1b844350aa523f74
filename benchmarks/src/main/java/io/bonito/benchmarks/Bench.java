package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Entrant;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import io.bonito.benchmarks.delay.DelayProxy;
import io.bonito.benchmarks.replay.Recorder;
import io.bonito.benchmarks.replay.ReplayServer;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Bonito beside other drivers, beside a bare socket and beside a decoder written by hand. */
public final class Bench {
  /** The first prepares, the second says no types any more, and the others are like it. */
  private static final int RECORDED_OPERATIONS = 4;

  private final Arguments arguments;
  private final Path home;
  private final List<Cell> cells = new ArrayList<>();

  private Bench(Arguments arguments, Path home) {
    this.arguments = arguments;
    this.home = home;
  }

  /**
   * @param words first the folder {@code target} of the benchmarks, then the user's
   */
  public static void main(String[] words) {
    BenchMain.run(
        words, Arguments.usage(), (home, own) -> new Bench(Arguments.parse(own), home).run());
  }

  private void run() throws Exception {
    arguments.profile().start();
    runAll();
    arguments.profile().stop();
  }

  private void runAll() throws Exception {
    if (arguments.url().isPresent()) {
      measure(Endpoint.of(arguments.url().get()));
    } else {
      for (ServerKind kind : arguments.servers()) {
        System.out.println("Starting " + kind.title() + " …");
        try (Server server = Servers.start(kind)) {
          String query = "user=" + server.user() + "&password=" + server.password();
          measure(
              new Endpoint(server.host(), server.port(), server.socketPath().toString(), query));
        }
      }
    }
    if (arguments.svg().isPresent()) {
      Files.writeString(arguments.svg().get(), SvgReport.of(cells));
    }
    if (arguments.json().isPresent()) {
      Files.writeString(arguments.json().get(), JsonReport.of(Where.facts(home), cells));
    }
  }

  private void measure(Endpoint endpoint) throws Exception {
    String url = endpoint.url(bonito(), Format.TEXT, Carrier.TCP);
    String server = BenchSchema.version(url);
    if (arguments.sql().isPresent()) {
      measure(endpoint, server, "", Statements.read(arguments.sql().get()));
      return;
    }
    System.out.printf("Making %,d rows …%n", arguments.rows());
    try (BenchSchema schema = BenchSchema.create(url, arguments.rows())) {
      measure(endpoint, server, schema.name(), List.of());
    }
  }

  private static Contender bonito() {
    return Contender.ALL.stream().filter(c -> c.word().equals("bonito")).findFirst().orElseThrow();
  }

  private void measure(Endpoint endpoint, String server, String schema, List<String> statements)
      throws Exception {
    if (arguments.delayMillis() == 0) {
      measureNear(endpoint, server, schema, statements);
      return;
    }
    long nanos = (long) (arguments.delayMillis() * 1e6);
    try (DelayProxy proxy = new DelayProxy(endpoint.host(), endpoint.port(), nanos)) {
      measureNear(endpoint.at(proxy.port()), server, schema, statements);
    }
  }

  /**
   * @param endpoint to which contenders go
   */
  private void measureNear(Endpoint endpoint, String server, String schema, List<String> statements)
      throws Exception {
    String by = arguments.replay() ? server + ", replayed from memory" : server;
    for (Carrier carrier : arguments.carriers()) {
      List<Contender> present =
          arguments.contenders().stream()
              .filter(c -> endpoint.offers(c, carrier))
              .filter(c -> arguments.replay() || !c.isCopy())
              .toList();
      Contest contest = new Contest(home, present, arguments.seconds());
      for (Load load : arguments.loads()) {
        if (arguments.replay() && !load.hasFloor()) {
          continue; // what it asks differs from one time to the next
        }
        for (Format format : load.hasFormats() ? arguments.formats() : List.of(Format.TEXT)) {
          Scene scene = new Scene(by, load, format, carrier, arguments.delayMillis());
          Contest.Settings live =
              (contender, at) -> setting(at, schema, scene, contender, statements);
          Cell cell = measure(contest, scene, live, endpoint);
          cells.add(cell);
          TableReport.print(cell, System.out);
        }
      }
    }
  }

  private Cell measure(Contest contest, Scene scene, Contest.Settings live, Endpoint endpoint)
      throws Exception {
    if (!arguments.replay()) {
      return contest.run(scene, contender -> live.of(contender, endpoint));
    }
    List<ReplayServer> replays = new ArrayList<>();
    try {
      Cell cell =
          contest.run(
              scene,
              contender -> {
                ReplayServer replay = record(contender, live, endpoint);
                replays.add(replay);
                return live.of(contender, endpoint.at(replay.port()));
              });
      long size = replays.stream().mapToLong(ReplayServer::operationSize).max().orElse(0);
      return cell.decoding(scene.load().rows(arguments.rows()), size);
    } finally {
      for (ReplayServer replay : replays) {
        replay.close();
      }
    }
  }

  /** Lets a contender work on the real server, and takes down what is said. */
  private ReplayServer record(Contender contender, Contest.Settings live, Endpoint endpoint)
      throws Exception {
    try (Recorder recorder = new Recorder(endpoint.host(), endpoint.port());
        Entrant entrant =
            ContenderLoader.open(
                contender, live.of(contender, endpoint.at(recorder.port())), home)) {
      entrant.operations(RECORDED_OPERATIONS - 1);
      recorder.beginOperation();
      entrant.operations(1);
      return recorder.replay();
    }
  }

  private Setting setting(
      Endpoint endpoint, String schema, Scene scene, Contender contender, List<String> statements) {
    return new Setting(
        scene.load(),
        scene.format(),
        scene.carrier(),
        endpoint.host(),
        endpoint.port(),
        endpoint.socketPath(),
        schema,
        arguments.rows(),
        arguments.replay(),
        contender.driver(),
        endpoint.url(contender, scene.format(), scene.carrier()),
        contender.streamingFetchSize(),
        statements);
  }
}
