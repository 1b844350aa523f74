package io.bonito.netty;

import static io.bonito.netty.Loops.await;
import static io.bonito.netty.Loops.connect;
import static io.bonito.netty.Loops.failure;
import static io.bonito.netty.Loops.options;
import static io.bonito.netty.Loops.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.protocol.row.Row;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.ScriptedServer;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection on a loop, with a scripted server behind a socket. */
@Timeout(60)
class LoopConnectionTest {
  private static final EventLoopGroup LOOP = Loops.one();

  /** What a scripted server takes for a command: the first byte of the data. */
  private static final int DATA = 0;

  private static final int END_OF_DATA = -1;

  @AfterAll
  static void end() {
    Loops.end(LOOP);
  }

  private final ScriptedServer script =
      new ScriptedServer()
          .query(
              "SELECT",
              Answer.rows(List.of("id", "name"), List.of("1", "one"), List.of("2", "two")))
          .query("WRONG", Answer.error(1064, "42000", "no"))
          .query("LEAVE", Answer.hangUp())
          .query("BREAK", Answer.reset())
          .query("NONSENSE", Answer.raw((byte) 1, (byte) 0, (byte) 0, (byte) 9, (byte) 0))
          .query("SILENCE", Answer.silence())
          .query("MANY", Answer.result(List.of("n"), numbers(10_000)));

