package io.bonito.netty;

import io.bonito.protocol.Session;
import io.bonito.protocol.SessionOptions;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.message.ServerError;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.OptionException;
import io.bonito.protocol.option.Peer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * From options to a connection that is logged in, all before one deadline.
 *
 * <pre>
 *   credentials, addresses, keys ──▶ each address in turn ──connected──▶ TLS, login, profile ──▶ done
 *   (off the loop)                     │all failed                          │
 *                                      ▼                                    ▼
 *                                    failed, as the last of them          failed
 * </pre>
 */
final class Connecting {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final LoopConnector connector;
  private final ConnectionOptions options;
  private final EventLoop loop;
  private final Deadline deadline;
  private final LoopClock clock;
  private final CompletableFuture<LoopConnection> result = new CompletableFuture<>();
  private Runnable connected = () -> {};
  private boolean loginAlone;
  private volatile String phase = "asking for credentials";

  // All else belongs to the loop.
  private @Nullable Credentials credentials;
  private List<Way> ways = List.of();
  private int nextWay;
  private @Nullable Attempt attempt;
  private @Nullable ConnectionException failure;
  private boolean over;

  /** An address that is being connected to. */
  private final class Attempt {
    final LoopClock clock;
    final long endNanos;
    final Channel channel;
    boolean late;

    /**
     * @param addressesLeft this one included: each may use its share of the time that is left, so
     *     that one that swallows everything does not take it all
     */
    Attempt(Channel channel, int addressesLeft) {
      this.channel = channel;
      endNanos = System.nanoTime() + deadline.nanosLeft() / addressesLeft;
      clock =
          new LoopClock(
              loop,
              now -> deadline.exists() ? endNanos - now : LoopClock.NEVER,
              () -> {},
              this::timeUp);
    }

    private void timeUp() {
      late = true;
      close(channel); // fails the attempt
    }
  }

  Connecting(LoopConnector connector, ConnectionOptions options, EventLoop loop) {
    this.connector = connector;
    this.options = options;
    this.loop = loop;
    this.deadline = Deadline.of(options);
    this.clock =
        new LoopClock(
            loop,
            now -> deadline.exists() ? deadline.endNanos() - now : LoopClock.NEVER,
            () -> {},
            () -> fail(deadline.passed(phase, null)));
  }

  /** To be run on the loop when somebody has taken the connection, before the login. */
  Connecting whenConnected(Runnable action) {
    connected = action;
    return this;
  }

  /** Without asking the server anything: for a connection that nobody will use. */
  Connecting loginAlone() {
    loginAlone = true;
    return this;
  }

