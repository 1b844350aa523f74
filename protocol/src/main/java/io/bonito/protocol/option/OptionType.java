package io.bonito.protocol.option;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * How an option's value is written and read: the pair of a parser and its inverse.
 *
 * @param description for the table of options, for example {@code milliseconds}
 * @param parser throws {@link IllegalArgumentException} with what was due, without the value
 * @param printer gives a text that the parser takes back to an equal value
 */
public record OptionType<T>(
    String description, Function<String, T> parser, Function<T, String> printer) {

  static final OptionType<String> TEXT = new OptionType<>("text", text -> text, text -> text);

  static final OptionType<Secret> SECRET = new OptionType<>("secret", Secret::of, Secret::reveal);

  static final OptionType<Boolean> BOOLEAN =
      new OptionType<>("true or false", OptionType::parseBoolean, String::valueOf);

  static final OptionType<Duration> MILLISECONDS =
      new OptionType<>(
          "milliseconds",
          text -> Duration.ofMillis(parseNumber(text, 0, Integer.MAX_VALUE)),
          duration -> String.valueOf(duration.toMillis()));

  static final OptionType<Duration> SECONDS =
      new OptionType<>(
          "seconds",
          text -> Duration.ofSeconds(parseNumber(text, 0, Short.MAX_VALUE)),
          duration -> String.valueOf(duration.toSeconds()));

  /** A count of bytes; {@code 64k}, {@code 16M} and {@code 1G} are understood. */
  static final OptionType<Long> BYTES =
      new OptionType<>("bytes, also 64k, 16M, 1G", OptionType::parseBytes, String::valueOf);

  static final String LOCAL_ZONE = "LOCAL";
  private static final String SERVER_ZONE = "SERVER";

  static final OptionType<String> ZONE =
      new OptionType<>(
          "LOCAL, SERVER, a zone's name, or an offset", OptionType::parseZone, zone -> zone);

  /** As MariaDB Connector/J 2 had it, with two words of its own for the JVM's zone and for none. */
  static final OptionType<String> FORMER_ZONE =
      new OptionType<>(
          "auto, disable, a zone's name, or an offset",
          text ->
              text.equalsIgnoreCase("disable")
                  ? ""
                  : parseZone(text.equalsIgnoreCase("auto") ? LOCAL_ZONE : text),
          zone -> zone);

  static final OptionType<List<String>> LIST =
      new OptionType<>("list with commas", OptionType::parseList, list -> String.join(",", list));

  /** {@code key:value,key:value}, as both rivals write connection attributes. */
  static final OptionType<Map<String, String>> PAIRS =
      new OptionType<>("key:value,key:value", OptionType::parsePairs, OptionType::printPairs);

  static OptionType<Integer> number(int least, int most) {
    return new OptionType<>(
        "number " + least + " to " + (most == Integer.MAX_VALUE ? "2147483647" : most),
        text -> (int) parseNumber(text, least, most),
        String::valueOf);
  }

  /** The constants of an enum, in any case, with or without their underscores. */
  static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : constants(type)) {
      names.add(constant.name());
    }
    String description = String.join(", ", names);
    return new OptionType<>(
        description,
        text -> {
          for (E constant : constants(type)) {
            if (withoutUnderscores(constant.name()).equalsIgnoreCase(withoutUnderscores(text))) {
              return constant;
            }
          }
          throw new IllegalArgumentException("one of " + description + " is due");
        },
        Enum::name);
  }

  private static <E extends Enum<E>> List<E> constants(Class<E> type) {
    return List.of(type.getEnumConstants());
  }

  private static String withoutUnderscores(String text) {
    return text.replace("_", "");
  }

  private static String parseZone(String text) {
    for (String word : List.of(LOCAL_ZONE, SERVER_ZONE)) {
      if (text.equalsIgnoreCase(word)) {
        return word;
      }
    }
    try {
      // The short names are here what Java's own TimeZone takes them for.
      ZoneId zone = ZoneId.of(text, ZoneId.SHORT_IDS);
      if (zone.normalized() instanceof ZoneOffset offset && offset.getTotalSeconds() % 60 != 0) {
        throw new IllegalArgumentException("an offset of whole minutes is due");
      }
      return text;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "LOCAL, SERVER, a zone such as Europe/Berlin or an offset such as +02:00 is due", e);
    }
  }

  static boolean parseBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1", "on" -> true;
      case "false", "no", "0", "off" -> false;
      default -> throw new IllegalArgumentException("true or false is due");
    };
  }

  private static long parseNumber(String text, long least, long most) {
    long number = digits(text);
    if (number < least || number > most) {
      throw new IllegalArgumentException("a number between " + least + " and " + most + " is due");
    }
    return number;
  }

  private static long parseBytes(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a count of bytes is due");
    }
    int shift =
        switch (text.charAt(text.length() - 1)) {
          case 'k', 'K' -> 10;
          case 'm', 'M' -> 20;
          case 'g', 'G' -> 30;
          default -> 0;
        };
    long number = digits(shift == 0 ? text : text.substring(0, text.length() - 1));
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("a count of bytes below 2^63 is due");
    }
    return number << shift;
  }

  /** ASCII digits only: Long.parseLong would also take a sign and the digits of other scripts. */
  private static long digits(String text) {
    if (text.isEmpty() || text.length() > 18) {
      throw new IllegalArgumentException("a whole number of at most 18 digits is due");
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        throw new IllegalArgumentException("a whole number is due");
      }
      number = number * 10 + (digit - '0');
    }
    return number;
  }

  private static List<String> parseList(String text) {
    List<String> items = new ArrayList<>();
    for (String item : splitAtCommas(text)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return List.copyOf(items);
  }

  private static Map<String, String> parsePairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    // Connector/J's word for no attributes at all, not even those that the driver adds.
    if (text.equalsIgnoreCase("none")) {
      return Map.of();
    }
    for (String item : splitAtCommas(text)) {
      if (item.isBlank()) {
        continue;
      }
      int colon = item.indexOf(':');
      String key = (colon < 0 ? item : item.substring(0, colon)).strip();
      String value = colon < 0 ? "" : item.substring(colon + 1).strip();
      if (key.isEmpty()) {
        throw new IllegalArgumentException("a key before each colon is due");
      }
      if (pairs.put(key, value) != null) {
        throw new IllegalArgumentException("each key only once is due");
      }
    }
    return Collections.unmodifiableMap(pairs);
  }

  private static String printPairs(Map<String, String> pairs) {
    List<String> items = new ArrayList<>();
    pairs.forEach((key, value) -> items.add(key + ":" + value));
    return String.join(",", items);
  }

  private static List<String> splitAtCommas(String text) {
    List<String> items = new ArrayList<>();
    int start = 0;
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', start)) {
      items.add(text.substring(start, comma));
      start = comma + 1;
    }
    items.add(text.substring(start));
    return items;
  }
}
