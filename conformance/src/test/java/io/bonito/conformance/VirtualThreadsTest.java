package io.bonito.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.Servers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Virtual threads, in a JVM of their own with one carrier: this one's if it is new enough, else the
 * newest that the machine has, or the one named by {@code bonito.virtual.java}. On a machine that
 * has none there is nothing to test.
 */
@Tag("server")
@Timeout(180)
class VirtualThreadsTest {
  @TempDir private Path folder;

  static Stream<Arguments> machines() throws IOException {
    return java().stream()
        .flatMap(java -> Servers.selected().map(server -> Arguments.of(server, java)));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("machines")
  void threeSleepAtOnceOnOneCarrierAndNonePinsIt(Server server, Path java) throws Exception {
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                ThreeSleepers.class.getName(),
                String.valueOf(server.port()),
                server.socketPath().toString())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    String errors = Files.readString(folder.resolve("errors"));

    assertThat(output.lines())
        .as(errors)
        .containsExactly(
            "tcp 3 at once, 0 pinned", "tls 3 at once, 0 pinned", "unix 3 at once, 0 pinned");
  }

  private static Optional<Path> java() throws IOException {
    String named = System.getProperty("bonito.virtual.java", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    if (Runtime.version().feature() >= 21) {
      return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
    }
    File jvms = new File("/usr/lib/jvm");
    if (!jvms.isDirectory()) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(jvms.toPath())) {
      return homes
          .filter(home -> feature(home) >= 21)
          .max(Comparator.comparingInt(VirtualThreadsTest::feature))
          .map(home -> home.resolve("bin/java"));
    }
  }

  /** From the file "release" that each JDK has: JAVA_VERSION="25.0.1". */
  private static int feature(Path home) {
    try {
      List<String> lines = Files.readAllLines(home.resolve("release"));
      for (String line : lines) {
        if (line.startsWith("JAVA_VERSION=\"")) {
          return Integer.parseInt(line.substring(14).split("[.\"]")[0]);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // No JDK.
    }
    return 0;
  }
}
