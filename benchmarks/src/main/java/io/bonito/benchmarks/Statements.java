package io.bonito.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The user's own statements. */
final class Statements {
  private Statements() {}

  /**
   * Reads statements that end with a semicolon at the end of a line, or with the file.
   *
   * @throws IllegalArgumentException where there is none
   */
  static List<String> read(Path file) throws IOException {
    List<String> statements =
        Arrays.stream(Files.readString(file).split(";[ \t]*(\r?\n|$)"))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("There is no statement in " + file + ".");
    }
    return statements;
  }
}
