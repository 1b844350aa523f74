package io.bonito.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tree as text, for rules about what compiled classes no longer show. */
final class Sources {
  /** Modules whose jars are published and used in production. */
  static final List<String> LIBRARIES =
      List.of(
          "protocol",
          "transport",
          "netty",
          "jdbc",
          "mysql-standin",
          "mariadb-standin",
          "async",
          "async-pool",
          "r2dbc",
          "pool",
          "cdi",
          "hibernate",
          "spring-boot-starter");

  /** All modules whose jars are published. */
  static final List<String> PUBLISHED =
      List.of(
          "protocol",
          "transport",
          "netty",
          "jdbc",
          "mysql-standin",
          "mariadb-standin",
          "async",
          "async-pool",
          "r2dbc",
          "pool",
          "cdi",
          "hibernate",
          "spring-boot-starter",
          "testkit",
          "integration-kit");

  private Sources() {}

  /** The directory of the root pom, from wherever the tests are started. */
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("ARCHITECTURE.md"))) {
        return at;
      }
    }
    throw new IllegalStateException("no ARCHITECTURE.md above " + Path.of("").toAbsolutePath());
  }

  /** The Java files under {@code src/main} of a module. */
  static List<Path> mainOf(String module) {
    try (Stream<Path> files = Files.walk(root().resolve(module).resolve("src/main"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code without comments and without the insides of literals; lines stay where they are. */
  static String codeOf(String source) {
    StringBuilder code = new StringBuilder(source.length());
    int at = 0;
    while (at < source.length()) {
      int end = skip(source, at);
      if (end == at) {
        code.append(source.charAt(at++));
        continue;
      }
      for (; at < end; at++) {
        if (source.charAt(at) == '\n') {
          code.append('\n');
        }
      }
    }
    return code.toString();
  }

  /** Where the comment or literal that begins here ends; {@code at} itself where none begins. */
  private static int skip(String source, int at) {
    if (source.startsWith("//", at)) {
      return endOf(source, "\n", at + 2) - 1;
    }
    if (source.startsWith("/*", at)) {
      return endOf(source, "*/", at + 2);
    }
    if (source.startsWith("\"\"\"", at)) {
      return endOf(source, "\"\"\"", at + 3);
    }
    char quote = source.charAt(at);
    if (quote != '"' && quote != '\'') {
      return at;
    }
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, source.length());
  }

  private static int endOf(String source, String mark, int from) {
    int found = source.indexOf(mark, from);
    return found < 0 ? source.length() : found + mark.length();
  }
}
