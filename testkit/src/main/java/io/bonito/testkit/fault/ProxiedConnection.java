package io.bonito.testkit.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy, and what has passed. */
public final class ProxiedConnection {
  private static final int BUFFER = 1 << 16;

  private final FaultProxy proxy;
  private final SocketChannel client;
  private final SocketChannel server;
  private final Stream toServer;
  private final Stream toClient;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  /** Planned for this connection alone; only the proxy touches them. */
  final List<Fault> faults = new ArrayList<>();

  ProxiedConnection(FaultProxy proxy, SocketChannel client, SocketChannel server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
    this.toServer = new Stream(Direction.TO_SERVER, client, server);
    this.toClient = new Stream(Direction.TO_CLIENT, server, client);
  }

  void begin() {
    FaultProxy.daemon(toServer::pump, "bonito-proxy-to-server");
    FaultProxy.daemon(toClient::pump, "bonito-proxy-to-client");
  }

  private Stream stream(Direction direction) {
    return direction == Direction.TO_SERVER ? toServer : toClient;
  }

  /**
   * Whole packets that came in this direction since the beginning. One to the server counts before
   * it is passed on, so that whoever has the answer sees its question counted; one to the client
   * counts when it has been passed on.
   */
  public long packets(Direction direction) {
    return stream(direction).tracker.packets();
  }

  /** Bytes that came in this direction since the beginning; most of them have passed. */
  public long bytes(Direction direction) {
    return stream(direction).tracker.bytes();
  }

  /** Whether the proxy has closed both of its sockets. */
  public boolean isClosed() {
    return locked(() -> closed);
  }

  /**
   * Waits until so many whole packets have come in this direction.
   *
   * @throws IllegalStateException where that takes longer
   */
  public void awaitPackets(Direction direction, long count, Duration longest) {
    await(
        () -> stream(direction).tracker.packets() >= count,
        longest,
        () -> packets(direction) + " packets " + direction + " where " + count + " were due");
  }

  /** Waits until both sides have gone. */
  public void awaitClosed(Duration longest) {
    await(() -> closed, longest, () -> "the connection is still open");
  }

  void mark() {
    toServer.tracker.mark();
    toClient.tracker.mark();
  }

  /** Ends stalls, losses and slowness. */
  void heal() {
    locked(
        () -> {
          for (Stream stream : new Stream[] {toServer, toClient}) {
            stream.stalled = false;
            stream.swallowing = false;
            stream.bytesPerSecond = 0;
            stream.pieceSize = BUFFER;
          }
          changed.signalAll();
          return true;
        });
  }

  /** Does this to the connection now, whatever passes. */
  public void now(Direction direction, Fault.Action action) throws IOException {
    stream(direction).act(action);
  }

  void close() {
    locked(
        () -> {
          closed = true;
          changed.signalAll();
          return true;
        });
    for (SocketChannel side : new SocketChannel[] {client, server}) {
      try {
        side.close();
      } catch (IOException e) {
        // It is closed for us.
      }
    }
  }

