package io.bonito.pool.argument;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of one pool. What is wrong fails here, with what would be right. */
public final class PoolArguments {
  /** An option of Connector/J, which drivers that know its options accept and need not list. */
  private static final String LIKE_LINGER = "logger";

  private final Map<Argument<?>, Object> values;

  private PoolArguments(Map<Argument<?>, Object> values) {
    this.values = values;
  }

  /** All by default. */
  public static PoolArguments none() {
    return new PoolArguments(Map.of());
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException where a name is none, a value cannot be, or two names say
   *     different things of one argument
   */
  public static PoolArguments of(Map<String, String> texts) {
    Map<Argument<?>, Object> values = new LinkedHashMap<>();
    Map<Argument<?>, String> said = new HashMap<>();
    texts.forEach((name, text) -> put(values, said, name, text));
    return new PoolArguments(values);
  }

  private static void put(
      Map<Argument<?>, Object> values, Map<Argument<?>, String> said, String name, String text) {
    for (Argument<?> argument : Arguments.all()) {
      Object value = read(argument, name, text);
      if (value != null) {
        Object before = values.put(argument, value);
        String other = said.put(argument, name);
        if (before != null && !before.equals(value)) {
          throw new IllegalArgumentException(
              "%s and %s say different things of %s".formatted(other, name, argument.name()));
        }
        return;
      }
    }
    throw new IllegalArgumentException(
        "%s is no argument of a pool; there are %s".formatted(name, names()));
  }

  /** Null if this is another argument's name. */
  private static <T> @Nullable Object read(Argument<T> argument, String name, String text) {
    String plain = Argument.plain(name);
    try {
      if (plain.equals(Argument.plain(argument.name()))) {
        return argument.parse(text);
      }
      for (Argument.Alias<T> alias : argument.aliases()) {
        if (plain.equals(Argument.plain(alias.name()))) {
          return alias.parser().apply(text);
        }
      }
      return null;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s is \"%s\"; it may be: %s".formatted(name, text, argument.type()), e);
    }
  }

  static List<String> names() {
    return Arguments.all().stream().map(Argument::name).toList();
  }

  /** Whether an argument is called so, in whatever spelling. */
  public static boolean isName(String name) {
    return Arguments.all().stream().anyMatch(argument -> argument.isCalled(name));
  }

  /** Whether both are names of one argument. */
  public static boolean isSame(String one, String other) {
    return Arguments.all().stream()
        .anyMatch(argument -> argument.isCalled(one) && argument.isCalled(other));
  }

  /**
   * The argument that was meant, where this is none and differs by a letter or two only; of short
   * names less than half of the letters.
   */
  public static Optional<String> nearest(String name) {
    if (isName(name) || name.equals(LIKE_LINGER)) {
      return Optional.empty();
    }
    String plain = Argument.plain(name);
    return Arguments.all().stream()
        .flatMap(argument -> argument.spellings().stream())
        .filter(each -> distance(plain, Argument.plain(each)) <= Math.min(2, plain.length() / 3))
        .findFirst();
  }

  /** How many letters are to be changed, added or left out. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }

  /** Its value, or what it is by default. */
  @SuppressWarnings("unchecked")
  public <T> T get(Argument<T> argument) {
    Object value = values.get(argument);
    return value == null ? argument.defaultValue() : (T) value;
  }

  /** Whether it was given. */
  public boolean has(Argument<?> argument) {
    return values.containsKey(argument);
  }
}
