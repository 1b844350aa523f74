package io.bonito.netty;

import static io.bonito.netty.Loops.await;
import static io.bonito.netty.Loops.connect;
import static io.bonito.netty.Loops.failure;
import static io.bonito.netty.Loops.options;
import static io.bonito.netty.Loops.query;
import static io.bonito.netty.Loops.within;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.auth.CredentialsProvider;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.ScriptedServer;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From options to a connection, or to one clear error. */
@Timeout(60)
class ConnectingTest {
  private static final Duration SOON = Duration.ofMillis(400);
  private static final EventLoopGroup LOOP = Loops.one();

  @AfterAll
  static void end() {
    Loops.end(LOOP);
  }

  // ---- four different errors

  @Test
  void afterEachKindOfFailureTheNextConnectWorks() throws Exception {
    try (ListeningServer server = new ScriptedServer().listen()) {
      List<Reason> reasons = new ArrayList<>();
      for (CompletionStage<LoopConnection> failing :
          List.of(refused(), unresolved(), timedOut(), rejected())) {
        reasons.add(failure(failing).reason());
        LoopConnection next = connect(options(server).build(), LOOP);
        assertThat(query(next, "DO 1")).containsExactly("end 0", "done");
        await(next.close());
      }
      assertThat(reasons)
          .containsExactly(Reason.REFUSED, Reason.UNRESOLVED, Reason.TIMED_OUT, Reason.REJECTED);
    }
  }

  private static CompletionStage<LoopConnection> refused() throws Exception {
    return LoopConnector.on(LOOP).connect(options("127.0.0.1", unusedPort()).build());
  }

  private static CompletionStage<LoopConnection> unresolved() {
    return LoopConnector.on(LOOP)
        .names(
            host -> {
              throw new UnknownHostException(host);
            })
        .connect(options("no-such-host.invalid", 3306).build());
  }

  private static CompletionStage<LoopConnection> timedOut() throws Exception {
    try (RawServer server = new RawServer(socket -> socket.getInputStream().readAllBytes())) {
      CompletionStage<LoopConnection> connecting =
          LoopConnector.on(LOOP).connect(within(options("127.0.0.1", server.port()), SOON));
      server.join();
      return connecting;
    }
  }

  private static CompletionStage<LoopConnection> rejected() throws Exception {
    try (ListeningServer server =
        new ScriptedServer().login(Answer.error(1045, "28000", "no")).listen()) {
      CompletionStage<LoopConnection> connecting =
          LoopConnector.on(LOOP).connect(options(server).build());
      failure(connecting);
      return connecting;
    }
  }

  @Test
  void aPortWhereNobodyListensRefuses() throws Exception {
    ConnectionException e = failure(refused());
    assertThat(e).hasMessageContaining("127.0.0.1:").hasMessageContaining("nobody listens");
  }

  @Test
  void aServerThatDoesNotGreetTimesOutAndSaysSo() throws Exception {
    assertThat(failure(timedOut()))
        .hasMessageContaining("within 400 ms")
        .hasMessageEndingWith("waiting for the server's greeting");
  }

