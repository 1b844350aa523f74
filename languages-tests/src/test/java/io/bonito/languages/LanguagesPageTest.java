package io.bonito.languages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/languages.md} shows what the tests run. */
class LanguagesPageTest {
  private static Path root() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/languages.md"))) {
      root = root.getParent();
    }
    return root;
  }

  /** The lines of each block of code in this language. */
  private static List<List<String>> blocks(String language) throws IOException {
    List<List<String>> blocks = new ArrayList<>();
    List<String> block = null;
    for (String line : Files.readAllLines(root().resolve("docs/languages.md"))) {
      if (line.equals("```" + language)) {
        block = new ArrayList<>();
      } else if (line.equals("```") && block != null) {
        blocks.add(block);
        block = null;
      } else if (block != null) {
        block.add(line);
      }
    }
    return blocks;
  }

  @ParameterizedTest
  @CsvSource({
    "kotlin, src/test/kotlin/io/bonito/languages/Goods.kt",
    "clojure, src/test/resources/goods.clj",
    "ruby, src/test/resources/goods.rb src/test/resources/goods_sequel.rb"
  })
  void thePageShowsThis(String language, String files) throws IOException {
    List<List<String>> texts = new ArrayList<>();
    for (String file : files.split(" ")) {
      Path path = root().resolve("languages-tests").resolve(file);
      try (Stream<String> lines = Files.lines(path)) {
        texts.add(lines.toList());
      }
    }
    assertThat(blocks(language)).isEqualTo(texts);
  }
}
