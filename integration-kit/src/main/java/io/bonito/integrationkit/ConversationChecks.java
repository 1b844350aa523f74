package io.bonito.integrationkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.testkit.script.Conversation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/** Recorded conversations over sockets: whole, in pieces, and broken off at every point. */
final class ConversationChecks {
  private static final int[] PIECE_SIZES = {1, 2, 3, 5, 64};
  private static final int WHOLE = 1 << 20;
  private static final int ALL_BYTES = Integer.MAX_VALUE;

  /** Small enough to be broken off at every byte, with all kinds of events between them. */
  private static final List<String> BROKEN_OFF =
      List.of("mysql-8.0.33-select-empty", "mariadb-11.4.5-updates", "mysql-8.0.33-login-tls");

  private static final List<String> STOPPED =
      List.of("mysql-8.0.33-select-empty", "mariadb-11.4.5-multiple-results");

  /** Handshakes take their time. */
  private static final int TLS_STRIDE = 3;

  /** As a prime, it comes to every place within a packet. */
  private static final int RESET_STRIDE = 7;

  private final Trial trial;
  private final Duration deadline;

  ConversationChecks(Trial trial, Duration deadline) {
    this.trial = trial;
    this.deadline = deadline;
  }

  private interface Check {
    void of(Conversation conversation, Ledger ledger, LoopbackPeer peer) throws Exception;
  }

  private static Stream<DynamicTest> each(Stream<Conversation> conversations, Check check) {
    return conversations
        .map(Conversations::playable)
        .map(conversation -> dynamicTest(conversation.name(), () -> run(conversation, check)));
  }

  private static void run(Conversation conversation, Check check) throws Exception {
    try (LoopbackPeer peer =
        new LoopbackPeer(new ReplayPeer(conversation, WHOLE, ALL_BYTES, Ending.STALL))) {
      check.of(conversation, Ledger.of(conversation), peer);
    }
  }

  private static Stream<Conversation> named(List<String> names) {
    return names.stream().map(Conversations::named);
  }

  private void play(Play play, LoopbackPeer peer) throws Exception {
    trial.run(play, peer.port());
    peer.awaitTreated(trial.patience());
  }

  // ---- whole

  Stream<DynamicTest> inPieces() {
    return each(Conversations.all().stream(), this::inPieces);
  }

  private void inPieces(Conversation conversation, Ledger ledger, LoopbackPeer peer)
      throws Exception {
    for (int size : PIECE_SIZES) {
      peer.treatNext(new ReplayPeer(conversation, size, ALL_BYTES, Ending.STALL));
      isWhole(conversation, size, ledger, peer);
    }
    if (usesTls(conversation)) {
      for (int size : PIECE_SIZES) {
        peer.treatNext(new ReplayPeer(conversation, WHOLE, ALL_BYTES, Ending.STALL));
        try (LoopbackPeer before = new LoopbackPeer(new Relay(peer.port(), size))) {
          isWhole(conversation, size, ledger, before);
        }
        peer.awaitTreated(trial.patience());
      }
    }
  }

  private void isWhole(Conversation conversation, int size, Ledger ledger, LoopbackPeer peer)
      throws Exception {
    Play play = new Play(conversation);
    play(play, peer);
    assertThat(play.failure()).as("in pieces of %d", size).isNull();
    assertThat(play.told()).as("in pieces of %d", size).isEqualTo(ledger.all());
  }

  // ---- broken off

  Stream<DynamicTest> endsOfStream() {
    return each(
        named(BROKEN_OFF),
        (conversation, ledger, peer) -> {
          int size = conversation.serverBytes().length;
          int stride = usesTls(conversation) ? TLS_STRIDE : 1;
          for (int bytes = 0; bytes < size; bytes += stride) {
            peer.treatNext(new ReplayPeer(conversation, WHOLE, bytes, Ending.END_OF_STREAM));
            Play play = new Play(conversation);
            play(play, peer);
            assertThat(play.told()).as("after byte %d", bytes).isEqualTo(ledger.after(bytes));
            isLost(play, bytes, ledger, Reason.LOST, Reason.TLS);
          }
        });
  }

  private static boolean usesTls(Conversation conversation) {
    return conversation.name().endsWith("-tls");
  }

  Stream<DynamicTest> resets() {
    return each(
        named(BROKEN_OFF),
        (conversation, ledger, peer) -> {
          int size = conversation.serverBytes().length;
          for (int bytes = 0; bytes < size; bytes += RESET_STRIDE) {
            peer.treatNext(new ReplayPeer(conversation, WHOLE, bytes, Ending.RESET));
            Play play = new Play(conversation);
            play(play, peer);
            // A RST may take with it what has not been read.
            assertThat(ledger.after(bytes)).as("after byte %d", bytes).startsWith(array(play));
            // One that comes at once may look as if there had been no connection.
            isLost(
                play, bytes, ledger, Reason.LOST, Reason.TLS, Reason.UNREACHABLE, Reason.REFUSED);
          }
        });
  }

  private static String[] array(Play play) {
    return play.told().toArray(new String[0]);
  }

  private static void isLost(Play play, int bytes, Ledger ledger, Reason... beforeLogin) {
    ConnectionException failure = failure(play, bytes);
    if (bytes < ledger.loginBytes()) {
      assertThat(play.hasConnected()).as("connected after byte %d", bytes).isFalse();
      assertThat(failure.reason()).as("after byte %d", bytes).isIn((Object[]) beforeLogin);
      assertThat(failure.commandMayHaveRun()).as("after byte %d", bytes).isFalse();
    } else {
      assertThat(failure.reason()).as("after byte %d", bytes).isEqualTo(Reason.LOST);
    }
    if (play.isAnswerBegun()) {
      assertThat(failure.commandMayHaveRun()).as("after byte %d", bytes).isTrue();
    }
  }

