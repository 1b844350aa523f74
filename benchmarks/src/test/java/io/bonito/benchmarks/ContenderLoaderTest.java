package io.bonito.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Entrant;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import io.bonito.protocol.Session;
import io.bonito.testkit.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class ContenderLoaderTest {
  private static final int ROWS = 2000;

  private static Path placeOf(Class<?> kind) throws Exception {
    return Path.of(kind.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** What a rival has: the benchmarks, its driver, the protocol; Bonito's driver is not there. */
  private static Path homeWithoutBonito(Path home) throws Exception {
    Path classes = placeOf(Contender.class);
    Files.createSymbolicLink(home.resolve("classes"), classes);
    Files.createSymbolicLink(home.resolve("drivers"), classes.resolveSibling("drivers"));
    Path lib = Files.createDirectory(home.resolve("lib"));
    Files.createSymbolicLink(lib.resolve("bonito-protocol-0.jar"), placeOf(Session.class));
    return home;
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void rivalsDoWhatIsPipelinedWithoutBonitosClasses(Server server, @TempDir Path folder)
      throws Exception {
    Path home = homeWithoutBonito(folder);
    Endpoint endpoint = new Endpoint(server.host(), server.port(), "", "user=" + server.user());
    String bonito = "jdbc:bonito://" + server.host() + ":" + server.port() + "/?user=root";
    try (BenchSchema schema = BenchSchema.create(bonito, ROWS)) {
      for (Contender rival : Contender.ALL) {
        if (!rival.folder().isEmpty()) {
          Setting setting =
              new Setting(
                  Load.PIPELINE,
                  Format.TEXT,
                  Carrier.TCP,
                  endpoint.host(),
                  endpoint.port(),
                  "",
                  schema.name(),
                  ROWS,
                  /* fixedKey= */ false,
                  rival.driver(),
                  endpoint.url(rival, Format.TEXT, Carrier.TCP),
                  /* streamingFetchSize= */ 0,
                  List.of());
          try (Entrant entrant = ContenderLoader.open(rival, setting, home)) {
            assertThat(entrant.operations(2).bytes()).as(rival.title()).isPositive();
          }
        }
      }
    }
  }
}
