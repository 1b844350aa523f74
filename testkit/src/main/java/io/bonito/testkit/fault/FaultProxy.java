package io.bonito.testkit.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and a server, and lets things go wrong where a test says so.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.before(server.host(), server.port())) {
 *   connect(proxy.host(), proxy.port());
 *   proxy.mark();
 *   proxy.add(Fault.at(Direction.TO_CLIENT, 2, 5).reset());
 *   ...                                             // the next answer breaks within its third packet
 *   proxy.awaitFired(1, Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>A fault happens once, in the first connection that comes to its place, or once in each
 * connection that is still to come.
 */
public final class FaultProxy implements AutoCloseable {
  private final SocketAddress upstream;
  private final SocketAddress wanted;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Fault> toEach = new ArrayList<>();
  private final List<ProxiedConnection> connections = new ArrayList<>();
  private ServerSocketChannel listener;
  private Thread acceptor;
  private int fired;

  private FaultProxy(SocketAddress upstream, SocketAddress wanted) throws IOException {
    this.upstream = upstream;
    this.listener = open(wanted);
    // A port of 0 was given a number; when we listen again it must be the same.
    this.wanted = listener.getLocalAddress();
    this.acceptor = accepting(listener);
  }

  /** Listens on a free port of the loopback, for a server on TCP. */
  public static FaultProxy before(String host, int port) throws IOException {
    return before(new InetSocketAddress(InetAddress.getByName(host), port));
  }

  /** Listens on a free port of the loopback, for a server on TCP or a Unix socket. */
  public static FaultProxy before(SocketAddress server) throws IOException {
    return new FaultProxy(
        server, new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
  }

  /** Listens on a Unix socket. */
  public static FaultProxy before(SocketAddress server, Path socketPath) throws IOException {
    return new FaultProxy(server, UnixDomainSocketAddress.of(socketPath));
  }

  private static ServerSocketChannel open(SocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(ProxiedConnection.familyOf(address));
    if (address instanceof InetSocketAddress) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    }
    channel.bind(address);
    return channel;
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  public String host() {
    return "127.0.0.1";
  }

  /** The port that clients connect to; 0 where they use a Unix socket. */
  public int port() {
    return wanted instanceof InetSocketAddress address ? address.getPort() : 0;
  }

  private Thread accepting(ServerSocketChannel channel) {
    return daemon(() -> accept(channel), "bonito-proxy-accept");
  }

  private void accept(ServerSocketChannel channel) {
    while (channel.isOpen()) {
      try {
        SocketChannel client = channel.accept();
        connect(client);
      } catch (IOException e) {
        // Not listening any more: the loop ends.
      }
    }
  }

  private void connect(SocketChannel client) throws IOException {
    SocketChannel server;
    try {
      server = SocketChannel.open(upstream);
    } catch (IOException e) {
      // The server refuses; for the client that is the end of its connection.
      client.close();
      return;
    }
    ProxiedConnection.quick(client);
    ProxiedConnection.quick(server);
    ProxiedConnection connection = new ProxiedConnection(this, client, server);
    synchronized (this) {
      connections.add(connection);
      connection.faults.addAll(toEach);
      notifyAll();
    }
    connection.begin();
  }

  /** Plans a fault. */
  public synchronized void add(Fault fault) {
    faults.add(fault);
  }

  /** Plans a fault for each connection that is to come, until the next {@link #heal}. */
  public synchronized void addToEach(Fault fault) {
    toEach.add(fault);
  }

  /** Counts packets anew in all connections that are open: the next one, each way, has index 0. */
  public synchronized void mark() {
    connections.forEach(ProxiedConnection::mark);
  }

  /** Forgets faults that did not happen, and ends stalls, losses and slowness of those that did. */
  public synchronized void heal() {
    faults.clear();
    toEach.clear();
    for (ProxiedConnection connection : connections) {
      connection.faults.clear();
      connection.heal();
    }
  }

  /** Refuses connections from now on; those that are open stay. */
  public void refuse() throws IOException {
    Thread accepting;
    synchronized (this) {
      listener.close();
      accepting = acceptor;
    }
    // The kernel goes on listening for as long as a thread is in accept.
    try {
      accepting.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes connections again, at the same address. */
  public synchronized void listenAgain() throws IOException {
    if (!listener.isOpen()) {
      if (wanted instanceof UnixDomainSocketAddress unix) {
        java.nio.file.Files.deleteIfExists(unix.getPath());
      }
      listener = open(wanted);
      acceptor = accepting(listener);
    }
  }

  /** All connections so far, in their order. */
  public synchronized List<ProxiedConnection> connections() {
    return List.copyOf(connections);
  }

  /** How many faults have happened. */
  public synchronized int fired() {
    return fired;
  }

  /**
   * Waits until so many faults have happened.
   *
   * @throws IllegalStateException where that takes longer
   */
  public synchronized void awaitFired(int count, Duration longest) {
    await(() -> fired >= count, longest, "faults");
  }

  /** Waits until so many connections have been made, and returns the last of them. */
  public synchronized ProxiedConnection awaitConnection(int count, Duration longest) {
    await(() -> connections.size() >= count, longest, "connections");
    return connections.get(count - 1);
  }

  private synchronized void await(
      java.util.function.BooleanSupplier due, Duration longest, String what) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!due.getAsBoolean()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new IllegalStateException(
            "not enough "
                + what
                + " after "
                + longest
                + ": "
                + fired
                + " faults of "
                + (fired + faults.size())
                + " happened, "
                + connections.size()
                + " connections");
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  /** Takes the first fault that is due at this place of a connection. */
  synchronized @Nullable Fault takeDue(
      List<Fault> own, Direction direction, int packet, int offset, boolean atEnd) {
    for (List<Fault> planned : List.of(own, faults)) {
      for (Iterator<Fault> each = planned.iterator(); each.hasNext(); ) {
        Fault fault = each.next();
        boolean here = fault.offset() == offset || (atEnd && fault.offset() >= offset);
        if (fault.direction() == direction && fault.packet() == packet && here) {
          each.remove();
          fired++;
          notifyAll();
          return fault;
        }
      }
    }
    return null;
  }

  /** How many bytes may pass before the next fault's place, at most {@code limit}. */
  synchronized int bytesToFault(
      List<Fault> own, Direction direction, int packet, int offset, int limit) {
    int bytes = limit;
    for (List<Fault> planned : List.of(own, faults)) {
      for (Fault fault : planned) {
        if (fault.direction() == direction && fault.packet() == packet && fault.offset() > offset) {
          bytes = Math.min(bytes, fault.offset() - offset);
        }
      }
    }
    return bytes;
  }

  /** Ends all connections and listens no more. */
  @Override
  public synchronized void close() throws IOException {
    listener.close();
    connections.forEach(ProxiedConnection::close);
    if (wanted instanceof UnixDomainSocketAddress unix) {
      java.nio.file.Files.deleteIfExists(unix.getPath());
    }
  }
}