  private static ConnectionException failure(Play play, int bytes) {
    ConnectionException failure = play.failure();
    if (failure == null) {
      throw new AssertionError("the transport goes on after byte " + bytes);
    }
    assertThat(play.wasOpenAtFailure()).as("open when the failure is told").isFalse();
    return failure;
  }

  Stream<DynamicTest> nonsense() {
    return each(
        named(STOPPED),
        (conversation, ledger, peer) -> {
          for (int bytes : turnsBeforeTheLast(ledger)) {
            peer.treatNext(new ReplayPeer(conversation, WHOLE, bytes, Ending.NONSENSE));
            Play play = new Play(conversation);
            play(play, peer);
            assertThat(play.told()).as("after byte %d", bytes).isEqualTo(ledger.after(bytes));
            assertThat(failure(play, bytes).reason()).isEqualTo(Reason.MALFORMED);
          }
        });
  }

  private static List<Integer> turnsBeforeTheLast(Ledger ledger) {
    List<Integer> turns = ledger.turns();
    return turns.subList(0, turns.size() - 1);
  }

  // ---- stopped

  Stream<DynamicTest> deadlines() {
    return each(
        named(STOPPED.subList(0, 1)),
        (conversation, ledger, peer) -> {
          play(new Play(conversation), peer); // so that it knows the server
          for (int bytes : turnsBeforeTheLast(ledger)) {
            peer.treatNext(new ReplayPeer(conversation, WHOLE, bytes, Ending.STALL));
            Play play =
                new Play(conversation) {
                  @Override
                  void giving(Exchange exchange) {
                    exchange.deadline(System.nanoTime() + deadline.toNanos());
                  }
                };
            play(play, peer);
            // On a slow machine an earlier command's may pass.
            assertThat(ledger.after(bytes)).as("after byte %d", bytes).startsWith(array(play));
            assertThat(failure(play, bytes).reason())
                .as("after byte %d", bytes)
                .isEqualTo(Reason.TIMED_OUT);
          }
        });
  }

  Stream<DynamicTest> abortsByTheListener() {
    return each(
        named(STOPPED),
        (conversation, ledger, peer) -> {
          for (int events = 1; events <= ledger.all().size(); events++) {
            peer.treatNext(new ReplayPeer(conversation, WHOLE, ALL_BYTES, Ending.STALL));
            Play play = new Aborted(conversation, events, /* byAnotherThread= */ false);
            play(play, peer);
            assertThat(play.told()).isEqualTo(ledger.all().subList(0, events));
            isAborted(play, events == ledger.all().size());
          }
        });
  }

  Stream<DynamicTest> abortsByAnotherThread() {
    return each(
        named(STOPPED),
        (conversation, ledger, peer) -> {
          play(new Play(conversation), peer); // so that it knows the server
          for (int bytes : turnsBeforeTheLast(ledger)) {
            List<String> due = ledger.after(bytes);
            peer.treatNext(new ReplayPeer(conversation, WHOLE, bytes, Ending.STALL));
            Play play = new Aborted(conversation, due.size(), /* byAnotherThread= */ true);
            play(play, peer);
            assertThat(due).startsWith(array(play));
            isAborted(play, /* complete= */ false);
          }
        });
  }

  private static void isAborted(Play play, boolean complete) {
    ConnectionException failure = play.failure();
    if (failure == null) {
      assertThat(complete).as("an aborted connection may go on").isTrue();
    } else {
      assertThat(failure.reason()).isIn(Reason.LOST, Reason.CLOSED);
      assertThat(play.wasOpenAtFailure()).as("open when the failure is told").isFalse();
    }
  }

  /** Is aborted when so many events have been told. */
  private static final class Aborted extends Play {
    private final int events;
    private final boolean byAnotherThread;

    Aborted(Conversation conversation, int events, boolean byAnotherThread) {
      super(conversation);
      this.events = events;
      this.byAnotherThread = byAnotherThread;
    }

    @Override
    void giving(Exchange exchange) {
      if (events == 0) {
        abort(this::abandon);
      }
    }

    @Override
    void told(int count, Event event, Exchange exchange, DrivenConnection by) {
      if (count == events) {
        abort(by::abort);
      }
    }

    private void abort(Runnable abort) {
      if (byAnotherThread) {
        Thread other = new Thread(abort, "bonito-kit-abort");
        other.setDaemon(true);
        other.start();
      } else {
        abort.run();
      }
    }
  }

  Stream<DynamicTest> cancelledAnswers() {
    return each(
        named(STOPPED),
        (conversation, ledger, peer) -> {
          for (int events = 1; events <= ledger.all().size(); events++) {
            peer.treatNext(new ReplayPeer(conversation, WHOLE, ALL_BYTES, Ending.STALL));
            Cancelled play = new Cancelled(conversation, events);
            play(play, peer);
            assertThat(play.failure()).isNull();
            assertThat(play.toldInVain).as("a row of a cancelled answer is told").isZero();
            assertThat(withoutRows(play.told())).isEqualTo(withoutRows(ledger.all()));
          }
        });
  }

  private static List<String> withoutRows(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith("ROW")).toList();
  }

  /** Discards the answer under way when so many events have been told. */
  private static final class Cancelled extends Play {
    private final int events;
    private volatile @Nullable Exchange discarded;
    private volatile int toldInVain;

    Cancelled(Conversation conversation, int events) {
      super(conversation);
      this.events = events;
    }

    @Override
    void told(int count, Event event, Exchange exchange, DrivenConnection by) {
      if (event == Event.ROW && exchange == discarded) {
        toldInVain = count;
      }
      if (count == events) {
        exchange.discard();
        discarded = exchange;
      }
    }
  }
}
