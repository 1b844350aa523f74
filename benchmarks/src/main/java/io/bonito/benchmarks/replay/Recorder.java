package io.bonito.benchmarks.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client's connections and their server, and keeps who said what. */
public final class Recorder implements AutoCloseable {
  private static final int BACKLOG = 64;

  private final ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  private final String host;
  private final int port;
  private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
  private final AtomicLong operationSize = new AtomicLong();

  /** Begins to wait for the client. */
  public Recorder(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    start("recorder", this::accept);
  }

  /** Where the client is to go. */
  public int port() {
    return door.getLocalPort();
  }

  private static void start(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Conversation conversation = new Conversation();
        conversations.add(conversation);
        start("recorder-commands", () -> relay(client, conversation));
      } catch (IOException e) {
        // The door is closed.
      }
    }
  }

  private void relay(Socket given, Conversation conversation) {
    try (Socket client = given;
        Socket server = new Socket(host, port)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      start("recorder-answers", () -> relayAnswers(server, client, conversation));
      byte[] bytes = new byte[1 << 16];
      InputStream from = client.getInputStream();
      OutputStream to = server.getOutputStream();
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        conversation.asked(bytes, count);
        to.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // Either side has gone, and what was said until then is kept.
    }
  }

  private void relayAnswers(Socket server, Socket client, Conversation conversation) {
    byte[] bytes = new byte[1 << 16];
    try {
      InputStream from = server.getInputStream();
      OutputStream to = client.getOutputStream();
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        conversation.answered(bytes, count);
        operationSize.addAndGet(count);
        to.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // As above.
    }
  }

  /** From here on there is one operation, whose answers' bytes are counted. */
  public void beginOperation() {
    operationSize.set(0);
  }

  /** A server that answers as was recorded, on as many connections at a time as it is asked for. */
  public ReplayServer replay() throws IOException {
    return new ReplayServer(
        conversations.stream().map(Conversation::turns).toList(), operationSize.get());
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
