package io.bonito.async.pool;

import static io.bonito.async.pool.AsyncPools.SERVERS;
import static io.bonito.async.pool.AsyncPools.await;
import static io.bonito.async.pool.AsyncPools.failure;
import static io.bonito.async.pool.AsyncPools.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.async.AsyncConnection;
import io.bonito.async.AsyncException;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
@Timeout(300)
class AssertionPoolOnLoopsTest {
  private static EventLoopGroup loops;

  @BeforeAll
  static void begin() {
    loops = new NioEventLoopGroup(2);
  }

  @AfterAll
  static void end() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static AsyncPool pool(Server server) {
    return AsyncPool.over(
        AsyncPools.options(server).build(), loops, Map.of("pool_class", "AssertionPool"));
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void aSecondBorrowerIsToldWhereTheFirstOneBorrowed(Server server) throws Exception {
    try (AsyncPool pool = pool(server)) {
      AsyncConnection first = await(pool.acquire());
      AsyncException refusal = failure(pool.acquire());
      assertThat(refusal)
          .hasMessageContaining("connection is already checked out")
          .hasMessageContaining("borrowed here by " + Thread.currentThread().getName());
      long number = await(id(first));
      await(first.close());
      assertThat(await(pool.with(AsyncPools::id))).isEqualTo(number);
      assertThat(await(pool.with(AsyncPools::id))).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @MethodSource(SERVERS)
  void whoGivesUpOrComesTooLateLeavesThePlaceFree(Server server) throws Exception {
    try (AsyncPool pool = pool(server)) {
      assertThat(pool.acquire().cancel(false)).isTrue(); // its connection is being opened
      assertThat(failure(pool.acquire(Duration.ZERO))).hasMessageNotContaining("checked out");
      assertThat(await(pool.with(AsyncPools::id))).isPositive();
      assertThat(pool.status().used()).isZero();
    }
  }
}
