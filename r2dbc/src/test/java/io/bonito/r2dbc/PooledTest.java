package io.bonito.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.testkit.server.Server;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Connections in r2dbc-pool. */
@Tag("server")
@Timeout(120)
class PooledTest {
  @ParameterizedTest
  @MethodSource(Connections.SERVERS)
  void aPoolOfThreeServesMany(Server server) {
    ConnectionPool pool =
        new ConnectionPool(
            ConnectionPoolConfiguration.builder(Connections.factory(server, ""))
                .maxSize(3)
                .maxAcquireTime(Duration.ofSeconds(60))
                .build());
    List<Integer> answers =
        Flux.range(0, 200)
            .flatMap(
                i ->
                    Flux.usingWhen(
                        pool.create(),
                        connection ->
                            Flux.from(connection.createStatement("SELECT ?").bind(0, i).execute())
                                .flatMap(result -> result.map(row -> row.get(0, Integer.class))),
                        Connection::close),
                50)
            .collectSortedList()
            .block(Connections.PATIENCE);
    assertThat(answers).hasSize(200).startsWith(0, 1, 2).endsWith(198, 199);
    // Whoever is cancelled gives its connection back as usable as it was.
    for (int i = 0; i < 20; i++) {
      Flux.usingWhen(
              pool.create(),
              connection -> connection.createStatement(Connections.MANY).execute(),
              Connection::close)
          .flatMap(result -> result.map(row -> 1))
          .take(i + 1)
          .blockLast(Connections.PATIENCE);
    }
    awaitNoneAcquired(pool);
    pool.disposeLater().block(Connections.PATIENCE);
  }

  /** A cancel does not wait for what it sets off. */
  private static void awaitNoneAcquired(ConnectionPool pool) {
    long deadline = System.nanoTime() + Connections.PATIENCE.toNanos();
    while (pool.getMetrics().orElseThrow().acquiredSize() > 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
