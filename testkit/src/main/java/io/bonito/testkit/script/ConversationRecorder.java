package io.bonito.testkit.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between one client and a real server, and writes down what passes.
 *
 * <pre>{@code
 * try (ConversationRecorder recorder = ConversationRecorder.before(server.host(), server.port())) {
 *   recorder.comment("MySQL 8.0.33");
 *   connect("127.0.0.1", recorder.port());
 *   recorder.asked("query SELECT 1");
 *   ...
 *   recorder.due("ROW 1");
 *   recorder.conversation("mysql-8.0.33-select").write(file);
 * }
 * }</pre>
 *
 * <p>One connection at a time: the talks of several would be mixed up. TLS passes through, but what
 * is recorded of it is of no use to anyone.
 */
public final class ConversationRecorder implements AutoCloseable {
  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final List<Conversation.Step> steps = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean bytesOfClient;

  private ConversationRecorder(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    daemon(this::accept);
  }

  /** Begins to listen; every connection is led on to this server. */
  public static ConversationRecorder before(String host, int port) throws IOException {
    return new ConversationRecorder(host, port);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "bonito-recorder");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(host, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        daemon(() -> pass(client, server, /* ofClient= */ true));
        daemon(() -> pass(server, client, /* ofClient= */ false));
      } catch (IOException e) {
        // Closed, or the server is gone: the client will see it.
      }
    }
  }

  private void pass(Socket from, Socket to, boolean ofClient) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        // Written down first, so that what the client is told cannot be noted before its bytes.
        bytes(ofClient, buffer, count);
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One of the two has gone; the other is closed with it.
    }
  }

  private synchronized void bytes(boolean ofClient, byte[] buffer, int count) {
    if (ofClient != bytesOfClient) {
      endBytes();
    }
    bytesOfClient = ofClient;
    bytes.write(buffer, 0, count);
  }

  private void endBytes() {
    if (bytes.size() > 0) {
      byte[] taken = bytes.toByteArray();
      steps.add(
          bytesOfClient
              ? new Conversation.Step.FromClient(taken)
              : new Conversation.Step.FromServer(taken));
      bytes.reset();
    }
  }

  private synchronized void add(Conversation.Step step) {
    endBytes();
    steps.add(step);
  }

  public void comment(String text) {
    add(new Conversation.Step.Comment(text));
  }

  /** Notes what the client is asked for next. */
  public void asked(String text) {
    add(new Conversation.Step.Asked(text));
  }

  /** Notes what the client told its caller. */
  public void due(String text) {
    add(new Conversation.Step.Due(text));
  }

  /** What was recorded so far. */
  public synchronized Conversation conversation(String name) {
    endBytes();
    return new Conversation(name, steps);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
