package io.bonito.spring;

import io.bonito.pool.argument.ArgumentSources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Keys of an environment. They compare without case, {@code _}, {@code -} and {@code .}, since
 * environment variables, files and YAML write them in different ways; of several sources the first
 * prevails, as everywhere in Spring.
 */
final class Keys {
  /**
   * A key and its value.
   *
   * @param name as it was written, without the prefix
   */
  record Entry(String name, String value) {}

  private static final String HABIT = "mysqlpool";

  private Keys() {}

  /** All below the prefix, by what they compare by. */
  static Map<String, Entry> under(ConfigurableEnvironment environment, String prefix) {
    ConfigurationPropertyName parent = ConfigurationPropertyName.of(prefix);
    Map<String, Entry> found = new LinkedHashMap<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (!(source instanceof IterableConfigurationPropertySource names)) {
        continue;
      }
      for (ConfigurationPropertyName name : names) {
        if (!parent.isAncestorOf(name)) {
          continue;
        }
        ConfigurationProperty property = source.getConfigurationProperty(name);
        if (property != null) {
          String rest = rest(name, parent.getNumberOfElements());
          String value =
              environment.resolveRequiredPlaceholders(String.valueOf(property.getValue()));
          found.putIfAbsent(plain(rest), new Entry(rest, value));
        }
      }
    }
    return found;
  }

  private static String rest(ConfigurationPropertyName name, int from) {
    StringBuilder rest = new StringBuilder();
    for (int i = from; i < name.getNumberOfElements(); i++) {
      String element = name.getElement(i, ConfigurationPropertyName.Form.ORIGINAL);
      if (name.isNumericIndex(i)) {
        rest.append('[').append(element).append(']');
      } else {
        rest.append(rest.isEmpty() ? "" : ".").append(element);
      }
    }
    return rest.toString();
  }

  /**
   * {@code MYSQLPOOL_BACKEND} and {@code MYSQLPOOL_ARGUMENTS…} of each source, as {@link
   * ArgumentSources} reads them.
   */
  static List<Map<String, String>> habits(ConfigurableEnvironment environment) {
    List<Map<String, String>> habits = new ArrayList<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)
          || !(source instanceof EnumerablePropertySource<?> names)) {
        continue;
      }
      Map<String, String> texts = new LinkedHashMap<>();
      for (String name : names.getPropertyNames()) {
        Object value = plain(name).startsWith(HABIT) ? source.getProperty(name) : null;
        if (value != null) {
          texts.put(name, environment.resolvePlaceholders(value.toString()));
        }
      }
      if (!texts.isEmpty()) {
        habits.add(texts);
      }
    }
    return habits;
  }

  static String plain(String name) {
    return name.replaceAll("[_.\\-]", "").toLowerCase(Locale.ROOT);
  }
}
