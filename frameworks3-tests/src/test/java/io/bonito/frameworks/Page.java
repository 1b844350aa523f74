package io.bonito.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** {@code docs/frameworks.md}: each framework's block is what its test runs. */
final class Page {
  private Page() {}

  private static Path root() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/frameworks.md"))) {
      root = root.getParent();
    }
    return root;
  }

  /** The lines of the first block of code below this heading. */
  static List<String> block(String heading) {
    try {
      List<String> lines = Files.readAllLines(root().resolve("docs/frameworks.md"));
      int start = lines.indexOf("## " + heading);
      assertThat(start).as("heading " + heading).isNotNegative();
      while (!lines.get(start).startsWith("```")) {
        start++;
        assertThat(lines.get(start)).as("a block under " + heading).doesNotStartWith("## ");
      }
      int end = start + 1;
      while (!lines.get(end).equals("```")) {
        end++;
      }
      return lines.subList(start + 1, end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The block with a real database in place of the page's. */
  static String text(String heading, Database database) {
    return String.join("\n", block(heading))
        .replace("jdbc:bonito:mysql://db/shop", database.url())
        .replace("jdbc:mysql://db/shop", database.standardUrl())
        .replace("io.bonito.jdbc.Driver", database.driverClass())
        .replace("secret", database.password());
  }

  static Properties properties(String heading, Database database) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(heading, database)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    properties.replaceAll((key, value) -> value.equals("app") ? database.user() : value);
    return properties;
  }

  /**
   * Asserts that the block of Java below this heading stands in the test's source, line by line.
   */
  static void showsCodeOf(Class<?> test, String heading) throws IOException {
    Path source =
        root()
            .resolve("frameworks3-tests/src/test/java")
            .resolve(test.getName().replace('.', '/') + ".java");
    List<String> code = Files.readAllLines(source).stream().map(String::strip).toList();
    List<String> block =
        block(heading).stream()
            .filter(line -> !line.startsWith("import "))
            .map(String::strip)
            .toList();
    assertThat(block).isNotEmpty();
    assertThat(code).containsSequence(block);
  }
}
