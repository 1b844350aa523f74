package io.bonito.benchmarks;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The words behind a command, option by option.
 *
 * <pre>{@code
 * while (words.next()) {
 *   switch (words.option()) {
 *     case "--rows" -> rows = words.count(1, 1000);
 *     case "--replay" -> replay = true;
 *     default -> throw words.unknown();
 *   }
 * }
 * }</pre>
 *
 * <p>All that is wrong is an {@link IllegalArgumentException} with a sentence for the user.
 */
public final class Words {
  private final String[] words;
  private int at = -1;
  private String option = "";

  public Words(String... words) {
    this.words = words.clone();
  }

  /** Goes on to the next option; false where there is none. */
  public boolean next() {
    at++;
    if (at >= words.length) {
      return false;
    }
    option = words[at];
    return true;
  }

  public String option() {
    return option;
  }

  public String value() {
    at++;
    if (at >= words.length) {
      throw new IllegalArgumentException(option + " wants a value behind it.");
    }
    return words[at];
  }

  public Optional<Path> file() {
    return Optional.of(Path.of(value()));
  }

  /** Some of these, in the order given. */
  public <T> List<T> chosen(List<T> all, Function<? super T, String> name) {
    List<T> chosen = new ArrayList<>();
    for (String word : value().split(",", -1)) {
      chosen.add(
          all.stream()
              .filter(one -> name.apply(one).equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          option
                              + " knows no "
                              + word
                              + "; there are "
                              + String.join(", ", all.stream().map(name).toList()))));
    }
    return chosen;
  }

  public double number(double least, double most) {
    return number(value(), least, most);
  }

  public int count(int least, int most) {
    return (int) number(least, most);
  }

  public List<Integer> counts(int least, int most) {
    return Arrays.stream(value().split(",", -1))
        .map(text -> (int) number(text, least, most))
        .toList();
  }

  private double number(String text, double least, double most) {
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with the numbers that are too small or too large.
    }
    throw new IllegalArgumentException(
        option
            + " wants a number from "
            + plain(least)
            + " to "
            + plain(most)
            + ", not "
            + text
            + ".");
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  public IllegalArgumentException unknown() {
    return new IllegalArgumentException("Unknown argument " + option);
  }
}
