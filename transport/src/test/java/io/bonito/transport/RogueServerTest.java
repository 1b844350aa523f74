package io.bonito.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bonito.protocol.ServerProfile;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import io.bonito.testkit.script.ScriptedServer;
import io.bonito.testkit.tls.CertificateAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that stop reading, lie about themselves or say too much, to a connection in use. */
@Timeout(120)
class RogueServerTest {
  private static final Duration SOON = Duration.ofMillis(400);

  // A server that takes no more bytes.

  @Test
  void aServerThatTakesNoMoreBytesOverTlsIsGivenUpAtTheDeadline() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            socket -> {
              packet(
                  socket,
                  0,
                  Packets.greeting(
                      "8.0.33", Capabilities.USUAL | Capabilities.SSL, "mysql_native_password"));
              socket.getInputStream().readNBytes(36);
              SSLSocket encrypting =
                  (SSLSocket)
                      CertificateAuthority.sharedServer()
                          .context()
                          .getSocketFactory()
                          .createSocket(socket, null, socket.getPort(), /* autoClose= */ false);
              encrypting.setUseClientMode(false);
              answerLogin(encrypting, 3);
              over.await();
            })) {
      ConnectionOptions options =
          options(server.port())
              .set(Options.HOST, "localhost")
              .set(TlsOptions.SERVER_SSL_CERT, CertificateAuthority.shared().pem())
              .set("sslMode", "VERIFY_IDENTITY")
              .build();
      BlockingConnection db = BlockingConnection.connect(options);
      assertThat(db.transport().isEncrypted()).isTrue();
      db.timeout(SOON);
      assertGivenUp(() -> db.query("SELECT '" + "x".repeat(30_000_000) + "'"));
      assertThat(db.isConnected()).isFalse();
    } finally {
      over.countDown();
    }
  }

  @Test
  void aServerThatStopsTakingWhatItLoadsIsGivenUpAtTheDeadline() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            socket -> {
              packet(
                  socket,
                  0,
                  Packets.greeting("8.0.33", Capabilities.USUAL, "mysql_native_password"));
              answerLogin(socket, 2);
              read(socket);
              packet(socket, 1, Packets.localInfile("x"));
              over.await();
            })) {
      BlockingConnection db =
          BlockingConnection.connect(
              options(server.port()).set(TlsOptions.ALLOW_LOAD_LOCAL_INFILE, true).build());
      db.timeout(SOON);
      assertGivenUp(() -> db.load("LOAD DATA LOCAL INFILE 'x' INTO TABLE t", endlessInSmallBits()));
      assertThat(db.isConnected()).isFalse();
    } finally {
      over.countDown();
    }
  }

  private static void assertGivenUp(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    ConnectionException e = catchThrowableOfType(ConnectionException.class, call);
    assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
    assertThat(e.commandMayHaveRun()).isTrue();
  }

  /** Each piece fits into the buffers of both systems; all of them do not. */
  private static InputStream endlessInSmallBits() {
    return new InputStream() {
      @Override
      public int read() {
        return 'x';
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return Math.min(length, 1000);
      }
    };
  }

  // A server that lies about itself.

  /** Its answers to what each first connection asks are values that no getter can read. */
  @Test
  void nonsenseInTheServersProfileIsNoObstacle() throws Exception {
    Answer nonsense =
        wire -> {
          wire.packet(new byte[] {1});
          wire.packet(Packets.column("a", 254, 1, 0));
          wire.packet(new Payload().lengthBytes(new byte[] {-1, -2, -3}).bytes());
          wire.packet(Packets.endOk(2));
        };
    Answer endless =
        wire -> {
          wire.packet(new byte[] {2});
          wire.packet(Packets.column("Variable_name", 253, 45, 0));
          wire.packet(Packets.column("Value", 253, 45, 0));
          for (int i = 0; i < 50_000; i++) {
            wire.packet(Packets.textRow(List.of("variable_" + i, "\u0000".repeat(i % 90))));
          }
          wire.packet(Packets.endOk(2));
        };
    ScriptedServer script =
        new ScriptedServer()
            .greeting("8.0.33-nonsense", Capabilities.USUAL, "mysql_native_password")
            .query(ServerProfile.QUESTIONS.get(0), nonsense)
            .query(ServerProfile.QUESTIONS.get(1), endless)
            .query("SELECT 1", Answer.rows(List.of("a"), List.of("1")));
    try (ListeningServer server = script.listen();
        BlockingConnection db = BlockingConnection.connect(options(server.port()).build())) {
      assertThat(db.query("SELECT 1").list(row -> row.getInt(0))).containsExactly(1);
    }
  }

  @Test
  void aProfileThatBreaksOffClosesTheConnection() throws Exception {
    ScriptedServer script =
        new ScriptedServer()
            .greeting("8.0.33-broken", Capabilities.USUAL, "mysql_native_password")
            .query(ServerProfile.QUESTIONS.get(0), Answer.packet(new byte[] {1, 2, 3}));
    try (ListeningServer server = script.listen()) {
      ConnectionException e =
          catchThrowableOfType(
              ConnectionException.class,
              () -> BlockingConnection.connect(options(server.port()).build()));
      assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
    }
  }

  // A server that says too much.

  @Test
  void anErrorsTextIsMadeHarmless() throws Exception {
    String text = "\u001b[2J\r\nno ".repeat(200);
    ScriptedServer script = new ScriptedServer().query("BAD", Answer.error(1064, "42000", text));
    try (ListeningServer server = script.listen();
        BlockingConnection db = BlockingConnection.connect(options(server.port()).build())) {
      QueryFailedException e =
          catchThrowableOfType(QueryFailedException.class, () -> db.query("BAD"));
      assertThat(e.getMessage()).doesNotContain("\u001b", "\r", "\n").endsWith("... (error 1064)");
      assertThat(e.error().message()).isEqualTo(text);
      db.ping();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1", "SELECT ?"})
  void aFileThatNoStreamWasGivenForIsNotRead(String sql) throws Exception {
    ScriptedServer script =
        new ScriptedServer()
            .query("SELECT 1", Answer.packet(Packets.localInfile("/etc/passwd")))
            .command(
                ScriptedServer.PREPARE,
                wire -> {
                  wire.packet(Packets.prepared(1, 0, 1));
                  wire.packet(Packets.column("?", 253, 63, 0));
                })
            .command(ScriptedServer.EXECUTE, Answer.packet(Packets.localInfile("/etc/passwd")));
    try (ListeningServer server = script.listen()) {
      BlockingConnection db = BlockingConnection.connect(options(server.port()).build());
      Object[] arguments = sql.contains("?") ? new Object[] {1} : new Object[0];
      ConnectionException e =
          catchThrowableOfType(ConnectionException.class, () -> db.query(sql, arguments));
      assertThat(e.reason()).isEqualTo(Reason.DEMAND_REFUSED);
      assertThat(db.isConnected()).isFalse();
      assertThat(server.talks()).hasSize(1);
      assertThatThrownBy(db::ping).isInstanceOf(ConnectionException.class);
    }
  }

  @Test
  void aRedirectionIsNotFollowed() throws Exception {
    byte[] pair =
        new Payload()
            .lengthText("redirect_url")
            .lengthText("mysql://evil.example:3306/?user=u")
            .bytes();
    byte[] changes = new Payload().int8(0).lengthBytes(pair).bytes();
    byte[] ok =
        new Payload().zeros(3).int16(0x4002).int16(0).lengthText("").lengthBytes(changes).bytes();
    ScriptedServer script = new ScriptedServer().login(Answer.packet(ok));
    try (ListeningServer server = script.listen();
        BlockingConnection db = BlockingConnection.connect(options(server.port()).build())) {
      db.ping();
      assertThat(server.talks()).hasSize(1);
    }
  }

  // Time.

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE})
  void aTimeoutThatIsNoneIsRefusedWhereItIsSet(long seconds) throws Exception {
    try (ListeningServer server = new ScriptedServer().listen();
        BlockingConnection db = BlockingConnection.connect(options(server.port()).build())) {
      assertThatThrownBy(() -> db.timeout(Duration.ofSeconds(seconds)))
          .isInstanceOf(IllegalArgumentException.class);
      db.timeout(Duration.ofDays(36_500));
      db.ping();
    }
  }

  // ---- helpers

  private static ConnectionOptions.Builder options(int port) {
    return ConnectionOptions.builder().set(Options.HOST, "127.0.0.1").set(Options.PORT, port);
  }

  /** Takes any login, and answers the questions for the server's profile with OK. */
  private static void answerLogin(Socket socket, int sequence) throws IOException {
    read(socket);
    packet(socket, sequence, Packets.ok());
    for (int question = 0; question < ServerProfile.QUESTIONS.size(); question++) {
      read(socket);
      packet(socket, 1, Packets.ok());
    }
  }

  private static void read(Socket socket) throws IOException {
    byte[] header = socket.getInputStream().readNBytes(4);
    socket.getInputStream().readNBytes((header[0] & 0xFF) | (header[1] & 0xFF) << 8);
  }

  private static void packet(Socket socket, int sequence, byte[] payload) throws IOException {
    byte[] packet = new byte[4 + payload.length];
    packet[0] = (byte) payload.length;
    packet[1] = (byte) (payload.length >> 8);
    packet[3] = (byte) sequence;
    System.arraycopy(payload, 0, packet, 4, payload.length);
    socket.getOutputStream().write(packet);
  }
}
