package io.bonito.pool.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.pool.lending.PoolStatus;
import io.bonito.testkit.server.Server;
import io.bonito.testkit.server.ServerKind;
import io.bonito.testkit.server.Servers;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Eight workers on each driver, a pool with default settings, and everything that happens to
 * servers and networks. Nobody does anything for them: they only go on to ask.
 *
 * <p>With {@code bonito.pool.tell} it tells how soon after the end of a trouble workers are served;
 * {@code bonito.pool.rounds} is how often each trouble comes.
 */
@Tag("server")
@Timeout(240)
class FaultMatrixTest {
  private static final int WORKERS = 8;

  /** Begun at once where nothing is there, and as many more as a pool of 5 + 10 has room for. */
  private static final int AT_ONCE = 15;

  private static final int ROUNDS = Integer.getInteger("bonito.pool.rounds", 1);

  private static final Map<ServerKind, Server> SERVERS = new EnumMap<>(ServerKind.class);

  /** In nanoseconds, of each worker in each round. */
  private static final Map<String, List<Long>> HEALING_TIMES = new LinkedHashMap<>();

  static Stream<Arguments> troubles() {
    return Servers.selectedKinds().stream()
        .flatMap(kind -> Stream.of(Trouble.values()).map(trouble -> Arguments.of(kind, trouble)))
        .flatMap(each -> Stream.generate(() -> each).limit(ROUNDS));
  }

  /** One for all troubles, the last of which kills it. */
  private static Server server(ServerKind kind) throws IOException {
    Server server = SERVERS.get(kind);
    if (server == null || !server.isAlive()) {
      server = Scene.start(kind, 0);
      SERVERS.put(kind, server);
    }
    return server;
  }

  @AfterAll
  static void end() {
    SERVERS.values().forEach(Server::close);
    if (Boolean.getBoolean("bonito.pool.tell")) {
      HEALING_TIMES.forEach(FaultMatrixTest::tell);
    }
  }

  private static void tell(String name, List<Long> nanos) {
    Collections.sort(nanos);
    System.out.printf(
        "%-50s %4d served after ms: median %4d, 99 of 100 %4d, all %4d%n",
        name,
        nanos.size(),
        nanos.get(nanos.size() / 2) / 1_000_000,
        nanos.get((nanos.size() * 99 - 1) / 100) / 1_000_000,
        nanos.get(nanos.size() - 1) / 1_000_000);
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void allWorkersAreServedAgainWithoutAnybodysHelp(ServerKind kind, Trouble trouble)
      throws Exception {
    try (Scene scene = new Scene(server(kind), trouble.throughProxy(), WORKERS)) {
      List<Integer> attemptsBefore = scene.crews().stream().map(Crew::attempts).toList();
      long struck = System.nanoTime();
      trouble.strike(scene);
      List<Integer> attempts = scene.crews().stream().map(Crew::attempts).toList();
      long outage = System.nanoTime() - struck;
      long healed = trouble.heal(scene);
      SERVERS.put(kind, scene.server());
      for (int i = 0; i < scene.crews().size(); i++) {
        Crew crew = scene.crews().get(i);
        crew.awaitAllServedAfter(healed);
        HEALING_TIMES
            .computeIfAbsent("%s, %s, %s".formatted(kind, trouble, crew), each -> new ArrayList<>())
            .addAll(crew.servedWithin(healed));
        assertThat(attempts.get(i) - attemptsBefore.get(i))
            .as("%s: attempts in an outage of %d ms", crew, outage / 1_000_000)
            .isLessThanOrEqualTo(trouble.asks() * (AT_ONCE + (int) (outage / 100_000_000)));
        // What broke in somebody's hands, each connection once, and nothing else: nobody waited in
        // vain. While it lasts, what was opened anew may break too.
        assertThat(crew.errors())
            .as("%s", crew)
            .hasSizeLessThanOrEqualTo((int) crew.status().opened())
            .allSatisfy(error -> assertThat(brokenInUse(error)).as("%s", error).isTrue());
        PoolStatus status = crew.status();
        assertThat(status.timedOut()).as("%s: %s", crew, status).isZero();
      }
    }
  }

  private static boolean brokenInUse(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return state.startsWith("08") && error.getErrorCode() != 1040;
  }
}
