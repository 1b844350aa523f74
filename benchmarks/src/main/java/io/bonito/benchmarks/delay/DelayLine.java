package io.bonito.benchmarks.delay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One direction: pieces as they were read, each with the time at which it is due at the other end.
 *
 * <p>One thread receives, another delivers. Pieces are used again, so that the benchmarks' heap
 * does not fill with the proxy's garbage.
 */
final class DelayLine {
  private static final int PIECE = 1 << 16;

  /** 64 MiB: more than is read in a delay, yet an end to what a client may leave unread. */
  private static final int MOST_PIECES = 1024;

  /** What one read gave; a size below 0 is the stream's end. */
  private static final class Piece {
    final byte[] bytes = new byte[PIECE];
    int size;
    long due;
  }

  private final long nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Piece> underWay = new ArrayDeque<>();
  private final ArrayDeque<Piece> spare = new ArrayDeque<>();
  private int made;
  private boolean closed;

  DelayLine(long nanos) {
    this.nanos = nanos;
  }

  /** Takes what is sent until its end. */
  void receive(InputStream from) throws IOException, InterruptedException {
    int size;
    do {
      Piece piece = takeSpare();
      size = from.read(piece.bytes);
      piece.size = size;
      piece.due = System.nanoTime() + nanos;
      put(underWay, piece);
    } while (size >= 0);
  }

  /** Passes on what is due until its end. */
  void deliver(OutputStream to) throws IOException, InterruptedException {
    for (Piece piece = takeDue(); piece.size >= 0; piece = takeDue()) {
      to.write(piece.bytes, 0, piece.size);
      put(spare, piece);
    }
  }

  private Piece takeSpare() throws IOException, InterruptedException {
    lock.lock();
    try {
      while (spare.isEmpty() && made == MOST_PIECES && !closed) {
        changed.await();
      }
      requireOpen();
      @Nullable Piece piece = spare.poll();
      if (piece == null) {
        piece = new Piece();
        made++;
      }
      return piece;
    } finally {
      lock.unlock();
    }
  }

  private Piece takeDue() throws IOException, InterruptedException {
    lock.lock();
    try {
      while (underWay.isEmpty() && !closed) {
        changed.await();
      }
      requireOpen();
      awaitTime(underWay.element().due);
      return underWay.remove();
    } finally {
      lock.unlock();
    }
  }

  private void put(ArrayDeque<Piece> queue, Piece piece) {
    lock.lock();
    try {
      queue.add(piece);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until this time of {@link System#nanoTime} is past.
   *
   * @throws IOException where the line is closed before
   */
  void awaitTime(long due) throws IOException, InterruptedException {
    lock.lock();
    try {
      long left = due - System.nanoTime();
      while (left > 0 && !closed) {
        changed.awaitNanos(left);
        left = due - System.nanoTime();
      }
      requireOpen();
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the line is closed");
    }
  }

  /** Whoever waits in it is told. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
