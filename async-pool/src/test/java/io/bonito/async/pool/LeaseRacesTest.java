package io.bonito.async.pool;

import static io.bonito.async.pool.AsyncPools.SERVERS;
import static io.bonito.async.pool.AsyncPools.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.async.AsyncConnection;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cancel at about the time of everything else; {@code -Dbonito.races} tells how many. */
@Tag("server")
@Timeout(600)
class LeaseRacesTest {
  private static final int RACES = Integer.getInteger("bonito.races", 1000);
  private static final int CONNECTIONS = 4;
  private static final int AT_ONCE = 12;
  private static final long SEED = 20_261_126;

  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = new NioEventLoopGroup(2);
  }

  @AfterAll
  static void end() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void noCancelLosesAConnectionNorLeavesOneInUse(Server server) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    Semaphore room = new Semaphore(AT_ONCE);
    try (AsyncPool pool =
        AsyncPool.over(
            AsyncPools.options(server).set("sslMode", "disable").build(),
            loops,
            Map.of("pool_size", String.valueOf(CONNECTIONS), "max_overflow", "0"))) {
      CountDownLatch ended = new CountDownLatch(RACES);
      for (int i = 0; i < RACES; i++) {
        assertThat(room.tryAcquire(100, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<?> racing = race(pool, random.split());
        racing.whenComplete(
            (value, failure) -> {
              room.release();
              ended.countDown();
            });
        loops
            .next()
            .schedule(
                () -> racing.cancel(true),
                random.nextInt(4) * random.nextLong(1000),
                TimeUnit.MICROSECONDS);
      }
      assertThat(ended.await(100, TimeUnit.SECONDS)).isTrue();
      List<AsyncConnection> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        AsyncConnection connection = await(pool.acquire(Duration.ofSeconds(100)));
        assertThat(connection.inTransaction()).isFalse();
        assertThat(await(connection.query("SELECT 7").list(row -> row.getInt(0))))
            .containsExactly(7);
        all.add(connection);
      }
      for (AsyncConnection connection : all) {
        await(connection.close());
      }
      assertThat(pool.status().used()).isZero();
      assertThat(pool.status().waiting()).isZero();
      assertThat(await(pool.drain(Duration.ofMinutes(1)))).isEmpty();
    }
  }

  private static CompletableFuture<?> race(AsyncPool pool, SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> {
        CompletableFuture<AsyncConnection> acquired = pool.acquire();
        acquired.thenCompose(AsyncConnection::close);
        yield acquired;
      }
      case 1 -> pool.with(connection -> connection.query("SELECT 1").run());
      case 2 -> pool.with(connection -> connection.query("SELECT SLEEP(0.002)").run());
      case 3 ->
          pool.inTransaction(
              connection -> connection.query("SELECT SLEEP(0.001)").list(row -> row.getInt(0)));
      default ->
          pool.with(
              connection ->
                  connection.begin().thenCompose(begun -> connection.query("SELECT 1").run()));
    };
  }
}
