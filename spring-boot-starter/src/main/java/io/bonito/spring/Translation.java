package io.bonito.spring;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.convert.DurationStyle;

/**
 * Another pool's settings, one after the other, in our words. A setting without a counterpart is
 * refused unless it only says that the other pool is to leave something undone that ours does not
 * do either.
 */
final class Translation {
  private static final String TOTAL = "maximum_pool_size";
  private static final String KEPT = "pool_size";
  private static final String KEEP_ALIVE = "keep_alive";
  private static final String PERIOD = "period";

  /** Where an argument comes from, for messages. */
  private final Map<String, String> origins = new LinkedHashMap<>();

  private final Map<String, String> arguments = new LinkedHashMap<>();
  private String key = "";
  private String value = "";
  private String total = "";
  private String kept = "";
  private String period = "";
  private boolean checksIdle;

  /** The setting that is spoken of from now on. */
  void begin(String key, String value) {
    this.key = key;
    this.value = value.trim();
  }

  // --- what a setting may be ---

  void argument(String name) {
    put(name, value);
  }

  void argument(String name, String text) {
    put(name, text);
  }

  /** A number of milliseconds or a duration; below the least it means never. */
  void duration(String name, long least) {
    long millis = millis();
    put(name, millis < least ? "-1" : millis + "ms");
  }

  private long millis() {
    try {
      Duration duration = DurationStyle.detectAndParse(value, ChronoUnit.MILLIS);
      return duration.toMillis();
    } catch (IllegalArgumentException e) {
      throw new PoolConfigurationException(
          "%s is \"%s\"; it may be: milliseconds, or a duration as 30s".formatted(key, value), e);
    }
  }

  void isolation() {
    switch (value) {
      case "-1", "" -> {}
      case "1" -> put("isolation", "read_uncommitted");
      case "2" -> put("isolation", "read_committed");
      case "4" -> put("isolation", "repeatable_read");
      case "8" -> put("isolation", "serializable");
      default -> put("isolation", value.replace("TRANSACTION_", ""));
    }
  }

  /** How many there may be at all. */
  void total() {
    total = value;
    origins.put(TOTAL, key);
  }

  /** How many stay although nobody uses them. */
  void kept() {
    kept = value;
    origins.put(KEPT, key);
  }

  /** Whether idle ones are checked, every so often. */
  void checksIdle() {
    checksIdle = flag();
    origins.put(KEEP_ALIVE, key);
  }

  /** How often. */
  void period() {
    period = millis() + "ms";
    origins.put(PERIOD, key);
  }

  String text() {
    return value;
  }

  boolean flag() {
    return Boolean.parseBoolean(value);
  }

  /** Accepts only these values, which ask for nothing. */
  void only(String reason, String... accepted) {
    for (String each : accepted) {
      if (each.equalsIgnoreCase(value)) {
        return;
      }
    }
    throw refusal(reason);
  }

  PoolConfigurationException refusal(String reason) {
    return new PoolConfigurationException(
        "%s=%s cannot be honoured by Bonito's pool: %s; take it out".formatted(key, value, reason));
  }

  private void put(String name, String text) {
    arguments.put(name, text);
    origins.put(name, key);
  }

  // --- the end ---

  /** All arguments. */
  Map<String, String> finish() {
    if (!total.isEmpty()) {
      int most = number(total, TOTAL);
      int staying = kept.isEmpty() ? -1 : number(kept, KEPT);
      if (most <= 0) {
        derive("max_overflow", "-1");
      } else if (staying < 0) {
        derive(TOTAL, total);
      } else {
        // A size of 0 would mean any number.
        int size = Math.max(1, Math.min(staying, most));
        derive(KEPT, String.valueOf(size));
        derive("max_overflow", String.valueOf(most - size));
      }
    } else if (!kept.isEmpty() && number(kept, KEPT) >= 0) {
      arguments.put(KEPT, String.valueOf(Math.max(1, number(kept, KEPT))));
    }
    if (checksIdle) {
      arguments.put(KEEP_ALIVE, period.isEmpty() ? "5s" : period);
    } else if (!period.isEmpty()) {
      begin(origin(PERIOD), period);
      throw refusal("it looks after idle connections when there is something to do");
    }
    if (arguments.containsKey("check_after")) {
      arguments.remove("pre_ping");
    }
    return arguments;
  }

  private void derive(String name, String text) {
    arguments.put(name, text);
    origins.putIfAbsent(name, origin(TOTAL));
  }

  private int number(String text, String name) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new PoolConfigurationException(
          "%s is \"%s\"; it may be: a number".formatted(origin(name), text), e);
    }
  }

  /** The key that an argument comes from. */
  String origin(String argument) {
    return origins.getOrDefault(argument, argument);
  }
}
