package io.bonito.transport;

import io.bonito.protocol.option.Peer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;

/**
 * A Unix domain socket.
 *
 * <p>Java has it only as a channel, which knows no timeouts and is closed by an interrupt: what has
 * a time limit is closed from outside when that has passed, and an interrupt from before a call
 * waits until after it. One that comes while a thread reads closes the channel.
 */
final class UnixLine implements Line {
  /** The JVM copies through a buffer of its own as large as what is asked for. */
  private static final int LARGEST_PIECE = 128 * 1024;

  private static final int LARGE_WRITE = 64 * 1024;

  /** What has arrived already is to be read even when time is up. */
  private static final long LEAST_NANOS = 1_000_000;

  private final SocketChannel channel;
  private final Admitted admitted;
  private volatile boolean late;

  UnixLine(SocketChannel channel, Admitted admitted) {
    this.channel = channel;
    this.admitted = admitted;
  }

  @Override
  public int read(ByteBuffer room, long nanosLeft) throws IOException {
    if (room.remaining() > LARGEST_PIECE) {
      room.limit(room.position() + LARGEST_PIECE);
    }
    if (nanosLeft == NO_LIMIT) {
      return read(room);
    }
    Future<?> end = closeAfter(nanosLeft);
    try {
      return read(room);
    } catch (IOException e) {
      throw explained(e);
    } finally {
      end.cancel(false);
    }
  }

  @Override
  public boolean isQuiet() throws IOException {
    boolean interrupted = clearInterrupt();
    try {
      channel.configureBlocking(false);
      try {
        return channel.read(ByteBuffer.allocate(1)) == 0;
      } finally {
        channel.configureBlocking(true);
      }
    } finally {
      restoreInterrupt(interrupted);
    }
  }

  private int read(ByteBuffer room) throws IOException {
    boolean interrupted = clearInterrupt();
    try {
      return channel.read(room);
    } finally {
      restoreInterrupt(interrupted);
    }
  }

  @Override
  public void write(ByteBuffer bytes, long nanosLeft) throws IOException {
    if (bytes.remaining() < LARGE_WRITE || nanosLeft == NO_LIMIT) {
      writeAll(bytes);
      return;
    }
    Future<?> end = closeAfter(nanosLeft);
    try {
      writeAll(bytes);
    } catch (IOException e) {
      throw explained(e);
    } finally {
      end.cancel(false);
    }
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    int limit = bytes.limit();
    boolean interrupted = clearInterrupt();
    try {
      while (bytes.position() < limit) {
        bytes.limit(Math.min(limit, bytes.position() + LARGEST_PIECE));
        channel.write(bytes);
      }
    } finally {
      bytes.limit(limit);
      restoreInterrupt(interrupted);
    }
  }

  @Override
  public Peer peer() {
    return Peer.UNIX_SOCKET;
  }

  @Override
  public boolean isCounted() {
    return admitted.isCounted();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no further use either way.
    } finally {
      admitted.giveBack();
    }
  }

  private Future<?> closeAfter(long nanosLeft) {
    return Watch.after(
        Math.max(LEAST_NANOS, nanosLeft),
        () -> {
          late = true;
          close();
        });
  }

  private IOException explained(IOException e) {
    if (!late) {
      return e;
    }
    SocketTimeoutException timeout = new SocketTimeoutException("nothing came or went in time");
    timeout.initCause(e);
    return timeout;
  }

  private static boolean clearInterrupt() {
    return Thread.currentThread().isInterrupted() && Thread.interrupted();
  }

  private static void restoreInterrupt(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
