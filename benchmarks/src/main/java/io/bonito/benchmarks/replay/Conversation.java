package io.bonito.benchmarks.replay;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who said what on one connection.
 *
 * <p>A turn begins where the client speaks after the server has. So it takes clients that wait for
 * the whole of an answer before they speak again.
 */
final class Conversation {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Turn> turns = new ArrayList<>();
  private ByteArrayOutputStream asked = new ByteArrayOutputStream();
  private ByteArrayOutputStream answered = new ByteArrayOutputStream();

  void asked(byte[] bytes, int count) {
    lock.lock();
    try {
      if (answered.size() > 0) {
        endTurn();
      }
      asked.write(bytes, 0, count);
    } finally {
      lock.unlock();
    }
  }

  void answered(byte[] bytes, int count) {
    lock.lock();
    try {
      answered.write(bytes, 0, count);
    } finally {
      lock.unlock();
    }
  }

  private void endTurn() {
    turns.add(new Turn(asked.toByteArray(), answered.toByteArray()));
    asked = new ByteArrayOutputStream();
    answered = new ByteArrayOutputStream();
  }

  /** Up to now, of which the last one has been answered. */
  List<Turn> turns() {
    lock.lock();
    try {
      if (answered.size() > 0) {
        endTurn();
      }
      return List.copyOf(turns);
    } finally {
      lock.unlock();
    }
  }
}
