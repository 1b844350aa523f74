package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about the tree that compiled classes do not show. */
class SourceRulesTest {
  private static final Pattern SYNCHRONIZED = Pattern.compile("\\bsynchronized\\b");
  private static final Pattern STARTS_A_SERVER = Pattern.compile("\\bServers(\\.|#)\\w");

  /** A monitor held around I/O pins a virtual thread on the JDKs before 24; locks do not. */
  @Test
  void noLibraryUsesMonitors() {
    List<Path> found = new ArrayList<>();
    for (String module : Sources.LIBRARIES) {
      for (Path file : Sources.mainOf(module)) {
        if (SYNCHRONIZED.matcher(Sources.codeOf(Sources.read(file))).find()) {
          found.add(file);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void codeIsToldFromCommentsAndLiterals() {
    assertThat(Sources.codeOf("a // b\n/* c\n */ d \"e\\\"f\" 'g' \"\"\"\nh\"\"\" i"))
        .isEqualTo("a \n\n d   \n i");
  }

  @Test
  void protocolRequiresTheBaseModuleAlone() throws IOException {
    Path compiled = Sources.root().resolve("protocol/target/classes/module-info.class");
    try (InputStream in = Files.newInputStream(compiled)) {
      assertThat(
              ModuleDescriptor.read(in).requires().stream()
                  .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                  .map(Requires::name))
          .containsExactly("java.base");
    }
  }

  @Test
  void everyPackageOfProtocolIsExported() throws IOException {
    Path compiled = Sources.root().resolve("protocol/target/classes/module-info.class");
    List<String> packages =
        Sources.mainOf("protocol").stream()
            .filter(file -> !file.endsWith("module-info.java"))
            .filter(file -> !file.endsWith("package-info.java"))
            .map(SourceRulesTest::packageOf)
            .distinct()
            .toList();
    try (InputStream in = Files.newInputStream(compiled)) {
      assertThat(ModuleDescriptor.read(in).exports().stream().map(ModuleDescriptor.Exports::source))
          .containsExactlyInAnyOrderElementsOf(packages);
    }
  }

  @Test
  void everyPackageSaysWhatIsNotInIt() throws IOException {
    for (String module : Sources.PUBLISHED) {
      for (Path file : Sources.mainOf(module)) {
        if (file.endsWith("module-info.java") || file.toString().contains("java-templates")) {
          continue;
        }
        Path sentence = file.resolveSibling("package-info.java");
        assertThat(sentence).exists();
        assertThat(Sources.read(sentence)).startsWith("/**").contains("@NullMarked");
      }
    }
  }

  /** A page that nobody reads to its end hides things. */
  @Test
  void noFileIsLongerThanFiveHundredLines() {
    List<String> found = new ArrayList<>();
    for (String module : Sources.PUBLISHED) {
      for (Path file : Sources.mainOf(module)) {
        long lines = Sources.read(file).lines().count();
        if (lines > 500) {
          found.add(lines + " " + file.getFileName());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyPublishedModuleCarriesMetadataForNativeImages() {
    for (String module : Sources.PUBLISHED) {
      Path resources = Sources.root().resolve(module).resolve("src/main/resources");
      assertThat(
              resources.resolve(
                  "META-INF/native-image/io.bonito/bonito-"
                      + module
                      + "/reachability-metadata.json"))
          .exists();
    }
  }

  /** Whoever publishes a module promises it in the BOM too. */
  @Test
  void theBomNamesEveryPublishedModule() throws IOException {
    String bom = Files.readString(Sources.root().resolve("bom/pom.xml"));
    try (Stream<Path> directories = Files.list(Sources.root())) {
      for (Path module : directories.filter(d -> Files.exists(d.resolve("pom.xml"))).toList()) {
        String pom = Files.readString(module.resolve("pom.xml"));
        if (module.endsWith("bom") || !pom.contains("<artifactId>bonito-parent</artifactId>")) {
          continue;
        }
        String artifact = "<artifactId>bonito-" + module.getFileName() + "</artifactId>";
        boolean published = !pom.contains("<maven.deploy.skip>true");
        assertThat(bom.contains(artifact)).as(artifact).isEqualTo(published);
      }
    }
  }

  /** Without the tag, a test would start a server in builds that promise to need none. */
  @Test
  void testsThatStartServersAreTaggedSo() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Sources.root())) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*/src/test/.*Test\\.java")).toList()) {
        String source = Sources.read(file);
        if (STARTS_A_SERVER.matcher(source).find() && !source.contains("@Tag(\"server\")")) {
          found.add(file);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static String packageOf(Path file) {
    String source = Sources.read(file);
    int start = source.indexOf("package ") + "package ".length();
    return source.substring(start, source.indexOf(';', start));
  }
}
