package io.bonito.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.AdminConnection;
import io.bonito.testkit.server.TestConnections;
import io.bonito.testkit.tls.CertificateAuthority;
import java.io.DataInputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class ScriptedServerTest {
  private static final byte[] LOGIN =
      Frames.frame(
          1,
          new Payload()
              .int32(Capabilities.USUAL)
              .int32(1 << 24)
              .int8(45)
              .zeros(23)
              .nulText("root")
              .int8(0)
              .nulText("mysql_native_password")
              .bytes());

  @Test
  void aClientCanLogInAndReadRowsOverASocket() throws Exception {
    ScriptedServer script =
        new ScriptedServer()
            .query("SELECT id, name", Answer.rows(List.of("id", "name"), List.of("1", "one")));
    try (ListeningServer server = script.listen();
        AdminConnection client = TestConnections.open(server.host(), server.port())) {
      assertThat(client.query("SELECT id, name")).isEqualTo(List.of(List.of("1", "one")));
      client.execute("anything else is answered by OK");

      assertThat(new String(server.talks().get(0).received(), "US-ASCII"))
          .contains("root", "SELECT id, name", "anything else");
    }
  }

  @Test
  void theSameTalkNeedsNoSocket() {
    Talk talk = new ScriptedServer().open();
    assertThat(payloads(talk.fromServer()).get(0)).startsWith(10, '8', '.', '0', '.', '3', '3', 0);

    talk.fromClient(LOGIN);
    assertThat(talk.fromServer()).containsExactly(7, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0);

    talk.fromClient(Frames.frame(0, new byte[] {ScriptedServer.QUIT}));
    assertThat(talk.closed()).isTrue();
  }

  @Test
  void packetsMayArriveByteByByte() {
    Talk talk = new ScriptedServer().open();
    talk.fromServer();
    for (byte one : LOGIN) {
      talk.fromClient(new byte[] {one});
    }
    assertThat(payloads(talk.fromServer())).containsExactly(Packets.ok());
  }

  @Test
  void aLoginMayTakeSeveralPackets() {
    Talk talk =
        new ScriptedServer()
            .login(Answer.packet(Packets.authSwitch("client_ed25519", new byte[32])))
            .auth((payload, wire) -> wire.packet(payload.length == 2 ? Packets.ok() : payload))
            .command(ScriptedServer.PING, Answer.error(1053, "08S01", "bye").then(Answer.hangUp()))
            .open();
    talk.fromServer();
    talk.fromClient(LOGIN);
    assertThat(talk.fromServer()).startsWith(48, 0, 0, 2, 0xfe, 'c', 'l');

    talk.fromClient(Frames.frame(3, new byte[] {9}));
    assertThat(talk.fromServer()).containsExactly(1, 0, 0, 4, 9);
    talk.fromClient(Frames.frame(5, new byte[] {9, 9}));
    assertThat(talk.fromServer()).startsWith(7, 0, 0, 6, 0);

    talk.fromClient(Frames.frame(0, new byte[] {ScriptedServer.PING}));
    assertThat(talk.fromServer()).startsWith(12, 0, 0, 1, 0xff, 0x1d, 4, '#');
    assertThat(talk.closed()).isTrue();
  }

  @Test
  void bytesMayBeAsWrongAsTheTestWants() {
    Talk talk = new ScriptedServer().greeting(wire -> wire.raw((byte) 'H', (byte) 'T')).open();
    assertThat(talk.fromServer()).containsExactly('H', 'T');
    assertThatThrownBy(
            () ->
                new ScriptedServer()
                    .greeting(wire -> wire.startTls(CertificateAuthority.sharedServer().context()))
                    .open())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aPayloadOf16MiBIsTwoPackets() {
    byte[] big = new byte[0xffffff];
    byte[] packets = Frames.frame(3, big);
    assertThat(packets)
        .hasSize(4 + big.length + 4)
        .startsWith(255, 255, 255, 3)
        .endsWith(0, 0, 0, 4);
    assertThat(payloads(packets)).hasSize(1);
  }

  @Test
  void tlsBeginsAfterTheRequest() throws Exception {
    SSLContext context = CertificateAuthority.sharedServer().context();
    ScriptedServer script =
        new ScriptedServer()
            .greeting("8.0.33", Capabilities.USUAL | Capabilities.SSL, "mysql_native_password")
            .sslRequest((payload, wire) -> wire.startTls(context));
    try (ListeningServer server = script.listen();
        Socket plain = new Socket(server.host(), server.port())) {
      DataInputStream in = new DataInputStream(plain.getInputStream());
      in.skipNBytes((Integer.reverseBytes(in.readInt()) & 0xffffff));
      plain
          .getOutputStream()
          .write(
              Frames.frame(
                  1,
                  new Payload()
                      .int32(Capabilities.USUAL | Capabilities.SSL)
                      .int32(1 << 24)
                      .int8(45)
                      .zeros(23)
                      .bytes()));
      SSLSocket secure =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
      byte[] login = LOGIN.clone();
      login[3] = 2;
      secure.getOutputStream().write(login);
      assertThat(secure.getInputStream().readNBytes(5)).containsExactly(7, 0, 0, 3, 0);
    }
  }

  @Test
  void aResetIsNoEndOfStream() throws Exception {
    try (ListeningServer server = new ScriptedServer().greeting(Answer.reset()).listen();
        Socket client = new Socket(server.host(), server.port())) {
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  private static List<byte[]> payloads(byte[] bytes) {
    List<byte[]> payloads = new ArrayList<>();
    new Frames().feed(bytes, 0, bytes.length, (number, payload) -> payloads.add(payload));
    return payloads;
  }
}
