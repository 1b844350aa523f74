package io.bonito.benchmarks.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Answers recorded bytes from memory.
 *
 * <p>The login is answered turn by turn, whatever the client says, as proofs of a password differ
 * each time: that of the n-th connection as the n-th was recorded, or the last one. Behind it each
 * command must be one that was recorded on any of them, to the byte; where it is not, the
 * connection is closed.
 */
public final class ReplayServer implements AutoCloseable {
  private static final int HEADER_SIZE = 4;
  private static final int BACKLOG = 64;

  /** How long the rest of a command may take that has begun. */
  private static final int PATIENCE_MILLIS = 10_000;

  private final ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  private final long operationSize;
  private final List<List<Turn>> logins = new ArrayList<>();
  private final Map<ByteBuffer, byte[]> answers = new HashMap<>();

  ReplayServer(List<List<Turn>> conversations, long operationSize) throws IOException {
    this.operationSize = operationSize;
    for (List<Turn> turns : conversations) {
      int end = 0;
      while (end < turns.size() && !turns.get(end).isOk()) {
        end++;
      }
      if (end < turns.size()) {
        logins.add(turns.subList(0, end + 1));
        for (Turn turn : turns.subList(end + 1, turns.size())) {
          for (Turn part : turn.parts()) {
            answers.put(ByteBuffer.wrap(part.asked()), part.answered());
          }
        }
      }
    }
    if (logins.isEmpty()) {
      throw new IOException("no login was recorded");
    }
    start("replay-door", this::accept);
  }

  private static void start(String name, Runnable action) {
    Thread thread = new Thread(action, name);
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

  private void accept() {
    for (int connection = 0; !door.isClosed(); connection++) {
      List<Turn> login = logins.get(Math.min(connection, logins.size() - 1));
      try {
        Socket client = door.accept();
        start("replay", () -> serve(client, login));
      } catch (IOException e) {
        // The door is closed.
      }
    }
  }

  private void serve(Socket given, List<Turn> login) {
    try (Socket client = given) {
      client.setTcpNoDelay(true);
      talk(client, login);
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private void talk(Socket client, List<Turn> login) throws IOException {
    InputStream in = client.getInputStream();
    OutputStream out = client.getOutputStream();
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
      client.setSoTimeout(count == 0 ? 0 : PATIENCE_MILLIS);
      int more;
      try {
        more = in.read(asked, count, asked.length - count);
      } catch (SocketTimeoutException e) {
        System.err.println(
            "A command came that was not recorded; its connection is closed: "
                + HexFormat.of().formatHex(asked, 0, count));
        return;
      }
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
      end = Turn.end(asked, at);
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

  @Override
  public void close() throws IOException {
    door.close();
  }
}
