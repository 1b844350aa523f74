package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerStartException;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bonito beside other drivers, beside a bare socket and beside a decoder written by hand. */
public final class Bench {
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
    if (Arrays.asList(words).contains("--help")) {
      System.out.print(Arguments.usage());
      return;
    }
    try {
      Bench bench =
          new Bench(Arguments.parse(Arrays.copyOfRange(words, 1, words.length)), Path.of(words[0]));
      bench.run();
    } catch (IllegalArgumentException | IOException | ServerStartException e) {
      fail(e.getMessage());
    } catch (SQLException e) {
      fail(e.getMessage() + " (SQLState " + e.getSQLState() + ")");
    } catch (Exception e) {
      e.printStackTrace();
      fail("The benchmarks have failed.");
    }
  }

  private static void fail(@Nullable String sentence) {
    System.err.println(sentence);
    System.exit(1);
  }

  private void run() throws Exception {
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
    for (Carrier carrier : arguments.carriers()) {
      List<Contender> present =
          arguments.contenders().stream().filter(c -> endpoint.offers(c, carrier)).toList();
      Contest contest = new Contest(home, server, present, arguments.seconds());
      for (Load load : arguments.loads()) {
        for (Format format : load.hasFormats() ? arguments.formats() : List.of(Format.TEXT)) {
          Cell cell =
              contest.run(
                  load,
                  format,
                  carrier,
                  contender ->
                      setting(endpoint, schema, load, format, carrier, contender, statements));
          cells.add(cell);
          TableReport.print(cell, System.out);
        }
      }
    }
  }

  private Setting setting(
      Endpoint endpoint,
      String schema,
      Load load,
      Format format,
      Carrier carrier,
      Contender contender,
      List<String> statements) {
    return new Setting(
        load,
        format,
        carrier,
        endpoint.host(),
        endpoint.port(),
        endpoint.socketPath(),
        schema,
        arguments.rows(),
        arguments.replay(),
        contender.driver(),
        endpoint.url(contender, format, carrier),
        contender.streamingFetchSize(),
        statements);
  }
}
