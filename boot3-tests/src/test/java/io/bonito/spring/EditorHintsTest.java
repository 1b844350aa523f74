package io.bonito.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.argument.Arguments;
import io.bonito.pool.argument.PoolArguments;
import io.bonito.pool.kind.PoolKind;
import io.bonito.pool.kind.PoolKinds;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an editor proposes is what there is. */
class EditorHintsTest {
  private static final String FILE = "META-INF/spring-configuration-metadata.json";

  private static List<String> found(String pattern) throws IOException {
    // Every starter has a file of this name.
    for (URL url : Collections.list(ClassLoader.getSystemResources(FILE))) {
      try (InputStream in = url.openStream()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (text.contains("bonito.pool.class")) {
          return Pattern.compile(pattern).matcher(text).results().map(r -> r.group(1)).toList();
        }
      }
    }
    throw new AssertionError("no " + FILE + " of ours");
  }

  @Test
  void everyArgumentThatIsProposedIsOne() throws IOException {
    List<String> proposed = found("\"bonito\\.pool\\.arguments\\.([a-z-]+)\"");
    assertThat(proposed).hasSizeGreaterThan(20).allMatch(PoolArguments::isName);
    assertThat(proposed).doesNotHaveDuplicates().hasSizeLessThan(Arguments.all().size());
  }

  @Test
  void theKindsThatAreProposedAreThoseThatThereAre() throws IOException {
    assertThat(found("\"value\": \"(\\w+)\""))
        .containsExactlyElementsOf(PoolKinds.all().stream().map(PoolKind::name).toList());
  }
}
