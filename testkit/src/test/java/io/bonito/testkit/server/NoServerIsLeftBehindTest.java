package io.bonito.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("server")
class NoServerIsLeftBehindTest {
  /** What the other JVM runs: it starts a server, says where, and waits to be ended. */
  static final class Holder {
    public static void main(String[] arguments) throws Exception {
      Server server = Servers.start(Servers.selectedKinds().get(0));
      System.out.println(server.socketPath().getParent());
      System.in.read();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "INT", "TERM"})
  void whenItsJvmEndsBy(String signal) throws Exception {
    Process jvm =
        new ProcessBuilder(
                // What runs in a shell's background ignores Ctrl-C, and so would what it starts.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dbonito.servers=" + System.getProperty("bonito.servers", "mariadb-11.4"),
                "-Dbonito.cache=" + System.getProperty("bonito.cache", ""),
                "-DlocalRepository=" + System.getProperty("localRepository", ""),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Holder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      Path folder = Path.of(out.readLine());
      List<ProcessHandle> servers = jvm.toHandle().descendants().toList();
      assertThat(servers).hasSizeGreaterThan(1);

      new ProcessBuilder("kill", "-" + signal, Long.toString(jvm.pid())).start().waitFor();

      assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
      for (ProcessHandle server : servers) {
        server.onExit().get(30, TimeUnit.SECONDS);
      }
      assertThat(folder).doesNotExist();
    } finally {
      jvm.destroyForcibly();
    }
  }
}
