package io.bonito.benchmarks.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between one connection and its server, and keeps who said what.
 *
 * <p>A turn begins where the client speaks after the server has. So it takes clients that wait for
 * the whole of an answer before they speak again, which those of the loads do.
 */
public final class Recorder implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final String host;
  private final int port;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Turn> turns = new ArrayList<>();
  private long operationSize;
  private ByteArrayOutputStream asked = new ByteArrayOutputStream();
  private ByteArrayOutputStream answered = new ByteArrayOutputStream();

  /** Begins to wait for the one client. */
  public Recorder(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    start("recorder", this::relay);
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

  private void relay() {
    try (Socket client = door.accept();
        Socket server = new Socket(host, port)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      start("recorder-answers", () -> relayAnswers(server, client));
      byte[] bytes = new byte[1 << 16];
      InputStream from = client.getInputStream();
      OutputStream to = server.getOutputStream();
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        asked(bytes, count);
        to.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // Either side has gone, and what was said until then is kept.
    }
  }

  private void relayAnswers(Socket server, Socket client) {
    byte[] bytes = new byte[1 << 16];
    try {
      InputStream from = server.getInputStream();
      OutputStream to = client.getOutputStream();
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        answered(bytes, count);
        to.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // As above.
    }
  }

  private void asked(byte[] bytes, int count) {
    lock.lock();
    try {
      if (answered.size() > 0) {
        endTurn();
      }
      asked.write(bytes, 0, count);
    } finally {
      lock.unlock();
    }
  }

  private void answered(byte[] bytes, int count) {
    lock.lock();
    try {
      answered.write(bytes, 0, count);
      operationSize += count;
    } finally {
      lock.unlock();
    }
  }

  private void endTurn() {
    turns.add(new Turn(asked.toByteArray(), answered.toByteArray()));
    asked = new ByteArrayOutputStream();
    answered = new ByteArrayOutputStream();
  }

  /** From here on there is one operation, whose answers' bytes are counted. */
  public void beginOperation() {
    lock.lock();
    try {
      operationSize = 0;
    } finally {
      lock.unlock();
    }
  }

  /** A server that answers as was recorded. */
  public ReplayServer replay() throws IOException {
    lock.lock();
    try {
      if (answered.size() > 0) {
        endTurn();
      }
      return new ReplayServer(List.copyOf(turns), operationSize);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