  CompletionStage<LoopConnection> begin() {
    try {
      loop.execute(clock::arm);
      connector.offLoop().execute(this::prepare);
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          ConnectionException.configuration(
              loop.isShuttingDown()
                  ? "the event loop is shut down"
                  : "the executor for what is done off the loop takes nothing",
              e));
    }
    // Itself and no copy of it, whose listeners would be told of a CompletionException.
    return result;
  }

  // ---- off the loop

  private void prepare() {
    Credentials asked;
    try {
      asked = credentials();
    } catch (Throwable e) {
      failOnLoop(e, null);
      return;
    }
    try {
      List<Way> found = ways(asked);
      OffLoop.back(loop, () -> prepared(asked, found), () -> loopIsGone(asked));
    } catch (Throwable e) {
      failOnLoop(e, asked);
    }
  }

  private void failOnLoop(Throwable e, @Nullable Credentials unused) {
    wipe(unused);
    ConnectionException failed = described(e);
    OffLoop.back(loop, () -> fail(failed), () -> loopIsGone(null));
  }

  private void loopIsGone(@Nullable Credentials unused) {
    wipe(unused);
    result.completeExceptionally(
        ConnectionException.configuration("the event loop was shut down", null));
  }

  private static void wipe(@Nullable Credentials credentials) {
    if (credentials != null) {
      credentials.close();
    }
  }

  private Credentials credentials() throws ConnectionException {
    try {
      return SessionOptions.credentials(options);
    } catch (RuntimeException e) {
      throw ConnectionException.configuration("the provider of credentials failed: " + e, e);
    }
  }

  private List<Way> ways(Credentials asked) throws UnknownHostException {
    String path = options.localSocket();
    if (!path.isEmpty()) {
      SessionOptions session = SessionOptions.of(options, Peer.UNIX_SOCKET, asked, RANDOM);
      return List.of(
          new Way(connector.unix(), connector.unixAddress(path), Peer.UNIX_SOCKET, session));
    }
    phase = "looking up the name";
    List<Way> found = new ArrayList<>();
    for (InetAddress address : connector.addresses(options.host())) {
      Peer peer = address.isLoopbackAddress() ? Peer.LOOPBACK : Peer.REMOTE;
      found.add(
          new Way(
              connector.tcp(),
              new InetSocketAddress(address, options.port()),
              peer,
              SessionOptions.of(options, peer, asked, RANDOM)));
    }
    return found;
  }

  // ---- on the loop

  private void prepared(Credentials asked, List<Way> found) {
    if (over) {
      asked.close();
      return;
    }
    credentials = asked;
    ways = found;
    phase = "connecting";
    tryNext();
  }

  private void tryNext() {
    if (nextWay == ways.size()) {
      ConnectionException last = failure;
      fail(last != null ? last : ConnectionException.unresolved(options.host(), null));
      return;
    }
    Way way = ways.get(nextWay);
    SessionPump pump =
        new SessionPump(connector, options, way.peer(), new Session(way.session()), loop, deadline);
    Attempt begun;
    ChannelFuture connecting;
    try {
      begun = new Attempt(way.channels().newChannel(), ways.size() - nextWay++);
      attempt = begun;
      connecting = bootstrap(way, begun.channel, pump).connect(way.address());
    } catch (Throwable e) {
      // Also a class of a channel whose native library is missing.
      fail(described(e));
      return;
    }
    begun.clock.arm();
    connecting.addListener(
        done -> {
          if (loop.inEventLoop()) {
            tried(begun, pump, done);
          } else {
            OffLoop.back(loop, () -> tried(begun, pump, done), () -> loopIsGone(credentials));
          }
        });
  }

  private Bootstrap bootstrap(Way way, Channel channel, SessionPump pump) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> channel)
            .disableResolver()
            .handler(pump)
            .option(ChannelOption.AUTO_READ, false)
            // Where a server takes no more bytes it may have said why, which is to be read.
            .option(ChannelOption.AUTO_CLOSE, false)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
    if (way.peer() != Peer.UNIX_SOCKET) {
      TcpOptions.before(bootstrap, options);
    }
    return bootstrap;
  }

  private void tried(Attempt tried, SessionPump pump, Future<?> outcome) {
    tried.clock.stop();
    if (over) {
      close(tried.channel);
      return;
    }
    attempt = null;
    Throwable cause = outcome.cause();
    if (cause == null) {
      connected.run();
      logIn(tried.channel, pump);
      return;
    }
    close(tried.channel);
    ConnectionException failed = tried.late ? deadline.passed(phase, cause) : described(cause);
    if (failure != null) {
      failed.addSuppressed(failure);
    }
    failure = failed;
    tryNext();
  }

  private void logIn(Channel channel, SessionPump pump) {
    clock.stop(); // the login watches the same deadline by itself
    try {
      TcpOptions.after(channel, options);
    } catch (RuntimeException e) {
      // It is closed again; the login finds out in the usual way.
    }
    pump.logIn(
        loginAlone
            ? new Step(() -> succeed(pump))
            : new Step(
                () -> new Acquaintance(pump, deadline, new Step(() -> succeed(pump))).begin()));
  }

  /** What comes next where all goes well. */
  private final class Step implements Sink {
    private final Runnable next;

    Step(Runnable next) {
      this.next = next;
    }

    @Override
    public void done() {
      next.run();
    }

    @Override
    public void refused(ServerError error) {
      fail(ConnectionException.rejected(options.target(), error));
    }

    @Override
    public void failed(Throwable failure) {
      fail(described(failure));
    }
  }

  private void succeed(SessionPump pump) {
    finish();
    PeerWatch.register(pump);
    LoopConnection connection = new LoopConnection(pump);
    if (!result.complete(connection)) {
      connection.close(); // whoever wanted it has cancelled
    }
  }

  private void fail(ConnectionException reason) {
    if (over) {
      return;
    }
    finish();
    Attempt current = attempt;
    if (current == null) {
      result.completeExceptionally(reason);
      return;
    }
    current.clock.stop();
    close(current.channel).addListener(closed -> result.completeExceptionally(reason));
  }

  private Future<?> close(Channel channel) {
    if (channel.isRegistered()) {
      return channel.close();
    }
    channel.unsafe().closeForcibly(); // the loop has not taken it
    return loop.newSucceededFuture(null);
  }

  private void finish() {
    over = true;
    clock.stop();
    wipe(credentials);
  }

  private ConnectionException described(Throwable e) {
    if (e instanceof ConnectionException known) {
      return known;
    }
    if (e instanceof OptionException) {
      return ConnectionException.configuration(String.valueOf(e.getMessage()), e);
    }
    if (e instanceof UnknownHostException) {
      return ConnectionException.unresolved(options.host(), e);
    }
    if (!(e instanceof IOException)) {
      return ConnectionException.configuration(
          "this event loop cannot connect to " + options.target() + ": " + e.getMessage(), e);
    }
    if (!options.localSocket().isEmpty()) {
      return ConnectionException.refused(options.target(), e);
    }
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("timed out")) {
      return deadline.passed(phase, e);
    }
    if (e instanceof NoRouteToHostException || message.contains("unreachable")) {
      return ConnectionException.unreachable(options.target(), e);
    }
    return e instanceof ConnectException
        ? ConnectionException.refused(options.target(), e)
        : ConnectionException.unreachable(options.target(), e);
  }
}