  private void reset() throws IOException {
    for (SocketChannel side : new SocketChannel[] {client, server}) {
      if (side.isOpen() && side.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
        // Lingering for no time turns the close into a RST.
        side.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    }
    close();
  }

  private interface Question<T> {
    T ask();
  }

  private <T> T locked(Question<T> question) {
    lock.lock();
    try {
      return question.ask();
    } finally {
      lock.unlock();
    }
  }

  private void await(Question<Boolean> due, Duration longest, Question<String> otherwise) {
    lock.lock();
    try {
      long nanos = longest.toNanos();
      while (!due.ask()) {
        if (nanos <= 0) {
          throw new IllegalStateException(otherwise.ask() + " after " + longest);
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** One direction: its thread reads, looks for a fault at each place, and writes. */
  private final class Stream {
    private final Direction direction;
    private final SocketChannel from;
    private final SocketChannel to;
    private final PacketTracker tracker = new PacketTracker();
    private final ByteArrayOutputStream current = new ByteArrayOutputStream();
    private boolean stalled;
    private boolean swallowing;
    private boolean ended;
    private boolean duplicating;
    private boolean dropping;
    private int bytesPerSecond;
    private int pieceSize = BUFFER;

    Stream(Direction direction, SocketChannel from, SocketChannel to) {
      this.direction = direction;
      this.from = from;
      this.to = to;
    }

    void pump() {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      try {
        while (from.read(buffer) >= 0) {
          buffer.flip();
          while (buffer.hasRemaining()) {
            step(buffer);
          }
          buffer.clear();
          awaitUnstalled();
        }
        endOfStream();
      } catch (IOException e) {
        // One side is gone, perhaps by our own doing: then the other goes too.
        close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
      }
    }

    /** The sender ended its stream in order: so do we, and the other direction may go on. */
    private void endOfStream() throws IOException {
      boolean both =
          locked(
              () -> {
                ended = true;
                return otherOf(this).ended;
              });
      if (both) {
        close();
      } else if (!locked(() -> swallowing)) {
        to.shutdownOutput();
      }
    }

    /** Moves the bytes up to the next place of a packet's end or a fault. */
    private void step(ByteBuffer buffer) throws IOException, InterruptedException {
      for (Fault due = takeDue(tracker.packet(), tracker.offset(), /* atEnd= */ false);
          due != null;
          due = takeDue(tracker.packet(), tracker.offset(), /* atEnd= */ false)) {
        happen(due.action());
        awaitUnstalled();
      }
      int limit = Math.min(buffer.remaining(), tracker.bytesToBoundary());
      limit = proxy.bytesToFault(faults, direction, tracker.packet(), tracker.offset(), limit);
      byte[] bytes = new byte[limit];
      buffer.get(bytes);
      if (!tracker.isOpaque()) {
        current.writeBytes(bytes);
      }
      boolean ends = tracker.passed(bytes);
      if (ends && direction == Direction.TO_SERVER) {
        tracker.count();
      }
      if (!dropping) {
        write(bytes);
      }
      if (ends) {
        endPacket();
      }
    }

    private void endPacket() throws IOException, InterruptedException {
      int packet = tracker.packet();
      int offset = tracker.offset();
      for (Fault due = takeDue(packet, offset, /* atEnd= */ true);
          due != null;
          due = takeDue(packet, offset, /* atEnd= */ true)) {
        happen(due.action());
      }
      if (duplicating) {
        duplicating = false;
        write(current.toByteArray());
      }
      dropping = false;
      current.reset();
      locked(
          () -> {
            boolean tls = direction == Direction.TO_SERVER && tracker.wasTlsRequest();
            if (direction == Direction.TO_CLIENT) {
              tracker.count();
            }
            tracker.nextPacket();
            if (tls) {
              toServer.tracker.beOpaque();
              toClient.tracker.beOpaque();
            }
            changed.signalAll();
            return true;
          });
      awaitUnstalled();
    }

    void act(Fault.Action action) throws IOException {
      begin(action);
      happen(action);
    }

    /**
     * Takes the first fault that is due at this place, and begins what of it lasts: in one with the
     * taking, lest {@link FaultProxy#heal} come in between and end what has not begun.
     */
    private @Nullable Fault takeDue(int packet, int offset, boolean atEnd) {
      synchronized (proxy) {
        Fault due = proxy.takeDue(faults, direction, packet, offset, atEnd);
        if (due != null) {
          begin(due.action());
        }
        return due;
      }
    }

    private void begin(Fault.Action action) {
      if (action instanceof Fault.Action.Stall) {
        locked(() -> stalled = true);
      } else if (action instanceof Fault.Action.Swallow) {
        locked(() -> swallowing = true);
      } else if (action instanceof Fault.Action.Rate rate) {
        locked(() -> bytesPerSecond = rate.bytesPerSecond());
      } else if (action instanceof Fault.Action.Pieces pieces) {
        locked(() -> pieceSize = pieces.size());
      }
    }

    private void happen(Fault.Action action) throws IOException {
      if (action instanceof Fault.Action.Cut) {
        // Both go on reading, so that what is under way does not turn our FIN into a RST.
        locked(() -> toServer.swallowing = true);
        locked(() -> toClient.swallowing = true);
        client.shutdownOutput();
        server.shutdownOutput();
      } else if (action instanceof Fault.Action.Reset) {
        reset();
      } else if (action instanceof Fault.Action.HalfClose) {
        locked(() -> swallowing = true);
        to.shutdownOutput();
      } else if (action instanceof Fault.Action.Delay delay) {
        rest(delay.time().toNanos());
      } else if (action instanceof Fault.Action.Duplicate) {
        duplicating = true;
      } else if (action instanceof Fault.Action.Drop) {
        dropping = true;
      } else if (action instanceof Fault.Action.Insert insert) {
        write(insert.bytes());
      }
    }

    private void write(byte[] bytes) throws IOException {
      for (int at = 0; at < bytes.length; ) {
        if (locked(() -> swallowing)) {
          return;
        }
        int rate = locked(() -> bytesPerSecond);
        // A twentieth of a second's worth at a time is smooth enough for tests.
        int most = rate == 0 ? pieceSize : Math.min(pieceSize, Math.max(1, rate / 20));
        int length = Math.min(most, bytes.length - at);
        ByteBuffer piece = ByteBuffer.wrap(bytes, at, length);
        while (piece.hasRemaining()) {
          to.write(piece);
        }
        at += length;
        if (rate != 0) {
          rest(TimeUnit.SECONDS.toNanos(length) / rate);
        }
      }
    }

    private void rest(long time) throws IOException {
      lock.lock();
      try {
        for (long nanos = time; nanos > 0 && !closed; ) {
          nanos = changed.awaitNanos(nanos);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } finally {
        lock.unlock();
      }
    }

    private void awaitUnstalled() throws InterruptedException {
      lock.lock();
      try {
        while (stalled && !closed) {
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private Stream otherOf(Stream stream) {
    return stream == toServer ? toClient : toServer;
  }

  static void quick(SocketChannel channel) throws IOException {
    if (channel.getLocalAddress() instanceof java.net.InetSocketAddress) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  static StandardProtocolFamily familyOf(java.net.SocketAddress address) {
    return address instanceof java.net.UnixDomainSocketAddress
        ? StandardProtocolFamily.UNIX
        : StandardProtocolFamily.INET;
  }
}
