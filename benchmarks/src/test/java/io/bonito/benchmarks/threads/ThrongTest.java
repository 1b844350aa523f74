package io.bonito.benchmarks.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.benchmarks.BenchSchema;
import io.bonito.benchmarks.replay.Recorder;
import io.bonito.benchmarks.replay.ReplayServer;
import io.bonito.benchmarks.threads.contest.Place;
import io.bonito.benchmarks.threads.contest.Throng;
import io.bonito.benchmarks.threads.entrant.PooledThrong;
import io.bonito.testkit.server.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class ThrongTest {
  private static final int ROWS = 2000;
  private static final int THREADS = 20;

  private static Place place(Rival rival, String address, String schema, int threads) {
    return new Place(
        rival.pool(),
        rival.driver(),
        rival.url(address, schema),
        schema + ".things",
        ROWS,
        2,
        threads,
        /* virtual= */ false);
  }

  /** A throng fails where it reads another row than it asked for. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void everyThreadReadsThroughEachOfOurOwn(Server server) throws Exception {
    String address = server.host() + ":" + server.port();
    try (BenchSchema schema =
        BenchSchema.create("jdbc:bonito://" + address + "/?user=root", ROWS)) {
      for (Rival rival : Rival.ALL) {
        if (rival.folder().isEmpty()) {
          try (Throng throng = new PooledThrong(place(rival, address, schema.name(), THREADS))) {
            assertThat(throng.work(1)).as(rival.title()).isEqualTo(THREADS);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void whatWasRecordedOfSeveralConnectionsIsAnsweredToAsMany(Server server) throws Exception {
    String address = server.host() + ":" + server.port();
    try (BenchSchema schema =
        BenchSchema.create("jdbc:bonito://" + address + "/?user=root", ROWS)) {
      for (Rival rival : Rival.ALL) {
        if (rival.folder().isEmpty() && rival.waitsForAnswers()) {
          try (Recorder recorder = new Recorder(server.host(), server.port())) {
            try (Throng throng = oneRow(rival, recorder.port(), schema.name())) {
              throng.record();
            }
            try (ReplayServer replay = recorder.replay();
                Throng throng = oneRow(rival, replay.port(), schema.name())) {
              assertThat(throng.work(1)).as(rival.title()).isEqualTo(THREADS);
            }
          }
        }
      }
    }
  }

  private static Throng oneRow(Rival rival, int port, String schema) throws Exception {
    return new PooledThrong(place(rival, "127.0.0.1:" + port, schema, THREADS).ofOneRow());
  }
}
