package io.bonito.netty;

import static io.bonito.netty.Loops.await;
import static io.bonito.netty.Loops.failure;
import static io.bonito.netty.Loops.options;
import static io.bonito.netty.Loops.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.ScriptedServer;
import io.netty.channel.EventLoopGroup;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hosts that answer no more; the seconds are the test's own. */
@Timeout(60)
class PeerWatchTest {
  private static final EventLoopGroup LOOP = Loops.one();

  @AfterAll
  static void end() {
    Loops.end(LOOP);
  }

  private final PeerWatch watch = new PeerWatch();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch probeLeft = new CountDownLatch(1);
  private volatile boolean gone;
  private final ScriptedServer script =
      new ScriptedServer()
          .query("SILENCE", wire -> asked.countDown())
          .query("MANY", Answer.rows(List.of("n"), List.of("1"), List.of("2")))
          .command(ScriptedServer.QUIT, (payload, wire) -> probeLeft.countDown());

  @Test
  void twoProbesOfAHostThatIsGoneEndTheCall() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(server);
      long start = System.nanoTime();
      Answers answers = new Answers();
      ask(connection, answers);
      gone = true;
      for (int second = 1; second <= 36; second++) {
        look(start, second);
        assertThat(answers.end).isNotDone();
      }
      look(start, 37);
      ConnectionException e = failure(answers.end);
      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.commandMayHaveRun()).isTrue();
      assertThat(e).hasMessageContaining("its host answered neither of two probes");
      assertThat(connection.isOpen()).isFalse();
    }
  }

  @Test
  void aProbeIsAWholeLoginAndLetsTheCallWait() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(server);
      Answers answers = new Answers();
      ask(connection, answers);
      look(System.nanoTime(), 1);
      look(System.nanoTime(), 30);
      probeLeft.await();
      assertThat(server.talks()).hasSize(2);
      assertThat(answers.end).isNotDone();
      connection.abort();
    }
  }

  /** It is the sink that is late, or nobody waits at all. */
  @Test
  void nobodyIsMissedWhoOwesNothing() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection idle = connect(server);
      LoopConnection paused = connect(server);
      Answers answers = new Answers();
      LoopCommand command = paused.submit(new QueryExchange("MANY"), answers, 1);
      answers.awaitTold(2);
      gone = true;
      long start = System.nanoTime();
      for (int second = 1; second < 100; second++) {
        look(start, second);
      }
      command.request(10);
      assertThat(answers.await()).hasSize(5);
      assertThat(query(idle, "DO 1")).containsExactly("end 0", "done");
      idle.abort();
      paused.abort();
    }
  }

  /** Returns when the server has been asked and the loop is done with it. */
  private void ask(LoopConnection connection, Answers answers) throws Exception {
    connection.submit(new QueryExchange("SILENCE"), answers);
    asked.await();
    connection.eventLoop().submit(() -> {}).get();
  }

  private void look(long start, int second) throws Exception {
    await(watch.look(start + TimeUnit.SECONDS.toNanos(second)));
  }

  private LoopConnection connect(ListeningServer server) throws Exception {
    LoopConnection connection =
        await(
            LoopConnector.on(LOOP)
                .tcp(FarChannel::new)
                .names(
                    host -> {
                      if (gone) {
                        throw new UnknownHostException(host);
                      }
                      return FarChannel.somewhereElse(host);
                    })
                .connect(
                    options(server)
                        .set(Options.PROBE_VANISHED_PEERS, false)
                        .set(TlsOptions.SSL_MODE, TlsMode.DISABLED)
                        .build()));
    watch.add(connection.pump());
    return connection;
  }
}
