package io.bonito.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that does with its one connection what a test says. */
final class RawServer implements AutoCloseable {
  /** What to do. */
  @FunctionalInterface
  interface Behaviour {
    void serve(Socket socket) throws Exception;
  }

  private final ServerSocket listener;
  private final CompletableFuture<Void> served = new CompletableFuture<>();

  RawServer(Behaviour behaviour) throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = listener.accept()) {
                behaviour.serve(socket);
                served.complete(null);
              } catch (Throwable e) {
                served.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Awaits the end of the behaviour, and fails where it failed. */
  void join() throws Exception {
    served.get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
