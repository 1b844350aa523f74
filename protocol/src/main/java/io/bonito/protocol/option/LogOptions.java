package io.bonito.protocol.option;

import static io.bonito.protocol.option.OptionGroup.LOGS;
import static io.bonito.protocol.option.OptionType.BOOLEAN;
import static io.bonito.protocol.option.OptionType.MILLISECONDS;
import static io.bonito.protocol.option.OptionType.number;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The options that say what is logged of statements; part of {@link Options#all}. */
public final class LogOptions {
  // First, because each declaration below adds itself.
  private static final List<Option<?>> ALL = new ArrayList<>();

  public static final Option<Boolean> LOG_SLOW_QUERIES =
      declare(
              "logSlowQueries",
              BOOLEAN,
              false,
              "Whether JDBC logs statements that take long, to the logger io.bonito.jdbc.slow: their"
                  + " text without any value, time, rows, connection.")
          .connectorJ();

  public static final Option<Duration> SLOW_QUERY_THRESHOLD =
      declare(
              "slowQueryThresholdMillis",
              MILLISECONDS,
              Duration.ofSeconds(2),
              "How long a statement takes to count as slow; 0: each one is logged.")
          .connectorJ();

  public static final Option<Integer> MAX_QUERY_SIZE_TO_LOG =
      declare(
              "maxQuerySizeToLog",
              number(1, 1_048_576),
              2048,
              "Characters of a statement that are logged, and recorded by Flight Recorder.")
          .connectorJ()
          .mariaDb();

  private LogOptions() {}

  static List<Option<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static <T> Option<T> declare(
      String name, OptionType<T> type, T defaultValue, String help) {
    Option<T> option = new Option<>(name, LOGS, type, defaultValue, help);
    ALL.add(option);
    return option;
  }
}
