package io.bonito.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code ./bonito bench --json} has kept.
 *
 * @param facts machine, JDK and so on
 * @param cells by what was done, each with its contenders by their words
 */
record Kept(Map<String, String> facts, Map<String, Map<String, Figures>> cells) {
  private static final String CELLS = "cells";
  private static final String REPLAYED = "replayed from memory";

  /**
   * One contender's medians.
   *
   * @param cpuToReference low, median and high of its CPU time to that of the file's reference
   */
  record Figures(double nanos, double cpuNanos, double bytes, List<Double> cpuToReference) {
    /** Whether the two can be told apart: their intervals of 95 % do not touch. */
    boolean liesApart(Figures other) {
      return cpuToReference.get(0) > other.cpuToReference.get(2)
          || other.cpuToReference.get(0) > cpuToReference.get(2);
    }
  }

  static Kept read(Path file) throws IOException {
    try {
      return of(JsonReader.read(Files.readString(file)));
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + " was not written by ./bonito bench --json: " + e.getMessage(), e);
    }
  }

  private static Kept of(Object json) {
    Map<String, String> facts = new LinkedHashMap<>();
    Map<String, Map<String, Figures>> cells = new LinkedHashMap<>();
    Map<?, ?> all = (Map<?, ?>) json;
    all.forEach(
        (name, value) -> {
          if (value instanceof String fact) {
            facts.put((String) name, fact);
          }
        });
    for (Object each : (List<?>) member(all, CELLS)) {
      Map<?, ?> cell = (Map<?, ?>) each;
      Map<String, Figures> entries = new LinkedHashMap<>();
      for (Object one : (List<?>) member(cell, "entries")) {
        Map<?, ?> entry = (Map<?, ?>) one;
        entries.put((String) member(entry, "contender"), figures(entry));
      }
      cells.put(name(cell), entries);
    }
    return new Kept(facts, cells);
  }

  private static Object member(Map<?, ?> of, String name) {
    Object value = of.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return value;
  }

  private static Figures figures(Map<?, ?> entry) {
    return new Figures(
        (Double) member(entry, "nanos"),
        (Double) member(entry, "cpuNanos"),
        (Double) member(entry, "bytes"),
        ((List<?>) member(entry, "cpuNanosRatio")).stream().map(Double.class::cast).toList());
  }

  /** What was done; of the server only whose it is, since versions differ from place to place. */
  private static String name(Map<?, ?> cell) {
    String server = (String) member(cell, "server");
    StringBuilder name = new StringBuilder();
    name.append(server.toLowerCase(Locale.ROOT).contains("mariadb") ? "MariaDB" : "MySQL");
    for (String part : List.of("load", "format", "carrier")) {
      name.append(", ").append(member(cell, part));
    }
    // Files that were kept before there were delays do not tell of any.
    if (cell.get("delayMillis") instanceof Double delay && delay > 0) {
      name.append(", ").append(delay).append(" ms of delay");
    }
    return name.append(server.endsWith(REPLAYED) ? ", " + REPLAYED : "").toString();
  }
}