  @Test
  void anAnswerComesToItsSink() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      assertThat(query(connection, "SELECT"))
          .containsExactly("columns 2", "row 1 one", "row 2 two", "end 0", "done");
      assertThat(query(connection, "DO 1")).containsExactly("end 0", "done");
      await(connection.close());
      assertThat(connection.isOpen()).isFalse();
    }
  }

  @Test
  void aRefusalLeavesTheConnectionAsItWas() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      assertThat(query(connection, "WRONG")).containsExactly("refused 1064");
      assertThat(query(connection, "SELECT")).hasSize(5);
      connection.abort();
    }
  }

  @Test
  void commandsAreAnsweredInTheirOrderAndThenItTakesLeave() throws Exception {
    CountDownLatch quit = new CountDownLatch(1);
    script.command(ScriptedServer.QUIT, (payload, wire) -> quit.countDown());
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      List<Answers> all = new ArrayList<>();
      List<Integer> order = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 20; i++) {
        int number = i;
        Answers answers = new Answers();
        answers.end.thenRun(() -> order.add(number));
        all.add(answers);
        connection.submit(new QueryExchange("SELECT"), answers);
      }
      await(connection.close());
      for (Answers answers : all) {
        assertThat(answers.await()).hasSize(5);
      }
      assertThat(order).hasSize(20).isSorted();
      quit.await();
    }
  }

  @Test
  void nothingIsTakenAfterClose() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      await(connection.close());
      assertThatThrownBy(() -> query(connection, "SELECT"))
          .asInstanceOf(type(ConnectionException.class))
          .extracting(ConnectionException::reason)
          .isEqualTo(Reason.CLOSED);
    }
  }

  @Test
  void aServerThatHangsUpMayHaveRunTheCommandUnderWayAndNoneBehindIt() throws Exception {
    try (ListeningServer server = script.listen()) {
      for (String last : List.of("LEAVE", "BREAK")) {
        LoopConnection connection = connect(options(server).build(), LOOP);
        Answers first = new Answers();
        Answers second = new Answers();
        connection.submit(new QueryExchange(last), first);
        connection.submit(new QueryExchange("SELECT"), second);
        ConnectionException failed = failure(first.end);
        assertThat(failed.reason()).isEqualTo(Reason.LOST);
        assertThat(failed.commandMayHaveRun()).isTrue();
        assertThat(failure(second.end).commandMayHaveRun()).isFalse();
        assertThat(connection.isOpen()).isFalse();
        await(connection.closed());
      }
    }
  }

  @Test
  void nonsenseClosesBeforeItIsTold() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      List<Boolean> open = Collections.synchronizedList(new ArrayList<>());
      Answers answers =
          new Answers() {
            @Override
            public void failed(Throwable failure) {
              open.add(connection.isOpen());
              super.failed(failure);
            }
          };
      connection.submit(new QueryExchange("NONSENSE"), answers);
      assertThat(failure(answers.end).reason()).isEqualTo(Reason.MALFORMED);
      assertThat(open).containsExactly(false);
    }
  }

  @Test
  void anAbortFailsWhatIsUnderWay() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      Answers answers = new Answers();
      connection.submit(new QueryExchange("SILENCE"), answers);
      connection.abort();
      assertThat(failure(answers.end).reason()).isEqualTo(Reason.LOST);
    }
  }

  @Test
  void aDeadlineThatPassesClosesAndSaysHowLongItWas() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      Answers answers = new Answers();
      QueryExchange query = new QueryExchange("SILENCE");
      query.deadline(System.nanoTime() + 300_500_000);
      connection.submit(query, answers);
      ConnectionException failed = failure(answers.end);
      assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(failed).hasMessageContaining("within 300 ms");
      assertThat(connection.isOpen()).isFalse();
    }
  }

  /** The answer lies in the socket meanwhile, and its deadline passes before the loop can look. */
  @Test
  void aLoopThatStoodStillBlamesNobody() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      Answers answers = new Answers();
      QueryExchange query = new QueryExchange("SELECT");
      query.deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500));
      connection
          .eventLoop()
          .execute(
              () -> {
                connection.submit(query, answers);
                Loops.standStill(1);
              });
      assertThat(answers.await()).hasSize(5);
      connection.abort();
    }
  }

  @Test
  void whatASinkThrowsIsItsOwn() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      Answers answers =
          new Answers() {
            @Override
            public boolean row(Row row) {
              throw new IllegalStateException("of the sink");
            }
          };
      connection.submit(new QueryExchange("SELECT"), answers);
      assertThatThrownBy(answers::await).hasMessage("of the sink");
      assertThat(query(connection, "SELECT")).hasSize(5);
      connection.abort();
    }
  }

  @Test
  void aCommandThatCannotBeWrittenFailsAlone() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      Answers before = new Answers();
      Answers dropped = new Answers();
      Answers behind = new Answers();
      connection
          .eventLoop()
          .execute(
              () -> {
                connection.submit(new QueryExchange("SELECT"), before);
                connection.submit(new QueryExchange("SELECT", Map.of("a", "b")), dropped);
                connection.submit(new QueryExchange("SELECT"), behind);
              });
      assertThat(before.await()).hasSize(5);
      assertThatThrownBy(dropped::await).isInstanceOf(IllegalStateException.class);
      assertThat(behind.await()).hasSize(5);
      connection.abort();
    }
  }

  @Test
  void rowsComeAsTheyAreAskedFor() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      Answers answers = new Answers();
      LoopCommand command = connection.submit(new QueryExchange("MANY"), answers, 0);
      Answers behind = new Answers();
      connection.submit(new QueryExchange("SELECT"), behind);
      for (int asked = 1; asked <= 10; asked++) {
        command.request(1);
        int due = 1 + asked;
        answers.awaitTold(due);
        assertThat(answers.toldSoFar()).hasSize(due).endsWith("row " + (asked - 1));
      }
      assertThat(behind.toldSoFar()).isEmpty();
      command.request(Long.MAX_VALUE);
      assertThat(answers.await()).hasSize(10_003);
      assertThat(behind.await()).hasSize(5);
      connection.abort();
    }
  }

  /** Else the row that it asked for would never come. */
  @Test
  void whatASinkRequestsWhileItSaysStopCounts() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      AtomicReference<LoopCommand> command = new AtomicReference<>();
      Answers answers =
          new Answers() {
            @Override
            public boolean row(Row row) {
              super.row(row);
              command.get().request(1);
              return false;
            }
          };
      connection
          .eventLoop()
          .execute(() -> command.set(connection.submit(new QueryExchange("SELECT"), answers)));
      assertThat(answers.await()).hasSize(5);
      connection.abort();
    }
  }

  @Test
  void commandsFailWhenTheLoopIsShutDown() throws Exception {
    EventLoopGroup own = Loops.one();
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), own);
      Answers underWay = new Answers();
      Answers paused = new Answers();
      connection.submit(new QueryExchange("MANY"), paused, 1);
      connection.submit(new QueryExchange("SILENCE"), underWay);
      paused.awaitTold(2);
      Loops.end(own);
      assertThat(failure(paused.end).reason()).isEqualTo(Reason.LOST);
      assertThat(failure(underWay.end).reason()).isEqualTo(Reason.LOST);
      await(connection.closed());
      Answers late = new Answers();
      connection.submit(new QueryExchange("SELECT"), late);
      assertThat(failure(late.end)).hasMessageContaining("its event loop is shut down");
      await(connection.close());
    }
  }

  @Test
  void aServerThatBreaksOffALoadEndsIt() throws Exception {
    script
        .query("LOAD", Answer.packet(new byte[] {(byte) 0xFB, 'x'}))
        .command(DATA, Answer.reset());
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(loading(server), LOOP);
      byte[] piece = new byte[50_000];
      Answers answers =
          new Answers() {
            @Override
            public void localData(LocalData data) {
              data.send(piece, 0, piece.length);
            }
          };
      connection.submit(load(), answers);
      assertThat(failure(answers.end).reason()).isEqualTo(Reason.LOST);
    }
  }

  /** The next command has nothing to do with it. */
  @Test
  void dataThatFailsWhenTheLoadIsOverEndsNothing() throws Exception {
    script
        .query("LOAD", Answer.packet(new byte[] {(byte) 0xFB, 'x'}))
        .command(DATA, Answer.silence())
        .command(END_OF_DATA, Answer.error(1064, "42000", "no"));
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(loading(server), LOOP);
      AtomicReference<LocalData> given = new AtomicReference<>();
      Answers answers =
          new Answers() {
            @Override
            public void localData(LocalData data) {
              if (given.getAndSet(data) == null) {
                data.send(new byte[10], 0, 10);
              } else {
                data.end();
              }
            }
          };
      connection.submit(load(), answers);
      assertThat(answers.await()).containsExactly("refused 1064");
      given.get().fail(new IllegalStateException("too late"));
      assertThat(query(connection, "SELECT")).hasSize(5);
      connection.abort();
    }
  }

  private static ConnectionOptions loading(ListeningServer server) {
    return options(server).set(TlsOptions.ALLOW_LOAD_LOCAL_INFILE, true).build();
  }

  private static QueryExchange load() {
    QueryExchange load = new QueryExchange("LOAD");
    load.takeLocalData();
    return load;
  }

  @Test
  void theRestCanBePassedOver() throws Exception {
    try (ListeningServer server = script.listen()) {
      LoopConnection connection = connect(options(server).build(), LOOP);
      Answers answers = new Answers();
      LoopCommand command = connection.submit(new QueryExchange("MANY"), answers, 2);
      answers.awaitTold(3);
      command.discard();
      assertThat(answers.await()).endsWith("row 1", "end 0", "done");
      connection.abort();
    }
  }

  private static List<List<String>> numbers(int count) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(List.of(String.valueOf(i)));
    }
    return rows;
  }
}
