package io.bonito.netty;

import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.script.ListeningServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Words that the tests of this package share. */
final class Loops {
  private Loops() {}

  /** One loop of NIO: a constructor that both versions of Netty have. */
  static EventLoopGroup one() {
    return new NioEventLoopGroup(1);
  }

  static void end(EventLoopGroup group) {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  static ConnectionOptions.Builder options(ListeningServer server) {
    return options(server.host(), server.port());
  }

  static ConnectionOptions.Builder options(String host, int port) {
    return ConnectionOptions.builder()
        .set(Options.HOST, host)
        .set(Options.PORT, port)
        .set(Options.USER, "user");
  }

  static ConnectionOptions within(ConnectionOptions.Builder options, Duration time) {
    return options.set(Options.CONNECT_TIMEOUT, time).build();
  }

  static LoopConnection connect(ConnectionOptions options, EventLoopGroup group) throws Exception {
    return await(LoopConnection.connect(options, group));
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  static ConnectionException failure(CompletionStage<?> stage) throws Exception {
    try {
      await(stage);
    } catch (ConnectionException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }

  /** Keeps the thread that calls it from everything else. */
  static void standStill(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  static List<String> query(LoopConnection connection, String sql) throws Exception {
    Answers answers = new Answers();
    connection.submit(new QueryExchange(sql), answers);
    return answers.await();
  }
}
