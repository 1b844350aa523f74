package io.bonito.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code in docs/integrations.md is the code that is compiled and tested here. */
class IntegrationsPageTest {
  private static final Path PAGE = Path.of("../docs/integrations.md");
  private static final String FILE = "<!-- file: ";

  /** The files that the page shows, line by line. */
  private static Map<String, List<String>> files() throws Exception {
    Map<String, List<String>> files = new LinkedHashMap<>();
    String name = "";
    List<String> open = null;
    for (String line : Files.readAllLines(PAGE)) {
      if (open != null && line.equals("```")) {
        open = null;
      } else if (open != null) {
        open.add(line);
      } else if (line.startsWith(FILE)) {
        name = line.substring(FILE.length(), line.indexOf(" -->"));
      } else if (line.startsWith("```")) {
        assertThat(name).as("the file of a block without a name").isNotEmpty();
        open = new ArrayList<>();
        files.put(name, open);
        name = "";
      }
    }
    return files;
  }

  @Test
  void theCodeIsWhatIsCompiled() throws Exception {
    Map<String, List<String>> files = files();
    assertThat(files).hasSize(3).containsKey("pom.xml");
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      if (!file.getKey().equals("pom.xml")) {
        assertThat(file.getValue())
            .as(file.getKey())
            .isEqualTo(Files.readAllLines(Path.of(file.getKey())));
      }
    }
  }

  @Test
  void theProjectHasNoMoreThanItNeeds() throws Exception {
    assertThat(files().get("pom.xml"))
        .filteredOn(line -> line.contains("<artifactId>"))
        .map(line -> line.strip().replaceAll("</?artifactId>", ""))
        .containsExactly(
            "my-transport",
            "bonito-protocol",
            "jspecify",
            "bonito-integration-kit",
            "maven-compiler-plugin",
            "maven-surefire-plugin");
  }
}