  @Test
  void aMachineThatDoesNotAnswerTimesOut() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Crowd crowd = new Crowd(full)) {
      assertThat(crowd.size()).isPositive();
      ConnectionException e =
          failure(
              LoopConnector.on(LOOP)
                  .connect(within(options("127.0.0.1", full.getLocalPort()), SOON)));
      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(e).hasMessageContaining("within 400 ms").hasMessageEndingWith("connecting");
    }
  }

  /** Each byte comes in time; the whole does not. */
  @Test
  void theDeadlineIsOfAllBytesTogether() throws Exception {
    byte[] greeting = Packets.greeting("8.0.33", -1, "mysql_native_password");
    try (RawServer server = new RawServer(socket -> dribble(socket, greeting))) {
      ConnectionException e =
          failure(
              LoopConnector.on(LOOP).connect(within(options("127.0.0.1", server.port()), SOON)));
      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      server.join();
    }
  }

  private static void dribble(Socket socket, byte[] greeting) throws Exception {
    socket.getOutputStream().write(new byte[] {(byte) greeting.length, 0, 0, 0});
    socket.setSoTimeout(100);
    for (byte piece : greeting) {
      socket.getOutputStream().write(piece);
      try {
        if (socket.getInputStream().read() < 0) {
          return;
        }
      } catch (SocketTimeoutException e) {
        continue;
      }
    }
  }

  @Test
  void aPeerOfAnotherProtocolIsMalformedAndHungUpOn() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
              assertThat(socket.getInputStream().read()).isEqualTo(-1);
            })) {
      ConnectionException e =
          failure(LoopConnector.on(LOOP).connect(options("127.0.0.1", server.port()).build()));
      assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
      server.join();
    }
  }

  @Test
  void aServerThatHangsUpInsteadOfGreetingIsLost() throws Exception {
    try (RawServer server = new RawServer(socket -> {})) {
      ConnectionException e =
          failure(LoopConnector.on(LOOP).connect(options("127.0.0.1", server.port()).build()));
      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.commandMayHaveRun()).isFalse();
    }
  }

  // ---- names and addresses

  @Test
  void aNameIsLookedUpOffTheLoopAndNotBeyondTheDeadline() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<Boolean> onLoop = new ArrayBlockingQueue<>(1);
    LoopConnector connector =
        LoopConnector.on(LOOP)
            .names(
                host -> {
                  onLoop.add(LOOP.next().equals(currentLoop()));
                  awaitQuietly(never);
                  throw new UnknownHostException(host);
                });
    CompletionStage<LoopConnection> hanging =
        connector.connect(within(options("slow.example", 3306), SOON));
    assertThat(onLoop.take()).isFalse();
    try (ListeningServer server = new ScriptedServer().listen()) {
      await(connect(options(server).build(), LOOP).close());
    }
    ConnectionException e = failure(hanging);
    assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
    assertThat(e).hasMessageEndingWith("looking up the name");
    never.countDown();
  }

  private static Object currentLoop() {
    return LOOP.next().inEventLoop() ? LOOP.next() : new Object();
  }

  @Test
  void everyAddressOfANameIsTriedAndOneThatSwallowsAllDoesNotTakeAllTime() throws Exception {
    try (ListeningServer server = new ScriptedServer().listen();
        ServerSocket full = new ServerSocket(server.port(), 1, address(3));
        Crowd crowd = new Crowd(full)) {
      assertThat(crowd.size()).isPositive();
      LoopConnector connector =
          LoopConnector.on(LOOP)
              .names(host -> new InetAddress[] {address(2), address(3), address(1)});
      LoopConnection connection =
          await(
              connector.connect(
                  within(options("many.example", server.port()), Duration.ofSeconds(3))));
      assertThat(query(connection, "DO 1")).containsExactly("end 0", "done");
      await(connection.close());
    }
  }

  @Test
  void whereAllAddressesFailTheLastOneTellsAndKnowsOfTheOthers() throws Exception {
    LoopConnector connector =
        LoopConnector.on(LOOP).names(host -> new InetAddress[] {address(2), address(3)});
    ConnectionException e =
        failure(connector.connect(options("many.example", unusedPort()).build()));
    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
    assertThat(e.getSuppressed()).hasSize(1);
  }

  @Test
  void aUnixSocketThatIsNotThereRefuses() throws Exception {
    ConnectionException e =
        failure(
            LoopConnector.on(LOOP)
                .connect(
                    ConnectionOptions.builder()
                        .set(Options.LOCAL_SOCKET, "/no/such/socket")
                        .build()));
    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
    assertThat(e).hasMessageContaining("/no/such/socket");
  }

  // ---- the host's own loops, channels, threads

  @Test
  void aChannelThatCannotBeMadeIsAMatterOfConfiguration() throws Exception {
    LoopConnector connector =
        LoopConnector.on(LOOP)
            .tcp(
                () -> {
                  throw new UnsatisfiedLinkError("no native library");
                });
    ConnectionException e = failure(connector.connect(options("127.0.0.1", 3306).build()));
    assertThat(e.reason()).isEqualTo(Reason.CONFIGURATION);
    assertThat(e).hasMessageContaining("no native library");
  }

  @Test
  void aLoopThatDoesNotDriveSuchChannelsIsAMatterOfConfiguration() throws Exception {
    EventLoopGroup strange = new DefaultEventLoopGroup(1);
    try {
      ConnectionException e =
          failure(LoopConnector.on(strange).connect(options("127.0.0.1", 3306).build()));
      assertThat(e.reason()).isEqualTo(Reason.CONFIGURATION);
      assertThat(e).hasMessageContaining("this event loop cannot connect to 127.0.0.1:3306");
    } finally {
      Loops.end(strange);
    }
  }

  @Test
  void aLoopThatIsShutDownTakesNoConnect() throws Exception {
    EventLoopGroup own = Loops.one();
    Loops.end(own);
    ConnectionException e =
        failure(LoopConnector.on(own).connect(options("127.0.0.1", 3306).build()));
    assertThat(e.reason()).isEqualTo(Reason.CONFIGURATION);
    assertThat(e).hasMessageContaining("the event loop is shut down");
  }

  @Test
  void aLoopThatIsShutDownMeanwhileEndsTheConnect() throws Exception {
    EventLoopGroup own = Loops.one();
    BlockingQueue<Runnable> offLoop = new ArrayBlockingQueue<>(1);
    CompletionStage<LoopConnection> connecting =
        LoopConnector.on(own).offLoop(offLoop::add).connect(options("127.0.0.1", 3306).build());
    Runnable lookUp = offLoop.take();
    Loops.end(own);
    lookUp.run();
    assertThat(failure(connecting)).hasMessageContaining("the event loop was shut down");
  }

  @Test
  void anExecutorThatTakesNothingIsAMatterOfConfiguration() throws Exception {
    LoopConnector connector =
        LoopConnector.on(LOOP)
            .offLoop(
                action -> {
                  throw new RejectedExecutionException("full");
                });
    ConnectionException e = failure(connector.connect(options("127.0.0.1", 3306).build()));
    assertThat(e.reason()).isEqualTo(Reason.CONFIGURATION);
  }

  @Test
  void whoListensIsToldOfTheFailureItself() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    refused().whenComplete((connection, failure) -> told.complete(failure));
    assertThat(await(told)).isInstanceOf(ConnectionException.class);
  }

  @Test
  void aConnectionThatNobodyWantsAnyMoreIsClosed() throws Exception {
    CountDownLatch quit = new CountDownLatch(1);
    BlockingQueue<Runnable> offLoop = new ArrayBlockingQueue<>(1);
    ScriptedServer script =
        new ScriptedServer().command(ScriptedServer.QUIT, (payload, wire) -> quit.countDown());
    try (ListeningServer server = script.listen()) {
      CompletionStage<LoopConnection> connecting =
          LoopConnector.on(LOOP).offLoop(offLoop::add).connect(options(server).build());
      connecting.toCompletableFuture().cancel(false);
      offLoop.take().run();
      quit.await();
    }
  }

  @Test
  void credentialsAreAskedForAtEachConnectAndWipedAfterwards() throws Exception {
    List<Credentials> given = new ArrayList<>();
    CredentialsProvider provider =
        (host, port) -> {
          Credentials credentials = Credentials.of("user", "secret");
          given.add(credentials);
          return credentials;
        };
    try (ListeningServer server = new ScriptedServer().listen()) {
      ConnectionOptions options =
          options(server).object(CredentialsProvider.SLOT, provider).build();
      await(connect(options, LOOP).close());
      await(connect(options, LOOP).close());
    }
    assertThat(given)
        .hasSize(2)
        .allSatisfy(used -> assertThat(used.password(1)).containsOnly((byte) 0));
  }

  @Test
  void aProviderThatFailsIsNamed() throws Exception {
    CredentialsProvider provider =
        (host, port) -> {
          throw new IllegalStateException("no token");
        };
    ConnectionException e =
        failure(
            LoopConnector.on(LOOP)
                .connect(
                    options("127.0.0.1", 3306).object(CredentialsProvider.SLOT, provider).build()));
    assertThat(e.reason()).isEqualTo(Reason.CONFIGURATION);
    assertThat(e).hasMessageContaining("no token");
  }

  // ---- words

  private static InetAddress address(int last) throws UnknownHostException {
    return InetAddress.getByAddress("many.example", new byte[] {127, 0, 0, (byte) last});
  }

  private static int unusedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Fills the queue of those who wait for a listener, so that it answers nobody else. */
  private static final class Crowd implements AutoCloseable {
    private final List<Socket> waiting = new ArrayList<>();

    Crowd(ServerSocket listener) throws Exception {
      InetSocketAddress address =
          new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
      while (true) {
        Socket socket = new Socket();
        try {
          socket.connect(address, 200);
          waiting.add(socket);
        } catch (SocketTimeoutException e) {
          socket.close();
          return;
        }
      }
    }

    int size() {
      return waiting.size();
    }

    @Override
    public void close() throws Exception {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }
}
