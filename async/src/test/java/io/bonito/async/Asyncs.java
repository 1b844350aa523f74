package io.bonito.async;

import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.server.Server;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Words that the tests of this package share. */
final class Asyncs {
  static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  /** A million rows or so, of a few bytes each, for which the server needs no table. */
  static final String MANY =
      "SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n AS i, REPEAT('x', 100) FROM "
          + digits("a")
          + ","
          + digits("b")
          + ","
          + digits("c")
          + ","
          + digits("d")
          + ","
          + digits("e");

  private Asyncs() {}

  private static String digits(String name) {
    return "(SELECT 0 n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
        + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8"
        + " UNION ALL SELECT 9) "
        + name;
  }

  static EventLoopGroup loops() {
    return new NioEventLoopGroup(2);
  }

  static void end(EventLoopGroup group) {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  static ConnectionOptions.Builder options(Server server) {
    return ConnectionOptions.builder()
        .set(Options.HOST, server.host())
        .set(Options.PORT, server.port())
        .set(Options.USER, server.user())
        .set(Options.CONNECT_TIMEOUT, Duration.ofMinutes(1)); // the machine may be busy
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  static AsyncException failure(CompletionStage<?> stage) throws Exception {
    try {
      await(stage);
    } catch (AsyncException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }
}
