package io.bonito.benchmarks.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers recorded bytes from memory.
 *
 * <p>The login is answered turn by turn, whatever the client says, as proofs of a password differ
 * each time. Behind it each command must be one that was recorded, to the byte.
 */
public final class ReplayServer implements AutoCloseable {
  private static final int HEADER_SIZE = 4;

  private final ServerSocket door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  private final long operationSize;
  private final List<Turn> login;
  private final Map<ByteBuffer, byte[]> answers = new HashMap<>();

  ReplayServer(List<Turn> turns, long operationSize) throws IOException {
    this.operationSize = operationSize;
    int end = 0;
    while (end < turns.size() && !turns.get(end).isOk()) {
      end++;
    }
    if (end == turns.size()) {
      throw new IOException("no login was recorded");
    }
    this.login = turns.subList(0, end + 1);
    for (Turn turn : turns.subList(end + 1, turns.size())) {
      answers.put(ByteBuffer.wrap(turn.asked()), turn.answered());
    }
    Thread thread = new Thread(this::serve, "replay");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return door.getLocalPort();
  }

  /** How many bytes the server answered in one operation. */
  public long operationSize() {
    return operationSize;
  }

  /** One connection after the other. */
  private void serve() {
    while (!door.isClosed()) {
      try (Socket client = door.accept()) {
        client.setTcpNoDelay(true);
        talk(client.getInputStream(), client.getOutputStream());
      } catch (IOException e) {
        // The client has gone, or the door is closed.
      }
    }
  }

  private void talk(InputStream in, OutputStream out) throws IOException {
    byte[] asked = new byte[1 << 16];
    for (Turn turn : login) {
      for (int count = 0; count < turn.asked().length; ) {
        int more = in.read(asked, count, asked.length - count);
        if (more < 0) {
          return;
        }
        count += more;
      }
      out.write(turn.answered());
    }
    int count = 0;
    while (true) {
      int more = in.read(asked, count, asked.length - count);
      if (more < 0) {
        return;
      }
      count += more;
      for (int end = answer(asked, count, out); end > 0; end = answer(asked, count, out)) {
        System.arraycopy(asked, end, asked, 0, count - end);
        count -= end;
      }
    }
  }

  /**
   * Answers the packets that were recorded as one turn, from the first one on.
   *
   * @return the run's size; 0 where there is none yet
   */
  private int answer(byte[] asked, int count, OutputStream out) throws IOException {
    byte[] known = answers.get(ByteBuffer.wrap(asked, 0, count));
    int end = count;
    // Where a client writes ahead, more may have come at once than when it was recorded.
    for (int at = 0; known == null && count - at >= HEADER_SIZE; at = end) {
      end = at + HEADER_SIZE + bodySize(asked, at);
      if (end > count) {
        return 0;
      }
      known = answers.get(ByteBuffer.wrap(asked, 0, end));
    }
    if (known == null) {
      return 0;
    }
    out.write(known);
    return end;
  }

  private static int bodySize(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
