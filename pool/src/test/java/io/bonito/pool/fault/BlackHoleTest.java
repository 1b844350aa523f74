package io.bonito.pool.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.Servers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A network that swallows everything for some seconds, and nobody says so: neighbours stay known,
 * as behind a router.
 *
 * <pre>
 *   server ── 10.204.0.1 ──cable── 10.204.0.2 ── a pool and its workers, in the namespace
 * </pre>
 *
 * <p>Needs root: it runs where {@code bonito.namespaces} is true. With {@code bonito.pool.tell} it
 * says how soon all were back, and {@code bonito.hole.seconds} is how long nobody answers.
 */
@Tag("server")
@Timeout(240)
class BlackHoleTest {
  private static final String NAMESPACE = "bonito-hole";
  private static final String OUR_END = "bonito-h0";
  private static final String THEIR_END = "bonito-h1";
  private static final int SECONDS = Integer.getInteger("bonito.hole.seconds", 5);

  /** What a pool would take that waits until its attempts in flight have failed. */
  private static final int CONNECT_TIMEOUT_SECONDS = 60;

  @TempDir private Path folder;

  static Stream<ServerKind> kinds() {
    return Servers.selectedKinds().stream().limit(Boolean.getBoolean("bonito.namespaces") ? 1 : 0);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kinds")
  void whoWaitsIsServedWithoutWaitingForTheAttemptsThatHung(ServerKind kind) throws Exception {
    removeNamespace();
    try (Server server = Scene.start(kind, 0, "--bind-address=0.0.0.0")) {
      makeNamespace();
      for (int size : new int[] {1, 2, 10}) {
        seeBack(server.port(), size);
      }
    } finally {
      removeNamespace();
    }
  }

  private void seeBack(int port, int size) throws Exception {
    Process process = member(port, size);
    try (BufferedReader says = process.inputReader(StandardCharsets.US_ASCII);
        OutputStream told = process.getOutputStream()) {
      assertThat(says.readLine()).as(this::errors).isEqualTo("ready");
      run("ip", "link", "set", OUR_END, "down");
      tell(told);
      assertThat(says.readLine()).as(this::errors).isEqualTo("waiting");
      LockSupport.parkNanos(Duration.ofSeconds(SECONDS).toNanos());
      tell(told);
      String[] hung = says.readLine().split(" ");
      assertThat(hung).as("opening, lent since").endsWith("0");
      assertThat(Integer.parseInt(hung[0])).as("attempts that hang").isPositive();
      run("ip", "link", "set", OUR_END, "up");
      long up = System.nanoTime();
      tell(told);
      assertThat(says.readLine()).as(this::errors).isEqualTo("back");
      Duration took = Duration.ofNanos(System.nanoTime() - up);
      if (Boolean.getBoolean("bonito.pool.tell")) {
        System.out.printf(
            "black hole of %d s, pool of %d, %s opening: all back after %d ms%n",
            SECONDS, size, hung[0], took.toMillis());
      }
      assertThat(took).isLessThan(Duration.ofSeconds(CONNECT_TIMEOUT_SECONDS / 2));
      tell(told);
      assertThat(says.readLine()).as(this::errors).isEqualTo("0 errors");
    } finally {
      process.destroyForcibly();
    }
  }

  private Process member(int port, int size) throws IOException {
    return new ProcessBuilder(
            "ip",
            "netns",
            "exec",
            NAMESPACE,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            BlackHoleMember.class.getName(),
            "10.204.0.1",
            String.valueOf(port),
            String.valueOf(size),
            String.valueOf(CONNECT_TIMEOUT_SECONDS))
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("errors"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void tell(OutputStream told) throws IOException {
    told.write('\n');
    told.flush();
  }

  private static void makeNamespace() throws Exception {
    run("ip", "netns", "add", NAMESPACE);
    run("ip", "link", "add", OUR_END, "type", "veth", "peer", "name", THEIR_END);
    run("ip", "link", "set", THEIR_END, "netns", NAMESPACE);
    run("ip", "addr", "add", "10.204.0.1/24", "dev", OUR_END);
    run("ip", "link", "set", OUR_END, "up");
    inside("ip", "addr", "add", "10.204.0.2/24", "dev", THEIR_END);
    inside("ip", "link", "set", THEIR_END, "up");
    inside("ip", "link", "set", "lo", "up");
    String address = Files.readString(Path.of("/sys/class/net", OUR_END, "address")).trim();
    inside(
        "ip",
        "neigh",
        "replace",
        "10.204.0.1",
        "lladdr",
        address,
        "dev",
        THEIR_END,
        "nud",
        "permanent");
  }

  private static void removeNamespace() throws Exception {
    if (Files.exists(Path.of("/run/netns", NAMESPACE))) {
      run("ip", "netns", "del", NAMESPACE);
    }
  }

  private static void inside(String... command) throws Exception {
    List<String> whole = new java.util.ArrayList<>(List.of("ip", "netns", "exec", NAMESPACE));
    whole.addAll(List.of(command));
    run(whole.toArray(new String[0]));
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), output).isZero();
  }
}
