package io.bonito.pool.argument;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Where arguments come from when an application does not give them: {@code MYSQLPOOL_BACKEND} is
 * the kind of pool, {@code MYSQLPOOL_ARGUMENTS} one JSON object with arguments, {@code
 * MYSQLPOOL_ARGUMENTS_POOL_SIZE} one of them. They may be environment variables or system
 * properties, in any spelling that compares alike ({@code mysqlpool.arguments.pool-size}).
 *
 * <p>What is given directly prevails over system properties, and these over the environment.
 */
public final class ArgumentSources {
  private static final String BACKEND = "mysqlpoolbackend";
  private static final String ARGUMENTS = "mysqlpoolarguments";

  private ArgumentSources() {}

  /** These arguments, and under them those of this process. */
  public static Map<String, String> under(Map<String, String> given) {
    return merged(given, System.getProperties(), System.getenv());
  }

  /**
   * These arguments, and under them those of sources that a framework has.
   *
   * @param sources names of all sorts, of which {@code MYSQLPOOL_…} are taken; the first prevails
   * @throws IllegalArgumentException as {@link #under(Map)}
   */
  public static Map<String, String> under(
      Map<String, String> given, List<Map<String, String>> sources) {
    Map<String, String> merged = new LinkedHashMap<>(given);
    sources.forEach(source -> addMissing(merged, habitual(source)));
    return merged;
  }

  /**
   * @throws IllegalArgumentException where a name of theirs is no argument, or JSON is not as it
   *     should be
   */
  static Map<String, String> merged(
      Map<String, String> given, Properties properties, Map<String, String> environment) {
    Map<String, String> texts = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    Map<String, String> merged = new LinkedHashMap<>(given);
    addMissing(merged, habitual(texts));
    addMissing(merged, habitual(environment));
    return merged;
  }

  private static void addMissing(Map<String, String> merged, Map<String, String> lower) {
    Map<String, String> missing = new LinkedHashMap<>(lower);
    for (String name : merged.keySet()) {
      missing.keySet().removeIf(other -> PoolArguments.isSame(name, other));
    }
    merged.putAll(missing);
  }

  /** The arguments among names of all sorts. */
  static Map<String, String> habitual(Map<String, String> texts) {
    Map<String, String> found = new LinkedHashMap<>();
    texts.forEach(
        (name, value) -> {
          String plain = Argument.plain(name);
          if (plain.equals(BACKEND)) {
            put(found, name, "pool_class", value);
          } else if (plain.equals(ARGUMENTS)) {
            JsonObject.parse(name, value).forEach((key, each) -> put(found, name, key, each));
          } else if (plain.startsWith(ARGUMENTS)) {
            put(found, name, plain.substring(ARGUMENTS.length()), value);
          }
        });
    return found;
  }

  private static void put(Map<String, String> found, String source, String name, String value) {
    if (!PoolArguments.isName(name)) {
      throw new IllegalArgumentException(
          "%s: %s is no argument of a pool; there are %s"
              .formatted(source, name, PoolArguments.names()));
    }
    for (Map.Entry<String, String> other : found.entrySet()) {
      if (PoolArguments.isSame(other.getKey(), name) && !other.getValue().equals(value)) {
        throw new IllegalArgumentException(
            "%s: %s and another setting say different things of it".formatted(source, name));
      }
    }
    found.put(name, value);
  }
}
