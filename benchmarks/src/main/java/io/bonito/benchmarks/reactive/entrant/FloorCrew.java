package io.bonito.benchmarks.reactive.entrant;

import io.bonito.benchmarks.contest.Carrier;
import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import io.bonito.benchmarks.entrant.Command;
import io.bonito.benchmarks.entrant.RawConnection;
import io.bonito.benchmarks.reactive.contest.Crew;
import io.bonito.benchmarks.reactive.contest.Task;
import io.bonito.benchmarks.reactive.contest.Work;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least that event loops can do: they send the bytes that Bonito sends, and swallow the answer.
 * What the server and the system's calls take is taken here too, so no driver on loops goes faster.
 */
public final class FloorCrew implements Crew {
  private static final long PATIENCE_MILLIS = 120_000;
  private static final int ROOM = 1 << 16;

  private final Task task;
  private final List<Loop> loops = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(Chains.LOOPS);

  public FloorCrew(Task task) throws Exception {
    this.task = task;
    for (int i = 0; i < Math.min(Chains.LOOPS, task.connections()); i++) {
      loops.add(new Loop());
    }
    for (int i = 0; i < task.connections(); i++) {
      loops.get(i % loops.size()).add(new RawConnection(setting()));
    }
  }

  private Setting setting() {
    boolean keyed = task.work() == Work.POINT || task.work() == Work.TWENTY;
    Load load = keyed ? Load.POINT : task.work() == Work.ROWS ? Load.ROWS : Load.STREAM;
    String url = task.driver().formatted(task.host() + ":" + task.port()) + "&sslMode=disable";
    return new Setting(
        load,
        keyed ? Format.BINARY : Format.TEXT,
        Carrier.TCP,
        task.host(),
        task.port(),
        "",
        task.schema(),
        task.rows(),
        /* fixedKey= */ false,
        "",
        url,
        /* streamingFetchSize= */ 0,
        List.of());
  }

  @Override
  public long work(long nanos) throws Exception {
    long end = System.nanoTime() + nanos;
    List<Future<Long>> shifts = new ArrayList<>();
    for (Loop loop : loops) {
      shifts.add(threads.submit(() -> loop.work(end)));
    }
    long operations = 0;
    for (Future<Long> shift : shifts) {
      operations += shift.get();
    }
    return operations;
  }

  @Override
  public void close() throws Exception {
    threads.shutdown();
    for (Loop loop : loops) {
      loop.close();
    }
  }

  /** A thread's connections. */
  private final class Loop {
    private final Selector selector = Selector.open();
    private final List<Line> lines = new ArrayList<>();
    private final ByteBuffer swallowed = ByteBuffer.allocateDirect(ROOM);
    private long end;
    private long operations;
    private int busy;

    Loop() throws IOException {}

    void add(RawConnection connection) throws IOException {
      Line line = new Line(connection, Command.prepare(connection, setting()));
      line.channel.configureBlocking(false);
      line.channel.register(selector, SelectionKey.OP_READ, line);
      lines.add(line);
    }

    long work(long endNanos) throws IOException {
      end = endNanos;
      operations = 0;
      busy = lines.size();
      for (Line line : lines) {
        line.send();
      }
      while (busy > 0) {
        if (selector.select(this::swallow, PATIENCE_MILLIS) == 0) {
          throw new IOException("nothing was answered for " + PATIENCE_MILLIS + " ms");
        }
      }
      return operations;
    }

    private void swallow(SelectionKey key) {
      try {
        Line line = (Line) key.attachment();
        swallowed.clear();
        int count = line.channel.read(swallowed);
        if (count < 0) {
          throw new EOFException("the server has closed the connection");
        }
        line.left -= count;
        if (line.left > 0) {
          return;
        }
        operations++;
        if (System.nanoTime() - end < 0) {
          line.send();
        } else {
          busy--;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void close() throws IOException {
      selector.close();
      for (Line line : lines) {
        line.connection.close();
      }
    }
  }

  private final class Line {
    private final RawConnection connection;
    private final SocketChannel channel;
    private final Command command;
    private final ByteBuffer outbound;
    private int left;

    Line(RawConnection connection, Command command) {
      this.connection = connection;
      this.channel = connection.channel();
      this.command = command;
      this.outbound = ByteBuffer.allocateDirect(task.statements() * command.next().length);
    }

    /** All statements of one operation at once. */
    void send() throws IOException {
      outbound.clear();
      for (int i = 0; i < task.statements(); i++) {
        outbound.put(command.next());
      }
      outbound.flip();
      while (outbound.hasRemaining()) { // some hundred bytes, for which there always is room
        channel.write(outbound);
      }
      left = task.statements() * command.replySize();
    }
  }
}
