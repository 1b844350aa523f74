package io.bonito.testkit.fault;

import static io.bonito.testkit.fault.Direction.TO_CLIENT;
import static io.bonito.testkit.fault.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FaultProxyTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Two packets: 01 and 02 03. */
  private static final byte[] ANSWER = {1, 0, 0, 1, 1, 2, 0, 0, 2, 2, 3};

  private ListeningServer server;
  private FaultProxy proxy;
  private Socket client;

  @BeforeEach
  void connect() throws IOException {
    server =
        new ScriptedServer()
            .command(7, Answer.packet(new byte[] {1}).then(Answer.packet(new byte[] {2, 3})))
            .listen();
    proxy = FaultProxy.before(server.host(), server.port());
    client = new Socket(proxy.host(), proxy.port());
    client.setSoTimeout((int) LONG.toMillis());
    readPacket();
    // Any payload logs in.
    client.getOutputStream().write(Frames.frame(1, new byte[] {0}));
    readPacket();
    proxy.mark();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
    server.close();
  }

  private void readPacket() throws IOException {
    InputStream in = client.getInputStream();
    byte[] header = in.readNBytes(4);
    in.skipNBytes(header[0]);
  }

  private void ask() throws IOException {
    client.getOutputStream().write(Frames.frame(0, new byte[] {7}));
  }

  private byte[] read(int count) throws IOException {
    return client.getInputStream().readNBytes(count);
  }

  @Test
  void withoutFaultsItOnlyCounts() throws Exception {
    ask();
    assertThat(read(11)).isEqualTo(ANSWER);
    ProxiedConnection connection = proxy.awaitConnection(1, LONG);
    connection.awaitPackets(TO_CLIENT, 4, LONG);
    assertThat(connection.packets(TO_SERVER)).isEqualTo(2);
    assertThat(connection.bytes(TO_SERVER)).isEqualTo(10);

    client.close();
    connection.awaitClosed(LONG);
  }

  @Test
  void aCutEndsTheStreamAtAByteOfAPacket() throws Exception {
    for (int offset = 0; offset <= 6; offset++) {
      close();
      connect();
      proxy.add(Fault.at(TO_CLIENT, 1, offset).cut());
      ask();
      assertThat(read(100))
          .as("cut at %s", offset)
          .containsExactly(java.util.Arrays.copyOf(ANSWER, 5 + offset));
      proxy.awaitFired(1, LONG);
    }
  }

  @Test
  void aResetIsSeenAsSuch() throws Exception {
    proxy.add(Fault.before(TO_SERVER, 0).reset());
    ask();
    assertThatThrownBy(() -> read(1)).isInstanceOf(SocketException.class);
    assertThat(server.talks().get(0).received()).hasSize(5);
  }

  @Test
  void aHalfCloseLeavesTheOtherDirection() throws Exception {
    proxy.add(Fault.after(TO_CLIENT, 1).halfClose());
    ask();
    assertThat(read(100)).isEqualTo(ANSWER);
    ask();
    proxy.awaitConnection(1, LONG).awaitPackets(TO_SERVER, 3, LONG);
  }

  @Test
  void aFaultForEachHappensInAllThatComeUntilItIsHealed() throws Exception {
    proxy.addToEach(Fault.before(TO_CLIENT, 0).cut());
    for (int i = 0; i < 2; i++) {
      try (Socket next = new Socket(proxy.host(), proxy.port())) {
        next.setSoTimeout((int) LONG.toMillis());
        assertThat(next.getInputStream().read()).isEqualTo(-1);
      }
    }
    // Not in the one that was there, nor in those that come afterwards.
    ask();
    assertThat(read(11)).isEqualTo(ANSWER);
    proxy.heal();
    try (Socket next = new Socket(proxy.host(), proxy.port())) {
      next.setSoTimeout((int) LONG.toMillis());
      assertThat(next.getInputStream().read()).isPositive();
    }
  }

  @Test
  void aStallLastsUntilItIsHealed() throws Exception {
    proxy.add(Fault.at(TO_CLIENT, 1, 2).stall());
    ask();
    assertThat(read(7)).containsExactly(1, 0, 0, 1, 1, 2, 0);
    proxy.awaitFired(1, LONG);
    client.setSoTimeout(50);
    assertThatThrownBy(() -> read(1)).isInstanceOf(SocketTimeoutException.class);

    proxy.heal();
    client.setSoTimeout((int) LONG.toMillis());
    assertThat(read(4)).containsExactly(0, 2, 2, 3);
  }

  @Test
  void whatIsSwallowedIsLost() throws Exception {
    proxy.add(Fault.before(TO_CLIENT, 0).swallow());
    ask();
    ProxiedConnection connection = proxy.awaitConnection(1, LONG);
    connection.awaitPackets(TO_CLIENT, 4, LONG);
    proxy.heal();
    ask();
    assertThat(read(11)).isEqualTo(ANSWER);
  }

  @Test
  void aDelayRestsOnce() throws Exception {
    proxy.add(Fault.before(TO_CLIENT, 0).delay(Duration.ofMillis(120)));
    long begin = System.nanoTime();
    ask();
    assertThat(read(11)).isEqualTo(ANSWER);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(115));
  }

  @Test
  void aDuplicatePassesTwice() throws Exception {
    proxy.add(Fault.before(TO_CLIENT, 0).duplicate());
    ask();
    assertThat(read(16)).containsExactly(1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 2, 0, 0, 2, 2, 3);
  }

  @Test
  void aDroppedPacketIsMissingAndTheNextIsThere() throws Exception {
    proxy.add(Fault.before(TO_CLIENT, 0).drop());
    ask();
    assertThat(read(6)).containsExactly(2, 0, 0, 2, 2, 3);
  }

  @Test
  void bytesCanComeInBetween() throws Exception {
    proxy.add(Fault.after(TO_CLIENT, 0).insert((byte) 9, (byte) 8));
    ask();
    assertThat(read(13)).containsExactly(1, 0, 0, 1, 1, 9, 8, 2, 0, 0, 2, 2, 3);
  }

  @Test
  void aRateAndPiecesChangeNothingButTime() throws Exception {
    proxy.add(Fault.before(TO_CLIENT, 0).pieces(1));
    proxy.add(Fault.at(TO_CLIENT, 0, 1).rate(100));
    long begin = System.nanoTime();
    ask();
    assertThat(read(11)).isEqualTo(ANSWER);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(80));
  }

  @Test
  void connectionsCanBeRefusedForAWhile() throws Exception {
    proxy.refuse();
    assertThatThrownBy(() -> new Socket(proxy.host(), proxy.port()).close())
        .isInstanceOf(ConnectException.class);
    proxy.listenAgain();
    try (Socket again = new Socket(proxy.host(), proxy.port())) {
      assertThat(again.getInputStream().read()).isPositive();
    }
    ask();
    assertThat(read(11)).isEqualTo(ANSWER);
  }

  @Test
  void afterARequestForTlsBytesAreCountedWithoutPackets() throws Exception {
    try (Socket other = new Socket(proxy.host(), proxy.port())) {
      byte[] request = new byte[32];
      request[1] = 0x08;
      proxy.add(Fault.at(TO_SERVER, 1, 3).cut());
      other.getOutputStream().write(Frames.frame(1, request));
      other.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 2});
      proxy.awaitFired(1, LONG);
    }
  }

  @Test
  void unixSocketsAreProxiedToo(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("p");
    try (FaultProxy unix =
            FaultProxy.before(new InetSocketAddress(proxy.host(), proxy.port()), path);
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      unix.add(Fault.at(TO_CLIENT, 1, 0).cut());
      byte[] header = Channels.newInputStream(channel).readNBytes(4);
      Channels.newInputStream(channel).skipNBytes(header[0]);
      channel.write(ByteBuffer.wrap(Frames.frame(1, new byte[] {0})));
      assertThat(Channels.newInputStream(channel).read()).isEqualTo(-1);
    }
    assertThat(path).doesNotExist();
  }
}
