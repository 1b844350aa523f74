package io.bonito.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.lending.Exhaustion;
import io.bonito.pool.lending.Exhaustion.Cause;
import io.bonito.pool.lending.Holder;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a pool by configuration alone was made for: threads that never close what they take. The
 * server says how many connections there ever were.
 */
@Tag("server")
@Timeout(300)
class ForgetfulThreadsTest {
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void undecoratedTheyExhaustThePoolAndItNamesThem(Server shared) throws Exception {
    try (Server server = Servers.start(ServerOptions.of(shared.kind()))) {
      Forgetful.Outcome outcome =
          Forgetful.run(
              /* virtual= */ false,
              /* decorated= */ false,
              server.port(),
              server.user(),
              server.password());
      assertThat(outcome.held()).isEqualTo(Forgetful.SIZE);
      assertThat(outcome.failures()).hasSize(Forgetful.THREADS - Forgetful.SIZE);
      for (Throwable failure : outcome.failures()) {
        assertThat(failure)
            .isInstanceOf(SQLTransientConnectionException.class)
            .hasMessageContaining("all 10 are held")
            .hasMessageMatching("(?s).*forgetful-\\d+ \\(.*, idle after SELECT \\?.*");
        Exhaustion exhaustion = Exhaustion.of(failure).orElseThrow();
        assertThat(exhaustion.cause()).isEqualTo(Cause.ALL_HELD);
        assertThat(exhaustion.holders())
            .hasSize(Forgetful.SIZE)
            .extracting(Holder::thread)
            .doesNotHaveDuplicates();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void decoratedAllFinishWithTenConnectionsOfTheServer(Server shared) throws Exception {
    try (Server server = Servers.start(ServerOptions.of(shared.kind()));
        Judge judge = new Judge(server)) {
      Forgetful.Outcome outcome =
          Forgetful.run(
              /* virtual= */ false,
              /* decorated= */ true,
              server.port(),
              server.user(),
              server.password());
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.failed()).isZero();
      assertThat(outcome.held()).isZero();
      assertThat(judge.mostConnections()).isLessThanOrEqualTo(Forgetful.SIZE);
    }
  }

  static Stream<Arguments> machines() throws IOException {
    List<Path> machines = java();
    return Servers.selected()
        .flatMap(server -> machines.stream().map(java -> Arguments.of(server, java)));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("machines")
  void virtualOnesExhaustThePoolAndItNamesThem(Server shared, Path java) throws Exception {
    try (Server server = Servers.start(ServerOptions.of(shared.kind()))) {
      assertThat(program(java, "plain", server))
          .contains("190 refused, 10 held, 0 failed to connect", "all 10 are held")
          .containsPattern("forgetful-\\d+ \\(.*, idle after SELECT \\?");
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("machines")
  void decoratedVirtualOnesAllFinishWithTenConnectionsOfTheServer(Server shared, Path java)
      throws Exception {
    try (Server server = Servers.start(ServerOptions.of(shared.kind()));
        Judge judge = new Judge(server)) {
      assertThat(program(java, "decorated", server))
          .contains("0 refused, 0 held, 0 failed to connect");
      assertThat(judge.mostConnections()).isLessThanOrEqualTo(Forgetful.SIZE);
    }
  }

  private static String program(Path java, String way, Server server) throws Exception {
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName(),
                "virtual",
                way,
                String.valueOf(server.port()),
                server.user(),
                server.password())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** This JVM's if it has virtual threads, else the newest on the machine that has. */
  private static List<Path> java() throws IOException {
    if (Runtime.version().feature() >= 21) {
      return List.of(Path.of(System.getProperty("java.home"), "bin", "java"));
    }
    List<Path> found = new ArrayList<>();
    File jvms = new File("/usr/lib/jvm");
    if (jvms.isDirectory()) {
      try (Stream<Path> homes = Files.list(jvms.toPath())) {
        homes.filter(ForgetfulThreadsTest::hasVirtualThreads).sorted().forEach(found::add);
      }
    }
    return found.stream().limit(1).map(home -> home.resolve("bin/java")).toList();
  }

  /** From the file "release" that each JDK has: JAVA_VERSION="25.0.1". */
  private static boolean hasVirtualThreads(Path home) {
    try {
      return Files.readAllLines(home.resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION=\""))
          .anyMatch(line -> Integer.parseInt(line.substring(14).split("[.\"]")[0]) >= 21);
    } catch (IOException | NumberFormatException e) {
      return false; // no JDK
    }
  }

  /** The server's own count, from now on; this one is apart. */
  private static final class Judge implements AutoCloseable {
    private final AdminConnection admin;

    Judge(Server server) {
      admin = server.admin();
      ServerCount.begin(admin);
    }

    long mostConnections() {
      return ServerCount.most(admin) - 1;
    }

    @Override
    public void close() {
      admin.close();
    }
  }
}
