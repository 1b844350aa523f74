package io.bonito.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.ServerOptions;
import io.bonito.testkit.server.Servers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server whose host is gone, in a network namespace: its cable is pulled, and no packet tells.
 *
 * <pre>
 *   server ── 10.203.0.1 ──cable── 10.203.0.2 ── client, in the namespace
 * </pre>
 *
 * <p>Takes a minute, and needs root: it runs where {@code bonito.namespaces} is true.
 */
@Tag("server")
@Timeout(240)
class VanishedPeerTest {
  private static final String NAMESPACE = "bonito-vanish";
  private static final String OUR_END = "bonito-v0";
  private static final String THEIR_END = "bonito-v1";

  @TempDir private Path folder;

  static Stream<ServerKind> kinds() {
    return Servers.selectedKinds().stream().limit(Boolean.getBoolean("bonito.namespaces") ? 1 : 0);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kinds")
  void everyCallEndsWithinAMinuteAfterTheHostIsGone(ServerKind kind) throws Exception {
    removeNamespace();
    try (Server server = Servers.start(ServerOptions.of(kind).argument("--bind-address=0.0.0.0"))) {
      makeNamespace();
      Process client = client(server.port());
      try (BufferedReader says = client.inputReader(StandardCharsets.US_ASCII);
          OutputStream tell = client.getOutputStream()) {
        assertThat(says.readLine()).as(this::errors).isEqualTo("ready");
        run("ip", "link", "set", OUR_END, "down");
        tell(tell, "gone");
        for (int call = 0; call < 6; call++) {
          String[] line = says.readLine().split(" ");
          assertThat(line[1]).as("%s; %s", Arrays.toString(line), errors()).isEqualTo("LOST");
          assertThat(Integer.parseInt(line[2])).as(line[0]).isLessThan(60);
        }
        assertThat(says.readLine()).isIn("connect TIMED_OUT", "connect UNREACHABLE");
        run("ip", "link", "set", OUR_END, "up");
        tell(tell, "back");
        assertThat(says.readLine()).isEqualTo("connect works");
      } finally {
        client.destroyForcibly();
      }
    } finally {
      removeNamespace();
    }
  }

  private Process client(int port) throws IOException {
    return new ProcessBuilder(
            "ip",
            "netns",
            "exec",
            NAMESPACE,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            VanishedPeer.class.getName(),
            "10.203.0.1",
            String.valueOf(port))
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

  private static void tell(OutputStream out, String word) throws IOException {
    out.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void makeNamespace() throws Exception {
    run("ip", "netns", "add", NAMESPACE);
    run("ip", "link", "add", OUR_END, "type", "veth", "peer", "name", THEIR_END);
    run("ip", "link", "set", THEIR_END, "netns", NAMESPACE);
    run("ip", "addr", "add", "10.203.0.1/24", "dev", OUR_END);
    run("ip", "link", "set", OUR_END, "up");
    inside("ip", "addr", "add", "10.203.0.2/24", "dev", THEIR_END);
    inside("ip", "link", "set", THEIR_END, "up");
    inside("ip", "link", "set", "lo", "up");
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
