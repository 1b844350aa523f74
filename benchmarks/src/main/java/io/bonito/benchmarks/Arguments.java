package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.testkit.server.ServerKind;
import java.math.BigDecimal;
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
 * @param replay whether servers only record, and recordings answer
 * @param rows in the table that is read, 10,000 and more
 * @param seconds for each contender and cell
 * @param sql a file with the user's own statements
 * @param profile a file for async-profiler's output
 */
record Arguments(
    List<ServerKind> servers,
    Optional<String> url,
    List<Load> loads,
    List<Format> formats,
    List<Carrier> carriers,
    List<Contender> contenders,
    boolean replay,
    int rows,
    double seconds,
    Optional<Path> sql,
    Optional<Path> json,
    Optional<Path> svg,
    Optional<Path> profile) {
  static final String USAGE =
      """
      usage: ./bonito bench [option …]
        --servers mariadb-11.4,mysql-8.0.33   servers to bring up (the first of these by itself)
        --url URL             the user's own server, in a schema that is dropped afterwards
        --loads point,rows,…  %s
        --formats text,binary
        --over tcp,unix,tls   (tcp by itself)
        --contenders floor,…  %s
        --replay              recorded bytes answer from memory: the driver alone is measured
        --rows N              in the table that is streamed (1000000)
        --seconds N           for each contender and load (3)
        --sql FILE            the user's own statements instead, separated by ; at an end of line
        --json FILE, --svg FILE, --profile FILE   keep figures, plot, flame graph (of Bonito)
      """;

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Arguments parse(String[] words) {
    List<ServerKind> servers = List.of(ServerKind.MARIADB_11_4);
    Optional<String> url = Optional.empty();
    List<Load> loads = new ArrayList<>(List.of(Load.values()));
    loads.remove(Load.OWN);
    List<Format> formats = List.of(Format.values());
    List<Carrier> carriers = List.of(Carrier.TCP);
    List<Contender> contenders = Contender.ALL;
    boolean replay = false;
    int rows = 1_000_000;
    double seconds = 3;
    Optional<Path> sql = Optional.empty();
    Optional<Path> json = Optional.empty();
    Optional<Path> svg = Optional.empty();
    Optional<Path> profile = Optional.empty();
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--servers" ->
            servers = chosen(words, ++i, List.of(ServerKind.values()), ServerKind::id);
        case "--url" -> url = Optional.of(value(words, ++i));
        case "--loads" -> loads = chosen(words, ++i, loads, Load::word);
        case "--formats" -> formats = chosen(words, ++i, formats, Arguments::word);
        case "--over" -> carriers = chosen(words, ++i, List.of(Carrier.values()), Arguments::word);
        case "--contenders" -> contenders = chosen(words, ++i, contenders, Contender::word);
        case "--replay" -> replay = true;
        case "--rows" -> rows = (int) number(words, ++i, 10_000, 8_000_000);
        case "--seconds" -> seconds = number(words, ++i, 0.1, 3600);
        case "--sql" -> sql = Optional.of(Path.of(value(words, ++i)));
        case "--json" -> json = Optional.of(Path.of(value(words, ++i)));
        case "--svg" -> svg = Optional.of(Path.of(value(words, ++i)));
        case "--profile" -> profile = Optional.of(Path.of(value(words, ++i)));
        default ->
            throw new IllegalArgumentException("Unknown argument " + words[i] + "\n" + usage());
      }
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

  private interface Word<T> {
    String of(T value);
  }

  private static <T> List<T> chosen(String[] words, int at, List<T> all, Word<T> name) {
    List<T> chosen = new ArrayList<>();
    for (String word : value(words, at).split(",")) {
      chosen.add(
          all.stream()
              .filter(one -> name.of(one).equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          words[at - 1]
                              + " knows no "
                              + word
                              + "; there are "
                              + String.join(", ", all.stream().map(name::of).toList()))));
    }
    return chosen;
  }

  private static String value(String[] words, int at) {
    if (at == words.length) {
      throw new IllegalArgumentException(words[at - 1] + " wants a value behind it.");
    }
    return words[at];
  }

  private static double number(String[] words, int at, double least, double most) {
    String text = value(words, at);
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with the numbers that are too small or too large.
    }
    throw new IllegalArgumentException(
        words[at - 1]
            + " wants a number from "
            + plain(least)
            + " to "
            + plain(most)
            + ", not "
            + text
            + ".");
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
