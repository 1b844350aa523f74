package io.bonito.protocol.option;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that a connection can be told, declared once: parsing, {@code DriverPropertyInfo} and
 * {@code docs/options.md} read the declaration.
 *
 * <pre>
 *   name        connectTimeout
 *   spellings   Connector/J: connectTimeout     MariaDB Connector/J: connectTimeout
 *   type        milliseconds
 *   default     10000, or what a scheme's own users expect
 *   help        one or two sentences
 * </pre>
 *
 * <p>Names are compared without regard to case, as both rivals do. All declarations stand in {@link
 * Options}; options are compared by identity.
 */
public final class Option<T> {
  private final String name;
  private final OptionGroup group;
  private final OptionType<T> type;
  private final T defaultValue;
  private final String help;
  private final Map<Scheme, List<String>> spellings = new EnumMap<>(Scheme.class);
  private final Map<Scheme, T> schemeDefaults = new EnumMap<>(Scheme.class);

  Option(String name, OptionGroup group, OptionType<T> type, T defaultValue, String help) {
    this.name = name;
    this.group = group;
    this.type = type;
    this.defaultValue = defaultValue;
    this.help = help;
  }

  /** Says that Connector/J has it too; without a name, under the same one. */
  Option<T> connectorJ(String... names) {
    return spelt(Scheme.MYSQL, names);
  }

  /** Says that MariaDB Connector/J has it too; without a name, under the same one. */
  Option<T> mariaDb(String... names) {
    return spelt(Scheme.MARIADB, names);
  }

  private Option<T> spelt(Scheme scheme, String... names) {
    spellings.put(scheme, names.length == 0 ? List.of(name) : List.of(names));
    return this;
  }

  /** Gives another default to those who come with a rival's URL. */
  Option<T> defaultFor(Scheme scheme, T value) {
    schemeDefaults.put(scheme, value);
    return this;
  }

  public String name() {
    return name;
  }

  public OptionGroup group() {
    return group;
  }

  public OptionType<T> type() {
    return type;
  }

  public String help() {
    return help;
  }

  public T defaultValue() {
    return defaultValue;
  }

  public T defaultValue(Scheme scheme) {
    return schemeDefaults.getOrDefault(scheme, defaultValue);
  }

  /** Whether its value must never be shown. */
  public boolean isSecret() {
    return type.parser() == OptionType.SECRET.parser();
  }

  /** What that driver's users call it; empty where the driver has no such option. */
  public List<String> spellings(Scheme scheme) {
    return scheme == Scheme.BONITO ? List.of(name) : spellings.getOrDefault(scheme, List.of());
  }

  /** Its name and every other name by which it is understood. */
  public List<String> allNames() {
    List<String> names = new ArrayList<>();
    names.add(name);
    for (List<String> others : spellings.values()) {
      for (String other : others) {
        if (names.stream().noneMatch(other::equalsIgnoreCase)) {
          names.add(other);
        }
      }
    }
    return Collections.unmodifiableList(names);
  }

  /**
   * Reads a value.
   *
   * @param spelling the name under which it was given, for the message
   * @throws OptionException where the text is no such value; a secret is not shown
   */
  T parse(String spelling, String text) {
    try {
      return type.parser().apply(text);
    } catch (IllegalArgumentException e) {
      String found = isSecret() ? "" : "=" + OptionException.quote(text);
      throw new OptionException(spelling, "option " + spelling + found + ": " + e.getMessage());
    }
  }

  String print(T value) {
    return type.printer().apply(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
