package io.bonito.benchmarks.delay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts a server farther away: what either side sends reaches the other half a round trip later.
 *
 * <pre>
 *   client ── half ──▶ server
 *   client ◀── half ── server
 * </pre>
 *
 * <p>Time is all that is added. Bytes wait side by side, each until its own time has come, so
 * however much may be under way. A connection is opened to the server one and a half round trips
 * after the client's, which is when the last packet of TCP's handshake would reach it: a greeting
 * comes two round trips after the client has begun to connect. The kernel's timers make each half
 * some tens of microseconds longer, for all clients alike.
 */
public final class DelayProxy implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  private final String host;
  private final int port;
  private final long roundTripNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<DelayedConnection> connections = new ArrayList<>();

  /** Begins to take connections for a server on TCP. */
  public DelayProxy(String host, int port, long roundTripNanos) throws IOException {
    this.host = host;
    this.port = port;
    this.roundTripNanos = roundTripNanos;
    start("delay-door", this::accept);
  }

  static void start(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Where clients are to go, on the loopback. */
  public int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        DelayedConnection connection = new DelayedConnection(client, host, port, roundTripNanos);
        lock.lock();
        try {
          connections.removeIf(DelayedConnection::isClosed);
          connections.add(connection);
        } finally {
          lock.unlock();
        }
        connection.begin();
      } catch (IOException e) {
        // The door is closed, or whoever knocked has gone.
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    lock.lock();
    try {
      connections.forEach(DelayedConnection::close);
    } finally {
      lock.unlock();
    }
  }
}
