package io.bonito.transport;

import io.bonito.protocol.option.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * A {@code Socket}: the JVM's own, or what a {@link SocketOpener} gave.
 *
 * <p>Its reads cost one system call and no allocation, on virtual threads too, and a platform
 * thread's interrupt does not break it. (docs/decisions tells what was measured.)
 */
final class SocketLine implements Line {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Peer peer;
  private final Admitted admitted;
  private int timeoutMillis;

  SocketLine(Socket socket, Admitted admitted) throws IOException {
    this.socket = socket;
    this.admitted = admitted;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    InetAddress address = socket.getInetAddress();
    this.peer = address != null && address.isLoopbackAddress() ? Peer.LOOPBACK : Peer.REMOTE;
    socket.setSoTimeout(0);
  }

  @Override
  public int localPort() {
    return Math.max(0, socket.getLocalPort());
  }

  @Override
  public int read(ByteBuffer room, long nanosLeft) throws IOException {
    int millis = nanosLeft == NO_LIMIT ? 0 : millis(nanosLeft);
    if (millis != timeoutMillis) {
      socket.setSoTimeout(millis);
      timeoutMillis = millis;
    }
    return in.read(room.array(), room.arrayOffset() + room.position(), room.remaining());
  }

  @Override
  public void write(ByteBuffer bytes, long nanosLeft) throws IOException {
    if (!WriteLimit.isNeeded(bytes.remaining(), nanosLeft)) {
      writeAll(bytes);
      return;
    }
    try (WriteLimit limit = new WriteLimit(this, nanosLeft)) {
      try {
        writeAll(bytes);
      } catch (IOException e) {
        throw limit.explained(e);
      }
    }
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    bytes.position(bytes.limit());
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public boolean isCounted() {
    return admitted.isCounted();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no further use either way.
    } finally {
      admitted.giveBack();
    }
  }

  /** Rounded up, so that a deadline is never reported before it has passed; at least 1. */
  private static int millis(long nanos) {
    long millis = (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }
}
