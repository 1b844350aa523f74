package io.bonito.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Passes bytes on between drivers and a server, and counts what drivers send.
 *
 * <pre>
 *   command      a packet to the server with sequence number 0
 *   round trip   bytes to the server, where the last bytes before came from it
 * </pre>
 */
final class CountingRelay implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ServerSocket listener;
  private final String host;
  private final int port;

  // Guarded by this.
  private int commands;
  private int roundTrips;
  private boolean serverSpokeLast = true;
  private boolean ended;

  CountingRelay(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "counting-relay");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Waits until a client has gone, whose goodbye is counted by then. */
  synchronized void awaitEnd() throws InterruptedException {
    while (!ended) {
      wait();
    }
  }

  synchronized void reset() {
    commands = 0;
    roundTrips = 0;
    serverSpokeLast = true;
  }

  /** Commands and round trips since the last {@link #reset}. */
  synchronized String counts() {
    return commands + " / " + roundTrips;
  }

  synchronized int roundTrips() {
    return roundTrips;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(host, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        start(() -> toServer(client, server));
        start(() -> toClient(server, client));
      } catch (IOException e) {
        // Not listening any more: the loop ends.
      }
    }
  }

  private void toServer(Socket client, Socket server) {
    Frames frames = new Frames();
    try (client;
        server) {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] bytes = new byte[BUFFER];
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        int found = frames.commands(bytes, length);
        synchronized (this) {
          commands += found;
          roundTrips += serverSpokeLast ? 1 : 0;
          serverSpokeLast = false;
        }
        out.write(bytes, 0, length);
      }
    } catch (IOException e) {
      // One side has gone, and now the other goes too.
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  private void toClient(Socket server, Socket client) {
    try (server;
        client) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] bytes = new byte[BUFFER];
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        synchronized (this) {
          serverSpokeLast = true;
        }
        out.write(bytes, 0, length);
      }
    } catch (IOException e) {
      // As above.
    }
  }

  /** Finds the beginnings of packets: {@code length(3) sequence(1) payload(length)}. */
  private static final class Frames {
    private int headerAt;
    private int header;
    private int left;

    int commands(byte[] bytes, int length) {
      int commands = 0;
      for (int i = 0; i < length; i++) {
        if (left > 0) {
          left--;
          continue;
        }
        header |= (bytes[i] & 0xff) << (8 * headerAt++);
        if (headerAt == 4) {
          left = header & 0xffffff;
          commands += header >>> 24 == 0 ? 1 : 0;
          headerAt = 0;
          header = 0;
        }
      }
      return commands;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
