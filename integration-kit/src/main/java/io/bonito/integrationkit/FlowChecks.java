package io.bonito.integrationkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.ResultExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.ScriptedServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Much data, either way, and neither side faster than the other can bear. */
final class FlowChecks {
  /** More than goes into one packet. */
  private static final int LARGE = 0xffffff + 5_000;

  private static final int LOADED_BYTES = 3_000_000;

  /** Rows of an answer that nobody takes: far more than the sockets' buffers hold. */
  private static final int ROWS = 640;

  private static final int ROW_BYTES = 100_000;

  /**
   * How much the server may get rid of meanwhile: what sockets and sessions keep, and some more.
   */
  private static final long MOST_BYTES_UNTAKEN = 32_000_000;

  private static final int ROWS_TAKEN = 3;

  /** What is written without a pause of this length is still on its way. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Trial trial;

  FlowChecks(Trial trial) {
    this.trial = trial;
  }

  void packetsAreSplitAndJoined() throws Exception {
    String large = "x".repeat(LARGE);
    AtomicLong asked = new AtomicLong();
    AtomicLong answered = new AtomicLong();
    try (ListeningServer server =
        new ScriptedServer()
            .query(
                large,
                wire -> {
                  asked.set(large.length());
                  Answer.rows(List.of("c"), List.of(large)).write(wire);
                })
            .listen()) {
      DrivenConnection connection = trial.open(Trial.options(server.port()).build());
      trial.within(
          () -> {
            connection.run(
                List.of(Command.of(new QueryExchange(large))),
                (event, exchange) -> {
                  if (event == Event.ROW) {
                    answered.set(((ResultExchange) exchange).row().length(0));
                  }
                  return true;
                });
            return true;
          });
      assertThat(asked).as("size of the query that the server got").hasValue(LARGE);
      assertThat(answered).as("size of the value that was told").hasValue(LARGE);
      assertThat(trial.ask(connection, "DO 1")).containsExactly("RESULT_END", "DONE");
      connection.close();
    }
  }

  // ---- LOAD DATA LOCAL

  void whatIsLoadedArrivesWhole() throws Exception {
    AtomicLong arrived = new AtomicLong();
    byte[] data = "x".repeat(LOADED_BYTES).getBytes(US_ASCII);
    try (ListeningServer server =
        new ScriptedServer()
            .query("LOAD", Answer.packet(Packets.localInfile("a-file")))
            .command('x', (payload, wire) -> arrived.addAndGet(payload.length))
            .listen()) {
      DrivenConnection connection =
          trial.open(
              Trial.options(server.port()).set(TlsOptions.ALLOW_LOAD_LOCAL_INFILE, true).build());
      QueryExchange load = new QueryExchange("LOAD");
      load.takeLocalData();
      assertThat(trial.ask(connection, new Command(load, /* loads= */ true, data)))
          .containsExactly("RESULT_END", "DONE");
      assertThat(arrived).hasValue(data.length);
      assertThat(trial.ask(connection, "DO 1")).containsExactly("RESULT_END", "DONE");
      connection.close();
    }
  }

  void aServerThatAsksForAFileGetsNothing() throws Exception {
    for (String path : List.of("", "/etc/passwd", "http://127.0.0.1/", "\\\\host\\share")) {
      try (ListeningServer server =
          new ScriptedServer()
              .query("SELECT 1", Answer.packet(Packets.localInfile(path)))
              .listen()) {
        DrivenConnection connection = trial.open(Trial.options(server.port()).build());
        ConnectionException e = trial.failureToAnswer(connection, new QueryExchange("SELECT 1"));
        assertThat(e.reason()).isIn(Reason.DEMAND_REFUSED, Reason.MALFORMED);
        assertThat(server.talks().get(0).received()).endsWith((byte) '1');
      }
    }
  }

  // ---- back-pressure

  void rowsThatNobodyTakesHoldUpTheServer() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (LoopbackPeer peer = new LoopbackPeer(socket -> answerMuch(socket, sent))) {
      DrivenConnection connection =
          trial.open(Trial.options(peer.port()).set(Options.TCP_RECEIVE_BUFFER, 65_536).build());
      Slow slow = new Slow();
      CompletableFuture<Integer> end = new CompletableFuture<>();
      Thread asking =
          new Thread(
              () -> {
                try {
                  connection.run(List.of(Command.of(new QueryExchange("MUCH"))), slow);
                  end.complete(slow.rows);
                } catch (ConnectionException | RuntimeException e) {
                  end.completeExceptionally(e);
                }
              });
      asking.setDaemon(true);
      asking.start();
      trial.within(
          () -> {
            slow.paused.await();
            return awaitRest(sent);
          });
      assertThat(sent.get())
          .as("bytes sent of rows that nobody takes")
          .isLessThan(MOST_BYTES_UNTAKEN);
      assertThat(slow.rows).as("rows told").isEqualTo(ROWS_TAKEN);
      connection.resume();
      int told = trial.within(() -> end.get());
      assertThat(told).as("rows told in the end").isEqualTo(ROWS);
      connection.close();
    }
  }

  /** Until no more is sent, or it is too much. */
  private static long awaitRest(AtomicLong sent) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long before = -1;
    while (sent.get() != before && sent.get() < MOST_BYTES_UNTAKEN) {
      before = sent.get();
      boolean ignored = never.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
    return before;
  }

  private static final class Slow implements EventListener {
    final CountDownLatch paused = new CountDownLatch(1);
    volatile int rows;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread tells
    public boolean on(Event event, Exchange exchange) {
      if (event != Event.ROW) {
        return true;
      }
      rows++;
      if (rows == ROWS_TAKEN) {
        paused.countDown();
        return false;
      }
      return true;
    }
  }

  private static void answerMuch(Socket socket, AtomicLong sent) throws Exception {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    out.write(
        Frames.frame(0, Packets.greeting("8.0.33", Capabilities.USUAL, "mysql_native_password")));
    while (true) {
      byte[] header = in.readNBytes(4);
      if (header.length < 4) {
        return;
      }
      byte[] payload = in.readNBytes((header[0] & 0xff) | (header[1] & 0xff) << 8);
      if (!new String(payload, UTF_8).endsWith("MUCH")) {
        out.write(Frames.frame(header[3] + 1, Packets.ok()));
        continue;
      }
      out.write(Frames.frame(1, new byte[] {1}));
      out.write(Frames.frame(2, Packets.column("c", 253, 45, 0)));
      byte[] row = Packets.textRow(Collections.singletonList("r".repeat(ROW_BYTES)));
      for (int i = 0; i < ROWS; i++) {
        byte[] packet = Frames.frame(3 + i & 0xff, row);
        out.write(packet);
        sent.addAndGet(packet.length);
      }
      out.write(Frames.frame(3 + ROWS & 0xff, Packets.endOk(Packets.AUTOCOMMIT)));
    }
  }
}
