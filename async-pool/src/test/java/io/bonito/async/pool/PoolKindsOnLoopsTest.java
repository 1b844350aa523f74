package io.bonito.async.pool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.option.ConnectionOptions;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolKindsOnLoopsTest {
  private final EventLoopGroup loops = new NioEventLoopGroup(1);

  @AfterEach
  void end() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SingletonThreadPool", "StaticPool", "NoPool"})
  void otherKindsAreRefusedByName(String kind) {
    assertThatThrownBy(
            () ->
                AsyncPool.over(
                    ConnectionOptions.builder().build(), loops, Map.of("pool_class", kind)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(kind)
        .hasMessageContaining("QueuePool");
  }

  @Test
  void threadsCannotOwnWhatManyBorrowersShare() {
    assertThatThrownBy(
            () ->
                AsyncPool.over(
                    ConnectionOptions.builder().build(), loops, Map.of("use_threadlocal", "true")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use_threadlocal");
  }
}
