package io.bonito.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.script.Packets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host that swallows what asks for a connection, and then no longer does. */
@Timeout(120)
class RedialTest {
  /** Linux' lists of connections: who asks, and from which port. */
  private static final List<Path> CONNECTIONS =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private static final String ASKING = "02";

  @Test
  void whoIsNotAnsweredIsDialledAnewByOneSocketAtATime() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      List<Socket> crowd = fill(server);
      ConnectionOptions options =
          ConnectionOptions.builder()
              .set(Options.HOST, "127.0.0.1")
              .set(Options.PORT, server.getLocalPort())
              .set(Options.CONNECT_TIMEOUT, Duration.ofSeconds(30))
              .build();
      CompletableFuture<Void> connected =
          CompletableFuture.runAsync(() -> open(options), task -> new Thread(task).start());
      Set<Integer> ours = new LinkedHashSet<>();
      while (ours.size() < 4) {
        assertThat(connected).isNotDone();
        Set<Integer> now = asking(server.getLocalPort());
        assertThat(now).as("sockets of one connection").hasSizeLessThanOrEqualTo(1);
        ours.addAll(now);
        LockSupport.parkNanos(5_000_000);
      }
      assertThat(answerAfter(crowd, server))
          .as("the port that came through")
          .isNotEqualTo(first(ours));
      assertThatThrownBy(() -> connected.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .rootCause()
          .hasMessageContaining("you were heard");
    }
  }

  private static Integer first(Set<Integer> ports) {
    return ports.iterator().next();
  }

  /**
   * Takes the crowd, and then answers whoever comes.
   *
   * @return from which port it came
   */
  private static int answerAfter(List<Socket> crowd, ServerSocket server) throws IOException {
    for (Socket socket : crowd) {
      server.accept().close();
      socket.close();
    }
    byte[] error = Packets.error(1040, "08004", "you were heard");
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(new byte[] {(byte) error.length, 0, 0, 0});
      socket.getOutputStream().write(error);
      assertThat(socket.getInputStream().read()).as("closed by the client").isEqualTo(-1);
      return socket.getPort();
    }
  }

  private static void open(ConnectionOptions options) {
    try {
      BlockingTransport.open(options).close();
    } catch (ConnectionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fills the queue of a listener that takes nobody: from then on it answers nobody. */
  private static List<Socket> fill(ServerSocket listener) throws IOException {
    List<Socket> crowd = new ArrayList<>();
    while (true) {
      Socket socket = new Socket();
      try {
        socket.connect(listener.getLocalSocketAddress(), 300);
        crowd.add(socket);
      } catch (SocketTimeoutException e) {
        socket.close();
        return crowd;
      }
    }
  }

  /** The local ports of those that ask this one of 127.0.0.1 for a connection. */
  private static Set<Integer> asking(int port) throws IOException {
    String remote = String.format(Locale.ROOT, "0100007F:%04X", port);
    Set<Integer> ports = new LinkedHashSet<>();
    for (Path list : CONNECTIONS) {
      for (String line : Files.readAllLines(list)) {
        String[] fields = line.trim().split(" +");
        if (fields[2].endsWith(remote) && fields[3].equals(ASKING)) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }
}
