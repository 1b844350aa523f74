package io.bonito.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.ServerProfile;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.Packets;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A server that keeps what it was asked and, with each, whether more had been written by then; on
 * whose word of itself it depends what a driver may do.
 */
final class AskedServer implements AutoCloseable {
  /** Answered when {@link #given} says so, which is before what stands behind it is read. */
  static final String FIRST = "FIRST";

  /**
   * @param connection counts from 0
   * @param more whether bytes of another command were there before this one was answered
   */
  record Command(int connection, String sql, boolean more) {}

  private final String version;
  private final String comment;
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final List<Command> commands = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Nothing is answered to a question before. */
  volatile CountDownLatch questionsMayBeAnswered = new CountDownLatch(0);

  /** Counted down when a question has come. */
  final CountDownLatch asked = new CountDownLatch(1);

  /** Counted down by whoever gives commands, when all are given. */
  volatile CountDownLatch given = new CountDownLatch(0);

  /** How many connections break off at their second question. */
  volatile int breaksOff;

  AskedServer(String version, String comment) throws IOException {
    this.version = version;
    this.comment = comment;
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  List<Command> commands() {
    return List.copyOf(commands);
  }

  /** Of this text, in the order in which they came. */
  List<Command> commands(String sql) {
    return commands.stream().filter(command -> command.sql.equals(sql)).toList();
  }

  private void accept() throws IOException {
    for (int number = 0; !listener.isClosed(); number++) {
      Socket socket = listener.accept();
      sockets.add(socket);
      int connection = number;
      daemon(() -> serve(socket, connection));
    }
  }

  private void serve(Socket socket, int connection) throws Exception {
    packet(socket, 0, Packets.greeting(version, Capabilities.USUAL, "mysql_native_password"));
    read(socket);
    packet(socket, 2, Packets.ok());
    byte[] command = read(socket);
    while (command.length > 0 && command[0] == 3) {
      String sql = new String(command, 1, command.length - 1, UTF_8);
      int question = ServerProfile.QUESTIONS.indexOf(sql);
      if (question == 1 && breaksOff > 0) {
        breaksOff--;
        break;
      }
      if (question >= 0) {
        asked.countDown();
        questionsMayBeAnswered.await();
      } else if (sql.equals(FIRST)) {
        given.await();
      }
      commands.add(new Command(connection, sql, socket.getInputStream().available() > 0));
      switch (question) {
        case 0 -> rows(socket, List.of("@@version_comment"), List.of(comment));
        case 1 -> rows(socket, List.of("Variable_name", "Value"), List.of("wait_timeout", "77"));
        default -> packet(socket, 1, Packets.ok());
      }
      command = read(socket);
    }
    socket.close();
  }

  private static void rows(Socket socket, List<String> names, List<String> values)
      throws IOException {
    int sequence = 1;
    packet(socket, sequence++, new byte[] {(byte) names.size()});
    for (String name : names) {
      packet(socket, sequence++, Packets.column(name, 253, 45, 0));
    }
    packet(socket, sequence++, Packets.textRow(values));
    packet(socket, sequence, Packets.endOk(2));
  }

  /** Empty at the end of the stream. */
  private static byte[] read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] header = in.readNBytes(4);
    return header.length < 4
        ? new byte[0]
        : in.readNBytes((header[0] & 0xFF) | (header[1] & 0xFF) << 8);
  }

  private static void packet(Socket socket, int sequence, byte[] payload) throws IOException {
    byte[] packet = new byte[4 + payload.length];
    packet[0] = (byte) payload.length;
    packet[1] = (byte) (payload.length >> 8);
    packet[3] = (byte) sequence;
    System.arraycopy(payload, 0, packet, 4, payload.length);
    socket.getOutputStream().write(packet);
  }

  /** What a thread does until a socket is closed. */
  private interface Work {
    void run() throws Exception;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Exception e) {
                // The test, or the connection it looks at, has ended.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
