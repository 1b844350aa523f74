package io.bonito.netty;

import static io.bonito.netty.Loops.await;
import static io.bonito.netty.Loops.failure;
import static io.bonito.netty.Loops.options;
import static io.bonito.netty.Loops.query;
import static io.bonito.netty.Loops.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.row.Row;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.ScriptedServer;
import io.bonito.testkit.tls.CertificateAuthority;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the channel lends is given back, and no more is read than somebody wants. */
@Timeout(60)
class BuffersTest {
  private static final EventLoopGroup LOOP = Loops.one();
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final int ROWS = 5000;
  private static final int ROW_BYTES = 1000;

  private final UnpooledByteBufAllocator lent = new UnpooledByteBufAllocator(true);
  private final AtomicLong received = new AtomicLong();

  @AfterAll
  static void end() {
    Loops.end(LOOP);
  }

  /** A channel that counts. */
  private final class Counted extends NioSocketChannel {
    Counted() {
      config().setAllocator(lent);
    }

    @Override
    protected int doReadBytes(ByteBuf into) throws Exception {
      int count = super.doReadBytes(into);
      received.addAndGet(Math.max(0, count));
      return count;
    }
  }

  private final ScriptedServer script =
      new ScriptedServer()
          .greeting("8.0.33", Capabilities.USUAL | Capabilities.SSL, "mysql_native_password")
          .sslRequest(
              (payload, wire) -> wire.startTls(CertificateAuthority.sharedServer().context()))
          .query("MANY", Answer.result(List.of("n"), rows()))
          .query("NONSENSE", Answer.raw(new byte[5000]))
          .query("BREAK", Answer.reset());

  @Test
  void aSinkThatWantsFewRowsHasFewRead() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(clear(server));
      Answers answers = new Answers();
      LoopCommand command = connection.submit(new QueryExchange("MANY"), answers, 0);
      answers.awaitTold(1);
      int told = 1;
      for (int step = 0; step < 20; step++) {
        command.request(100);
        told += 100;
        answers.awaitTold(told);
        // Each row has a header more, and the head of the result is small.
        long wanted = (long) told * ROW_BYTES;
        assertThat(received.get() - wanted).as("read ahead").isBetween(0L, 2 * 64 * 1024L);
        assertThat(used()).as("lent").isLessThan(2 * 64 * 1024);
      }
      command.request(Long.MAX_VALUE);
      assertThat(answers.await()).hasSize(ROWS + 3);
      await(connection.close());
    }
    assertThat(used()).isZero();
  }

  @Test
  void whateverBecomesOfAConnectionItsBuffersAreGivenBack() throws Exception {
    try (ListeningServer server = script.listen()) {
      for (ConnectionOptions options : List.of(clear(server), encrypted(server))) {
        paused(options);
        failing(options, "NONSENSE");
        failing(options, "BREAK");
        sinkThatThrows(options);
        LoopConnection connection = connect(options);
        assertThat(query(connection, "MANY")).hasSize(ROWS + 3);
        await(connection.close());
        assertThat(used()).isZero();
      }
    }
  }

  private void paused(ConnectionOptions options) throws Exception {
    LoopConnection connection = connect(options);
    Answers answers = new Answers();
    connection.submit(new QueryExchange("MANY"), answers, 10);
    answers.awaitTold(11);
    connection.abort();
    failure(answers.end);
    await(connection.closed());
  }

  private void failing(ConnectionOptions options, String sql) throws Exception {
    LoopConnection connection = connect(options);
    Answers answers = new Answers();
    connection.submit(new QueryExchange(sql), answers);
    failure(answers.end);
    await(connection.closed());
  }

  private void sinkThatThrows(ConnectionOptions options) throws Exception {
    LoopConnection connection = connect(options);
    Answers answers =
        new Answers() {
          @Override
          public boolean row(Row row) {
            connection.abort();
            throw new IllegalStateException("of the sink");
          }
        };
    connection.submit(new QueryExchange("MANY"), answers);
    await(connection.closed());
    assertThat(answers.end).isCompletedExceptionally();
  }

  private long used() {
    return lent.metric().usedDirectMemory() + lent.metric().usedHeapMemory();
  }

  private LoopConnection connect(ConnectionOptions options) throws Exception {
    return await(LoopConnector.on(LOOP).tcp(Counted::new).connect(options));
  }

  private static ConnectionOptions clear(ListeningServer server) {
    return within(options(server).set(TlsOptions.SSL_MODE, TlsMode.DISABLED), PATIENCE);
  }

  private static ConnectionOptions encrypted(ListeningServer server) {
    return within(options(server).set(TlsOptions.SSL_MODE, TlsMode.REQUIRED), PATIENCE);
  }

  private static List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(List.of("x".repeat(ROW_BYTES)));
    }
    return rows;
  }
}
