package io.bonito.async.pool;

import io.bonito.async.AsyncConnection;
import io.bonito.async.AsyncException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.Server;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Words that the tests of this package share. */
final class AsyncPools {
  static final String SERVERS = "io.bonito.testkit.server.Servers#selected";

  private AsyncPools() {}

  static ConnectionOptions.Builder options(Server server) {
    return ConnectionOptions.builder()
        .set(Options.HOST, server.host())
        .set(Options.PORT, server.port())
        .set(Options.USER, server.user())
        .set(Options.CONNECT_TIMEOUT, Duration.ofMinutes(1)); // the machine may be busy
  }

  /** Those of an account of its own, which the server lets have so many connections. */
  static ConnectionOptions account(Server server, String user, int connections) {
    try (AdminConnection admin = server.admin()) {
      admin.execute("DROP USER IF EXISTS '" + user + "'@'%'");
      admin.execute("CREATE USER '" + user + "'@'%' WITH MAX_USER_CONNECTIONS " + connections);
    }
    return options(server).set("user", user).set("sslMode", "disable").build();
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(100, TimeUnit.SECONDS);
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

  /** The server's number of the connection. */
  static CompletableFuture<Long> id(AsyncConnection connection) {
    return connection
        .query("SELECT CONNECTION_ID()")
        .first(row -> row.getLong(0))
        .thenApply(id -> id.orElseThrow());
  }
}
