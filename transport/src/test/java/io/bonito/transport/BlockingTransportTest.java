package io.bonito.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockingTransportTest {
  private static final Duration SOON = Duration.ofMillis(400);

  // ---- connecting

  @Test
  void aPortWhereNobodyListensRefuses() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    ConnectionException e = failure(options(port));

    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
    assertThat(e).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("nobody listens");
  }

  @Test
  void aNameWithoutAddressIsUnresolved() {
    ConnectionException e =
        failure(ConnectionOptions.builder().set(Options.HOST, "no-such-host.invalid"));

    assertThat(e.reason()).isEqualTo(Reason.UNRESOLVED);
  }

  @Test
  void aMachineThatDoesNotAnswerTimesOut() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      List<Socket> waiting = fill(full);
      long start = System.nanoTime();
      ConnectionException e =
          failure(options(full.getLocalPort()).set(Options.CONNECT_TIMEOUT, SOON));

      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(e).hasMessageContaining("within 400 ms").hasMessageEndingWith("connecting");
      assertThat(since(start)).isGreaterThanOrEqualTo(SOON.minusMillis(1));
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void aServerThatDoesNotGreetTimesOut() throws Exception {
    try (RawServer server = new RawServer(socket -> socket.getInputStream().read())) {
      ConnectionException e = failure(options(server.port()).set(Options.CONNECT_TIMEOUT, SOON));

      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(e).hasMessageContaining("waiting for the server's greeting");
      server.join();
    }
  }

  /** Each byte comes in time; the whole does not. */
  @Test
  void theDeadlineIsOfAllBytesTogether() throws Exception {
    byte[] greeting = Packets.greeting("8.0.33", -1, "mysql_native_password");
    try (RawServer server =
        new RawServer(
            socket -> {
              socket.getOutputStream().write(new byte[] {(byte) greeting.length, 0, 0, 0});
              for (byte piece : greeting) {
                socket.getOutputStream().write(piece);
                socket.setSoTimeout(100);
                try {
                  if (socket.getInputStream().read() < 0) {
                    return;
                  }
                } catch (SocketTimeoutException e) {
                  continue;
                }
              }
            })) {
      long start = System.nanoTime();
      ConnectionException e = failure(options(server.port()).set(Options.CONNECT_TIMEOUT, SOON));

      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(since(start)).isGreaterThanOrEqualTo(SOON.minusMillis(1));
      server.join();
    }
  }

  @Test
  void aLoginThatIsNotAnsweredTimesOut() throws Exception {
    try (ListeningServer server = new ScriptedServer().login(Answer.silence()).listen()) {
      ConnectionException e = failure(options(server).set(Options.CONNECT_TIMEOUT, SOON));

      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(e).hasMessageContaining("logging in");
    }
  }

  @Test
  void aServerThatIsFullRejects() throws Exception {
    try (ListeningServer server =
        new ScriptedServer()
            .greeting(wire -> wire.packet(0, Packets.error(1040, "08004", "Too many connections")))
            .listen()) {
      ConnectionException e = failure(options(server));

      assertThat(e.reason()).isEqualTo(Reason.REJECTED);
      assertThat(e.serverError().orElseThrow().code()).isEqualTo(1040);
      assertThat(e.sqlState()).isEqualTo("08004");
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
      ConnectionException e = failure(options(server.port()));

      assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
      server.join();
    }
  }

  @Test
  void aServerThatHangsUpInsteadOfGreetingIsLost() throws Exception {
    try (RawServer server = new RawServer(socket -> {})) {
      ConnectionException e = failure(options(server.port()));

      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.commandMayHaveRun()).isFalse();
    }
  }

  @Test
  void everyAddressOfANameIsTried() throws Exception {
    // The server listens on 127.0.0.1 alone; where localhost is ::1 as well, that one refuses.
    try (ListeningServer server = new ScriptedServer().listen()) {
      BlockingTransport.open(options(server).set(Options.HOST, "localhost").build()).close();
    }
  }

  @Test
  void opensSocketsThroughTheApplicationsOpener() throws Exception {
    List<String> asked = new ArrayList<>();
    try (ListeningServer server = new ScriptedServer().listen()) {
      SocketOpener opener =
          (host, port, timeLeft) -> {
            asked.add(host + ":" + port);
            assertThat(timeLeft).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
            return new Socket(server.host(), server.port());
          };
      ConnectionOptions options =
          ConnectionOptions.builder()
              .set(Options.HOST, "tunnelled.example")
              .object(SocketOpener.SLOT, opener)
              .build();

      BlockingTransport.open(options).close();
    }
    assertThat(asked).containsExactly("tunnelled.example:3306");
  }

  @Test
  void anOpenersFailureIsToldLikeOurOwn() {
    SocketOpener opener =
        (host, port, timeLeft) -> {
          throw new UnknownHostException(host);
        };
    ConnectionException e = failure(ConnectionOptions.builder().object(SocketOpener.SLOT, opener));

    assertThat(e.reason()).isEqualTo(Reason.UNRESOLVED);
  }

  @Test
  void aUnixSocketThatIsNotThereRefuses() {
    ConnectionException e =
        failure(ConnectionOptions.builder().set(Options.LOCAL_SOCKET, "/no/such/socket"));

    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
    assertThat(e).hasMessageContaining("/no/such/socket");
  }

  // ---- in use

  @Test
  void aDeadlineThatPassesClosesTheConnection() throws Exception {
    try (ListeningServer server =
            new ScriptedServer().query("SELECT SLEEP(9)", Answer.silence()).listen();
        BlockingTransport transport = open(server)) {
      QueryExchange query = transport.session().query("SELECT SLEEP(9)");
      query.deadline(System.nanoTime() + SOON.toNanos());
      long start = System.nanoTime();
      ConnectionException e = failure(transport);

      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(e.commandMayHaveRun()).isTrue();
      assertThat(since(start)).isGreaterThanOrEqualTo(SOON.minusMillis(1));
      assertThat(transport.isOpen()).isFalse();
      assertThat(failure(transport).reason()).isEqualTo(Reason.CLOSED);
    }
  }

  @Test
  void aPauseLongerThanSocketTimeoutClosesTheConnection() throws Exception {
    try (ListeningServer server =
            new ScriptedServer().query("SELECT SLEEP(9)", Answer.silence()).listen();
        BlockingTransport transport =
            BlockingTransport.open(options(server).set(Options.SOCKET_TIMEOUT, SOON).build())) {
      transport.session().query("SELECT SLEEP(9)");
      ConnectionException e = failure(transport);

      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(e).hasMessageContaining("within 400 ms");
    }
  }

  @Test
  void anAnswerThatBreaksOffIsLost() throws Exception {
    Answer half =
        wire -> {
          wire.raw((byte) 1, (byte) 0, (byte) 0, (byte) 1, (byte) 1, (byte) 30);
          wire.hangUp();
        };
    try (ListeningServer server = new ScriptedServer().query("SELECT 1", half).listen();
        BlockingTransport transport = open(server)) {
      transport.session().query("SELECT 1");
      ConnectionException e = failure(transport);

      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.commandMayHaveRun()).isTrue();
      assertThat(e).hasMessageContaining("the server closed the connection");
    }
  }

  @Test
  void aResetIsLost() throws Exception {
    try (ListeningServer server = new ScriptedServer().query("SELECT 1", Answer.reset()).listen();
        BlockingTransport transport = open(server)) {
      transport.session().query("SELECT 1");
      ConnectionException e = failure(transport);

      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.commandMayHaveRun()).isTrue();
    }
  }

  /** What MySQL says since 8.0.24 when it closes an idle connection. */
  @Test
  void aGoodbyeToAnIdleConnectionIsRepeatedAndNothingHasRun() throws Exception {
    Answer goodbye =
        wire -> {
          wire.packet(Packets.ok());
          wire.packet(0, Packets.error(4031, "HY000", "The client was disconnected"));
          wire.hangUp();
        };
    try (ListeningServer server = new ScriptedServer().query("DO 1", goodbye).listen();
        BlockingTransport transport = open(server)) {
      transport.session().query("DO 1");
      while (transport.next() != Event.DONE) {}
      transport.session().query("DO 2");
      ConnectionException e = failure(transport);

      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.serverError().orElseThrow().code()).isEqualTo(4031);
      assertThat(e.commandMayHaveRun()).isFalse();
    }
  }

  @Test
  void nonsenseClosesTheConnectionBeforeItIsTold() throws Exception {
    try (ListeningServer server =
            new ScriptedServer().query("SELECT 1", Answer.raw(new byte[64])).listen();
        BlockingTransport transport = open(server)) {
      transport.session().query("SELECT 1");
      ConnectionException e = failure(transport);

      assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
      assertThat(transport.isOpen()).isFalse();
    }
  }

  @Test
  void abortEndsAWaitOnAnotherThread() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Answer silence = wire -> asked.countDown();
    try (ListeningServer server = new ScriptedServer().query("SELECT SLEEP(9)", silence).listen();
        BlockingTransport transport = open(server)) {
      Thread aborter =
          new Thread(
              () -> {
                try {
                  asked.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                transport.abort();
              });
      aborter.start();
      transport.session().query("SELECT SLEEP(9)");
      ConnectionException e = failure(transport);

      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e).hasMessageContaining("another thread closed it");
      assertThat(e.commandMayHaveRun()).isTrue();
      aborter.join();
    }
  }

  /** A platform thread on TCP is not disturbed; so JDBC programs expect it. */
  @Test
  void anInterruptWaitsUntilAfterTheAnswer() throws Exception {
    try (ListeningServer server = new ScriptedServer().listen();
        BlockingTransport transport = open(server)) {
      Thread.currentThread().interrupt();
      transport.session().query("DO 1");
      while (transport.next() != Event.DONE) {}

      assertThat(Thread.interrupted()).isTrue();
      assertThat(transport.isOpen()).isTrue();
    }
  }

  @Test
  void takesLeaveWithQuit() throws Exception {
    CountDownLatch quit = new CountDownLatch(1);
    try (ListeningServer server =
        new ScriptedServer()
            .command(ScriptedServer.QUIT, (payload, wire) -> quit.countDown())
            .listen()) {
      open(server).close();
      quit.await();
    }
  }

  @Test
  void closingInTheMiddleOfAnAnswerDoesNotWait() throws Exception {
    try (ListeningServer server =
            new ScriptedServer().query("SELECT SLEEP(9)", Answer.silence()).listen();
        BlockingTransport transport = open(server)) {
      transport.session().query("SELECT SLEEP(9)");
      transport.close();

      assertThat(failure(transport).reason()).isEqualTo(Reason.CLOSED);
    }
  }

  @Test
  void aServerThatTakesNoMoreBytesIsGivenUpAtTheDeadline() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              logIn(socket);
              Thread.sleep(10_000);
            })) {
      BlockingTransport transport = BlockingTransport.open(options(server.port()).build());
      QueryExchange query = transport.session().query("SELECT '" + "x".repeat(30_000_000) + "'");
      query.deadline(System.nanoTime() + SOON.toNanos());
      long start = System.nanoTime();
      ConnectionException e = failure(transport);

      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(since(start)).isGreaterThanOrEqualTo(SOON.minusMillis(1));
    }
  }

  /** The server says why before it closes, and does not read the rest. */
  @Test
  void theServersLastWordsCountForMoreThanABrokenPipe() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              logIn(socket);
              socket.getInputStream().readNBytes(4);
              byte[] error = Packets.error(1153, "08S01", "Got a packet bigger than allowed");
              socket.getOutputStream().write(new byte[] {(byte) error.length, 0, 0, 1});
              socket.getOutputStream().write(error);
              socket.shutdownOutput();
              socket.getInputStream().skipNBytes(1_000_000);
            })) {
      try (BlockingTransport transport = BlockingTransport.open(options(server.port()).build())) {
        transport.session().query("SELECT '" + "x".repeat(12_000_000) + "'");

        assertThat(transport.next()).isEqualTo(Event.FAILED);
        assertThat(transport.session().error().code()).isEqualTo(1153);
      }
    }
  }

  // ---- helpers

  private static BlockingTransport open(ListeningServer server) throws ConnectionException {
    return BlockingTransport.open(options(server).build());
  }

  private static ConnectionException failure(ConnectionOptions.Builder options) {
    return catchThrowableOfType(
        ConnectionException.class, () -> BlockingTransport.open(options.build()).close());
  }

  private static ConnectionException failure(BlockingTransport transport) {
    return catchThrowableOfType(
        ConnectionException.class,
        () -> {
          while (transport.next() != Event.DONE) {}
        });
  }

  private static ConnectionOptions.Builder options(ListeningServer server) {
    return options(server.port());
  }

  private static ConnectionOptions.Builder options(int port) {
    return ConnectionOptions.builder().set(Options.HOST, "127.0.0.1").set(Options.PORT, port);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Greets, takes any login, and answers the questions for the server's profile with OK. */
  private static void logIn(Socket socket) throws IOException {
    byte[] greeting = Packets.greeting("8.0.33", Capabilities.USUAL, "mysql_native_password");
    socket.getOutputStream().write(new byte[] {(byte) greeting.length, 0, 0, 0});
    socket.getOutputStream().write(greeting);
    answer(socket, 2);
    for (int question = 0; question < ServerProfile.QUESTIONS.size(); question++) {
      answer(socket, 1);
    }
  }

  private static void answer(Socket socket, int sequence) throws IOException {
    byte[] header = socket.getInputStream().readNBytes(4);
    socket.getInputStream().readNBytes((header[0] & 0xFF) | (header[1] & 0xFF) << 8);
    byte[] ok = Packets.ok();
    socket.getOutputStream().write(new byte[] {(byte) ok.length, 0, 0, (byte) sequence});
    socket.getOutputStream().write(ok);
  }

  /** Connects until the system takes no more for a listener that accepts none. */
  private static List<Socket> fill(ServerSocket listener) throws IOException {
    List<Socket> waiting = new ArrayList<>();
    while (true) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 300);
      } catch (SocketTimeoutException e) {
        return waiting;
      }
    }
  }
}
