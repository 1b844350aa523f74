package io.bonito.netty;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks a host for a sign of life: a whole login, then QUIT. A bare connect would do for that, but
 * servers count those as broken handshakes, and block a machine that makes many.
 *
 * <p>Any answer is life, a refusal too, and TCP's own: a server that is too busy to greet is there.
 */
final class PeerProbe {
  private static final Duration TIME = Duration.ofSeconds(10);

  private final LoopConnector connector;
  private final ConnectionOptions options;
  private final EventLoop loop;
  private final CompletableFuture<Boolean> alive = new CompletableFuture<>();

  /** A loop that stands still hears nobody, and says nothing about the host. */
  private final AtomicInteger turnsOfLoop = new AtomicInteger();

  PeerProbe(LoopConnector connector, ConnectionOptions options, EventLoop loop) {
    this.connector = connector;
    this.options = options.toBuilder().set(Options.CONNECT_TIMEOUT, TIME).build();
    this.loop = loop;
  }

  /**
   * @return whether the host lives, as soon as it is known
   */
  CompletableFuture<Boolean> begin() {
    Future<?> turning;
    try {
      turning = loop.scheduleWithFixedDelay(turnsOfLoop::incrementAndGet, 1, 1, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      alive.complete(true); // with the loop all its connections have ended
      return alive;
    }
    new Connecting(connector, options, loop)
        .loginAlone()
        .whenConnected(() -> alive.complete(true))
        .begin()
        .whenComplete(
            (connection, failure) -> {
              turning.cancel(false);
              if (connection != null) {
                connection.close();
              }
              alive.complete(connection != null || isLife(failure));
            });
    return alive;
  }

  private boolean isLife(Throwable failure) {
    if (!(failure instanceof ConnectionException known)) {
      return true; // our own fault, which must not close anything
    }
    return switch (known.reason()) {
      // The name server may be gone with everything else.
      case UNREACHABLE, UNRESOLVED -> false;
      case TIMED_OUT -> turnsOfLoop.get() < TIME.toSeconds() / 2;
      case REFUSED, REJECTED, TLS, LOST, MALFORMED, DEMAND_REFUSED, CLOSED, CONFIGURATION -> true;
    };
  }
}
