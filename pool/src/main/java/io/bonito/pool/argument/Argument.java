package io.bonito.pool.argument;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One thing that a pool can be told, declared once: parsing, error messages and {@code
 * docs/pools.md} read the declaration. All declarations stand in {@link Arguments}.
 *
 * <p>Names compare without case, {@code _}, {@code -} and {@code .}: {@code pool_size}, {@code
 * poolSize} and {@code POOL-SIZE} are one.
 */
public final class Argument<T> {
  /** Another pool's name for it, and how its values are to be read. */
  public record Alias<T>(String name, String whose, Function<String, T> parser) {}

  private final String name;
  private final String type;
  private final T defaultValue;
  private final Function<String, T> parser;
  private final String help;
  private final List<Alias<T>> aliases = new ArrayList<>();

  Argument(String name, String type, T defaultValue, Function<String, T> parser, String help) {
    this.name = name;
    this.type = type;
    this.defaultValue = defaultValue;
    this.parser = parser;
    this.help = help;
  }

  Argument<T> alias(String whose, String alias) {
    return alias(whose, alias, parser);
  }

  Argument<T> alias(String whose, String alias, Function<String, T> aliasParser) {
    aliases.add(new Alias<>(alias, whose, aliasParser));
    return this;
  }

  public String name() {
    return name;
  }

  public String type() {
    return type;
  }

  public T defaultValue() {
    return defaultValue;
  }

  public String help() {
    return help;
  }

  public List<Alias<T>> aliases() {
    return List.copyOf(aliases);
  }

  /** Its name and those that other pools have for it. */
  List<String> spellings() {
    List<String> spellings = new ArrayList<>();
    spellings.add(name);
    aliases.forEach(alias -> spellings.add(alias.name()));
    return spellings;
  }

  boolean isCalled(String other) {
    String plain = plain(other);
    return spellings().stream().anyMatch(each -> plain(each).equals(plain));
  }

  T parse(String text) {
    return parser.apply(text);
  }

  /** What names are compared by. */
  static String plain(String name) {
    return name.replaceAll("[_.\\-]", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name;
  }
}
