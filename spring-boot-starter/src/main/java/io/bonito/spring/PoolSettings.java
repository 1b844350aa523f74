package io.bonito.spring;

import io.bonito.pool.argument.ArgumentSources;
import io.bonito.pool.argument.Arguments;
import io.bonito.pool.argument.PoolArguments;
import io.bonito.pool.kind.PoolKinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What an application says of its pools.
 *
 * <pre>
 *   bonito.pool.enabled=true
 *   bonito.pool.class=QueuePool
 *   bonito.pool.arguments.pool_size=10
 *   bonito.pool.datasource.orders.class=…        of the bean that is called orders alone
 *   bonito.pool.datasource.orders.arguments.…
 *   bonito.pool.datasource.orders.enabled=false  this one stays as it is
 * </pre>
 *
 * <p>Each key is read once, and one that is none of these fails.
 */
final class PoolSettings {
  static final String PREFIX = "bonito.pool";

  private static final Pattern OF_ONE =
      Pattern.compile(
          "data[-_.]?source\\.(.+?)\\.((?:class|enabled|arguments\\..+))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ARGUMENT =
      Pattern.compile("arguments\\.(.+)", Pattern.CASE_INSENSITIVE);

  /** What is said of one pool, or of all. */
  private static final class Said {
    boolean enabled = true;
    final Map<String, String> arguments = new LinkedHashMap<>();
  }

  private final Said ofAll = new Said();

  /** By the plain name of the bean; beside it the name as it was written. */
  private final Map<String, Said> ofOne = new LinkedHashMap<>();

  private final Map<String, String> written = new TreeMap<>();
  private final List<Map<String, String>> habits;

  /**
   * @throws PoolConfigurationException where a key or a value is wrong
   */
  PoolSettings(ConfigurableEnvironment environment) {
    for (Keys.Entry entry : Keys.under(environment, PREFIX).values()) {
      Matcher one = OF_ONE.matcher(entry.name());
      if (one.matches()) {
        String bean = Keys.plain(one.group(1));
        written.put(bean, one.group(1));
        read(ofOne.computeIfAbsent(bean, key -> new Said()), one.group(2), entry);
      } else {
        read(ofAll, entry.name(), entry);
      }
    }
    habits = Keys.habits(environment);
    try {
      PoolArguments.of(ArgumentSources.under(Map.of(), habits));
    } catch (IllegalArgumentException e) {
      throw new PoolConfigurationException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void read(Said said, String name, Keys.Entry entry) {
    Matcher argument = ARGUMENT.matcher(name);
    try {
      if (name.equalsIgnoreCase("class")) {
        PoolKinds.named(entry.value());
        said.arguments.put(Arguments.POOL_CLASS.name(), entry.value());
      } else if (name.equalsIgnoreCase("enabled")) {
        said.enabled = flag(entry.value());
      } else if (argument.matches()) {
        PoolArguments.of(Map.of(argument.group(1), entry.value()));
        said.arguments.put(argument.group(1), entry.value());
      } else {
        throw new IllegalArgumentException(
            "this is no setting; there are class, arguments.<name>, enabled, and"
                + " datasource.<bean>.… with the same");
      }
    } catch (IllegalArgumentException e) {
      throw new PoolConfigurationException(PREFIX + "." + entry.name() + ": " + e.getMessage(), e);
    }
  }

  private static boolean flag(String text) {
    return switch (text.trim()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("\"" + text + "\" may be: true, false");
    };
  }

  /** Whether the data source of this name is to be pooled here. */
  boolean enabled(String bean) {
    Said one = ofOne.get(Keys.plain(bean));
    return ofAll.enabled && (one == null || one.enabled);
  }

  /** What is said of this one under our own keys. */
  Map<String, String> own(String bean) {
    Said one = ofOne.get(Keys.plain(bean));
    return one == null ? ofAll.arguments : layered(one.arguments, ofAll.arguments);
  }

  /** Under what is given, {@code MYSQLPOOL_…} as Spring knows it. */
  Map<String, String> withHabits(Map<String, String> given) {
    return layered(given, ArgumentSources.under(Map.of(), habits));
  }

  /** The upper ones, and of the lower ones those of which the upper say nothing. */
  static Map<String, String> layered(Map<String, String> upper, Map<String, String> lower) {
    Map<String, String> all = new LinkedHashMap<>(upper);
    lower.forEach(
        (name, value) -> {
          if (upper.keySet().stream().noneMatch(said -> overlap(said, name))) {
            all.put(name, value);
          }
        });
    return all;
  }

  /** Whether both speak of the same: one argument, or how many connections there may be. */
  static boolean overlap(String one, String other) {
    return PoolArguments.isSame(one, other)
        || (isTotal(one) && isPart(other))
        || (isPart(one) && isTotal(other));
  }

  private static boolean isTotal(String name) {
    return PoolArguments.isSame(name, Arguments.MAXIMUM.name());
  }

  private static boolean isPart(String name) {
    return PoolArguments.isSame(name, Arguments.POOL_SIZE.name())
        || PoolArguments.isSame(name, Arguments.MAX_OVERFLOW.name());
  }

  /**
   * Refuses settings of beans that are no data sources.
   *
   * @param names of all data sources that there are
   */
  void refuseUnknown(Set<String> names) {
    written.forEach(
        (plain, name) -> {
          if (names.stream().noneMatch(each -> Keys.plain(each).equals(plain))) {
            throw new PoolConfigurationException(
                "%s.datasource.%s: no data source has this name; there are %s"
                    .formatted(PREFIX, name, names));
          }
        });
  }
}
