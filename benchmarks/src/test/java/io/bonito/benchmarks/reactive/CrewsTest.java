package io.bonito.benchmarks.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.benchmarks.BenchSchema;
import io.bonito.benchmarks.reactive.contest.Crew;
import io.bonito.benchmarks.reactive.contest.Task;
import io.bonito.benchmarks.reactive.contest.Work;
import io.bonito.testkit.server.Server;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class CrewsTest {
  private static final int ROWS = 2000;
  private static final int CONNECTIONS = 2;

  /** A crew fails where it reads other rows than are due. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyDriverDoesEveryKindOfWorkOnEveryConnection(Server server) throws Exception {
    String url = "jdbc:bonito://" + server.host() + ":" + server.port() + "/?user=root";
    try (BenchSchema schema = BenchSchema.create(url, ROWS)) {
      for (Rival rival : Rival.ALL) {
        if (rival.folder().isEmpty()) {
          for (Work work : Stream.of(Work.values()).filter(rival::takesPartIn).toList()) {
            Task task =
                new Task(
                    work,
                    rival.driver(),
                    rival.depth(),
                    server.host(),
                    server.port(),
                    schema.name(),
                    ROWS,
                    CONNECTIONS);
            Crew crew =
                (Crew)
                    Class.forName("io.bonito.benchmarks.reactive.entrant." + rival.crew())
                        .getConstructor(Task.class)
                        .newInstance(task);
            try {
              assertThat(crew.work(1)).as("%s, %s", rival.title(), work).isEqualTo(CONNECTIONS);
            } finally {
              crew.close();
            }
          }
        }
      }
    }
  }
}
