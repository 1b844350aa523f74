package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.testkit.server.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was written behind {@code ./bonito bench}.
 *
 * @param servers to bring up, where there is no URL
 * @param delayMillis that a round trip to the server takes longer than it does
 * @param replay whether servers only record, and recordings answer
 * @param rows in the table that is read, 10,000 and more
 * @param seconds for each contender and cell
 * @param sql a file with the user's own statements
 * @param profile of the whole run
 */
record Arguments(
    List<ServerKind> servers,
    Optional<String> url,
    List<Load> loads,
    List<Format> formats,
    List<Carrier> carriers,
    double delayMillis,
    List<Contender> contenders,
    boolean replay,
    int rows,
    double seconds,
    Optional<Path> sql,
    Optional<Path> json,
    Optional<Path> svg,
    Profile profile) {
  private static final int MOST_DELAY_MILLIS = 10_000;

  static final String USAGE =
      """
      usage: ./bonito bench [option …]
        --servers mariadb-11.4,mysql-8.0.33   servers to bring up (the first of these by itself)
        --url URL             the user's own server, in a schema that is dropped afterwards
        --loads point,rows,…  %s
        --formats text,binary
        --over tcp,unix,tls   (tcp by itself)
        --delay MS            a server farther away: a round trip takes so many milliseconds longer (0)
        --contenders floor,…  %s
        --replay              recorded bytes answer from memory: the driver alone is measured,
                              beside copying the bytes within memory
        --rows N              in the table that is streamed (1000000)
        --seconds N           for each contender and load (3)
        --sql FILE            the user's own statements instead, separated by ; at an end of line
        --json FILE, --svg FILE   keep figures and plot
        --profile FILE [--event itimer|alloc]   keep a flame graph of time or of bytes allocated
      usage: ./bonito bench growth|micro|compare|pool|reactive|threads … (--help each)
      """;

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Arguments parse(Words words) {
    List<ServerKind> servers = List.of(ServerKind.MARIADB_11_4);
    Optional<String> url = Optional.empty();
    List<Load> loads = new ArrayList<>(List.of(Load.values()));
    loads.remove(Load.OWN);
    List<Format> formats = List.of(Format.values());
    List<Carrier> carriers = List.of(Carrier.TCP);
    List<Contender> contenders = Contender.ALL;
    double delayMillis = 0;
    boolean replay = false;
    int rows = 1_000_000;
    double seconds = 3;
    Optional<Path> sql = Optional.empty();
    Optional<Path> json = Optional.empty();
    Optional<Path> svg = Optional.empty();
    Profile profile = new Profile();
    while (words.next()) {
      switch (words.option()) {
        case "--servers" -> servers = words.chosen(List.of(ServerKind.values()), ServerKind::id);
        case "--url" -> url = Optional.of(words.value());
        case "--loads" -> loads = words.chosen(loads, Load::word);
        case "--formats" -> formats = words.chosen(formats, Arguments::word);
        case "--over" -> carriers = words.chosen(List.of(Carrier.values()), Arguments::word);
        case "--delay" -> delayMillis = words.number(0, MOST_DELAY_MILLIS);
        case "--contenders" -> contenders = words.chosen(contenders, Contender::word);
        case "--replay" -> replay = true;
        case "--rows" -> rows = words.count(10_000, 8_000_000);
        case "--seconds" -> seconds = words.number(0.1, 3600);
        case "--sql" -> sql = words.file();
        case "--json" -> json = words.file();
        case "--svg" -> svg = words.file();
        case "--profile" -> profile.file(words);
        case "--event" -> profile.event(words);
        default -> throw words.unknown();
      }
    }
    if (delayMillis > 0 && (replay || carriers.contains(Carrier.UNIX))) {
      throw new IllegalArgumentException(
          "--delay goes with tcp and tls, and not with --replay: there is no way to be long.");
    }
    if (!replay && contenders.stream().allMatch(Contender::isCopy)) {
      throw new IllegalArgumentException("copy stands beside decoding: it goes with --replay.");
    }
    if (sql.isPresent()) {
      loads = List.of(Load.OWN);
    }
    return new Arguments(
        servers,
        url,
        loads,
        formats,
        carriers,
        delayMillis,
        contenders,
        replay,
        rows,
        seconds,
        sql,
        json,
        svg,
        profile);
  }

  static String usage() {
    List<Load> loads = Arrays.stream(Load.values()).filter(load -> load != Load.OWN).toList();
    return String.format(
        USAGE,
        String.join(" ", loads.stream().map(Load::word).toList()),
        String.join(" ", Contender.ALL.stream().map(Contender::word).toList()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
