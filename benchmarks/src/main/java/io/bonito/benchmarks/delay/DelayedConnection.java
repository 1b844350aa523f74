package io.bonito.benchmarks.delay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** One client's connection, and the one to the server that is opened for it. */
final class DelayedConnection {
  private static final int DIRECTIONS = 2;

  /** Halves of a round trip until the server hears of the connection. */
  private static final int HALVES_OF_A_HANDSHAKE = 3;

  private final Socket client;
  private final Socket server = new Socket();
  private final InetSocketAddress address;
  private final DelayLine toServer;
  private final DelayLine toClient;

  private final long handshakeEnd;
  private final AtomicInteger ended = new AtomicInteger();

  DelayedConnection(Socket client, String host, int port, long roundTripNanos) {
    this.client = client;
    this.address = new InetSocketAddress(host, port);
    this.toServer = new DelayLine(roundTripNanos / 2);
    this.toClient = new DelayLine(roundTripNanos / 2);
    this.handshakeEnd = System.nanoTime() + roundTripNanos / 2 * HALVES_OF_A_HANDSHAKE;
  }

  private interface Step {
    void take() throws IOException, InterruptedException;
  }

  void begin() {
    start("delay-from-client", () -> toServer.receive(client.getInputStream()));
    start("delay-to-server", this::connectAndDeliver);
  }

  private void start(String name, Step step) {
    DelayProxy.start(
        name,
        () -> {
          try {
            step.take();
          } catch (IOException e) {
            // One side is gone, perhaps by our own doing: then the other goes too.
            close();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
          }
        });
  }

  private void connectAndDeliver() throws IOException, InterruptedException {
    toServer.awaitTime(handshakeEnd);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    server.connect(address);
    start("delay-from-server", () -> toClient.receive(server.getInputStream()));
    start("delay-to-client", () -> deliver(toClient, client));
    deliver(toServer, server);
  }

  /** Until the sender has ended its stream in order; the other direction may go on. */
  private void deliver(DelayLine line, Socket to) throws IOException, InterruptedException {
    line.deliver(to.getOutputStream());
    to.shutdownOutput();
    if (ended.incrementAndGet() == DIRECTIONS) {
      close();
    }
  }

  boolean isClosed() {
    return client.isClosed();
  }

  void close() {
    toServer.close();
    toClient.close();
    for (Socket side : new Socket[] {client, server}) {
      try {
        side.close();
      } catch (IOException e) {
        // It is closed for us.
      }
    }
  }
}
