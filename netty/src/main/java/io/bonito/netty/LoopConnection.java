package io.bonito.netty;

import io.bonito.protocol.KnownServers;
import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.SessionState;
import io.bonito.protocol.option.ConnectionOptions;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection that lives on an event loop.
 *
 * <pre>{@code
 * LoopConnection.connect(options, group)
 *     .thenAccept(
 *         connection -> {
 *           connection.submit(new QueryExchange("SELECT id FROM t"), sink);
 *           connection.close(); // when that is answered
 *         });
 * }</pre>
 *
 * <p>All methods can be called from any thread and none waits; sinks and stages are told on the
 * loop. Commands are answered in the order in which they are given. Whatever goes wrong with the
 * connection is a {@link io.bonito.protocol.failure.ConnectionException}, and the channel is closed
 * before anybody is told.
 *
 * <p>A command's deadline is {@link Exchange#deadline}, on the clock of {@code System.nanoTime()};
 * when it passes the connection is closed. While a sink wants no rows, time does not count. Without
 * one an answer is awaited as long as the server is alive: TCP's keep-alive, and probes of a host
 * that has been silent, end the wait for one that has vanished.
 */
public final class LoopConnection {
  private final SessionPump pump;

  LoopConnection(SessionPump pump) {
    this.pump = pump;
  }

  SessionPump pump() {
    return pump;
  }

  /** Connects over NIO and logs in, within {@code connectTimeout}; see {@link LoopConnector}. */
  public static CompletionStage<LoopConnection> connect(
      ConnectionOptions options, EventLoopGroup group) {
    return LoopConnector.on(group).connect(options);
  }

  /** Gives a command and takes all of its rows as they come. */
  public LoopCommand submit(Exchange exchange, Sink sink) {
    return pump.submit(exchange, sink, Long.MAX_VALUE);
  }

  /**
   * Gives a command.
   *
   * @param rows how many rows are wanted before {@link LoopCommand#request} asks for more; 0 or
   *     more
   */
  public LoopCommand submit(Exchange exchange, Sink sink, long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException(rows + " rows wanted");
    }
    return pump.submit(exchange, sink, rows);
  }

  /**
   * Whether commands are written before earlier ones are answered. On by itself where the server's
   * {@link #profile} allows it and {@code disablePipeline} does not say otherwise.
   */
  public void pipelining(boolean on) {
    pump.onLoop(
        () -> {
          pump.undecided(null);
          pump.session().pipelining(on);
        });
  }

  /**
   * What this process knows of the server; another connection may only now be asking. To be read on
   * the loop, as in a sink.
   */
  public ServerProfile profile() {
    return KnownServers.profile(options().target(), state().server()).orElse(ServerProfile.UNKNOWN);
  }

  /** What is known of the session on the server. To be read on the loop, as in a sink. */
  public SessionState state() {
    return pump.session().state();
  }

  public ConnectionOptions options() {
    return pump.options();
  }

  public EventLoop eventLoop() {
    return pump.loop();
  }

  /** The port of our side; 0 where the connection is one without ports. */
  public int localPort() {
    return pump.bytes().localPort();
  }

  /** False once the connection has ended, by whomever. */
  public boolean isOpen() {
    return pump.isOpen();
  }

  /** Whether everything sent is encrypted. */
  public boolean isEncrypted() {
    return pump.bytes().isEncrypted();
  }

  /**
   * Takes no more commands, and leaves when those given are answered; which waits for sinks that
   * want no rows.
   *
   * @return {@link #closed}
   */
  public CompletionStage<@Nullable Void> close() {
    pump.onLoop(pump::close);
    return closed();
  }

  /** Closes at once. Commands that are not answered have failed. */
  public void abort() {
    pump.onLoop(() -> pump.abort("it was aborted"));
  }

  /** Completes when the channel is closed and all sinks have been told, whatever the reason. */
  public CompletionStage<@Nullable Void> closed() {
    return pump.closed().minimalCompletionStage();
  }
}
