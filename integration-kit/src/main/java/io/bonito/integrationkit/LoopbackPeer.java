package io.bonito.integrationkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Listens on the loopback and treats each connection in one way; on a thread of its own. */
final class LoopbackPeer implements AutoCloseable {
  /** What is done with a connection; it is closed afterwards. */
  @FunctionalInterface
  interface Treatment {
    void of(Socket socket) throws Exception;
  }

  static final String HOST = "127.0.0.1";

  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile Treatment treatment;
  private volatile CompletableFuture<Void> latest = new CompletableFuture<>();

  LoopbackPeer(Treatment treatment) throws IOException {
    this.treatment = treatment;
    this.listener = new ServerSocket(0, 50, address());
    daemon(this::accept);
  }

  static InetAddress address() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Treats the connections from now on so. */
  void treatNext(Treatment next) {
    latest = new CompletableFuture<>();
    treatment = next;
  }

  /**
   * Waits until the latest connection has been treated.
   *
   * @throws AssertionError where the treatment had something to complain about, or never ended
   */
  void awaitTreated(Duration patience) throws Exception {
    try {
      latest.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error complaint) {
        throw complaint;
      }
      throw e;
    } catch (TimeoutException e) {
      throw new AssertionError("the transport has not closed its connection", e);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "bonito-kit-peer");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        CompletableFuture<Void> end = latest;
        Treatment chosen = treatment;
        daemon(() -> treat(socket, chosen, end));
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  private void treat(Socket socket, Treatment chosen, CompletableFuture<Void> end) {
    try (socket) {
      socket.setTcpNoDelay(true);
      chosen.of(socket);
      end.complete(null);
    } catch (IOException e) {
      // A transport may go at any time, and may break the connection.
      end.complete(null);
    } catch (Exception | Error e) {
      end.completeExceptionally(e);
    } finally {
      sockets.remove(socket);
    }
  }

  /** Reads until the transport has closed. */
  static void awaitEnd(InputStream in) throws IOException {
    byte[] ignored = new byte[1 << 16];
    for (int count = 0; count >= 0; count = in.read(ignored)) {}
  }

  /** Breaks the connection: the transport gets a RST. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
