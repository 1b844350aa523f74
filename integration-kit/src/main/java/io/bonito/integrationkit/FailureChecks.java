package io.bonito.integrationkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.ScriptedServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Servers that are not there, not well, or not what they seem. */
final class FailureChecks {
  private static final int TRICKLE_MILLIS = 30;
  private static final int UNREAD_BYTES = 12_000_000;

  private final Trial trial;
  private final Duration deadline;

  FailureChecks(Trial trial, Duration deadline) {
    this.trial = trial;
    this.deadline = deadline;
  }

  private ConnectionOptions soon(int port) {
    return Trial.options(port).set(Options.CONNECT_TIMEOUT, deadline).build();
  }

  private static ConnectionOptions patient(int port) {
    return Trial.options(port).build();
  }

  // ---- connecting

  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(trial.failureToOpen(patient(port)).reason()).isEqualTo(Reason.REFUSED);
  }

  void noGreetingComes() throws Exception {
    timesOut(socket -> LoopbackPeer.awaitEnd(socket.getInputStream()));
  }

  /** Each byte comes in time; the whole does not. */
  void theGreetingTrickles() throws Exception {
    byte[] greeting = Frames.frame(0, greeting());
    timesOut(
        socket -> {
          socket.setSoTimeout(TRICKLE_MILLIS);
          for (byte piece : greeting) {
            socket.getOutputStream().write(piece);
            try {
              if (socket.getInputStream().read() < 0) {
                return;
              }
            } catch (SocketTimeoutException e) {
              // The transport is still there: the next byte.
            }
          }
        });
  }

  void theLoginIsNotAnswered() throws Exception {
    timesOut(
        socket -> {
          socket.getOutputStream().write(Frames.frame(0, greeting()));
          LoopbackPeer.awaitEnd(socket.getInputStream());
        });
  }

  private static byte[] greeting() {
    return Packets.greeting("8.0.33", Capabilities.USUAL, "mysql_native_password");
  }

  private void timesOut(LoopbackPeer.Treatment treatment) throws Exception {
    try (LoopbackPeer peer = new LoopbackPeer(treatment)) {
      ConnectionException e = trial.failureToOpen(soon(peer.port()));
      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      assertThat(e.commandMayHaveRun()).isFalse();
      peer.awaitTreated(trial.patience());
    }
  }

  void theServerIsFull() throws Exception {
    try (ListeningServer server =
        new ScriptedServer()
            .greeting(wire -> wire.packet(0, Packets.error(1040, "08004", "Too many connections")))
            .listen()) {
      ConnectionException e = trial.failureToOpen(patient(server.port()));
      assertThat(e.reason()).isEqualTo(Reason.REJECTED);
      assertThat(e.serverError().orElseThrow().code()).isEqualTo(1040);
    }
  }

  void thePeerSpeaksAnotherProtocol() throws Exception {
    LoopbackPeer.Treatment treatment =
        socket -> {
          socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
          assertThat(socket.getInputStream().read()).as("what the transport sent").isEqualTo(-1);
        };
    try (LoopbackPeer peer = new LoopbackPeer(treatment)) {
      assertThat(trial.failureToOpen(patient(peer.port())).reason()).isEqualTo(Reason.MALFORMED);
      peer.awaitTreated(trial.patience());
    }
  }

  /** Whatever went wrong, the next connection is not touched by it. */
  void theNextConnectionStartsAnew() throws Exception {
    noGreetingComes();
    theServerIsFull();
    thePeerSpeaksAnotherProtocol();
    try (ListeningServer server = new ScriptedServer().listen()) {
      DrivenConnection connection = trial.open(patient(server.port()));
      assertThat(trial.ask(connection, "DO 1")).containsExactly("RESULT_END", "DONE");
      connection.close();
    }
  }

  // ---- in use

  void aRefusalIsNoFailure() throws Exception {
    try (ListeningServer server =
        new ScriptedServer().query("WRONG", Answer.error(1064, "42000", "no")).listen()) {
      DrivenConnection connection = trial.open(patient(server.port()));
      assertThat(trial.ask(connection, "WRONG")).containsExactly("FAILED 1064 42000 no");
      assertThat(trial.ask(connection, "DO 1")).containsExactly("RESULT_END", "DONE");
      assertThat(connection.isOpen()).isTrue();
      connection.close();
      assertThat(connection.isOpen()).isFalse();
    }
  }

  void closingTakesLeave() throws Exception {
    CountDownLatch quit = new CountDownLatch(1);
    try (ListeningServer server =
        new ScriptedServer()
            .command(ScriptedServer.QUIT, (payload, wire) -> quit.countDown())
            .listen()) {
      DrivenConnection connection = trial.open(patient(server.port()));
      connection.close();
      assertThat(quit.await(trial.patience().toMillis(), TimeUnit.MILLISECONDS))
          .as("QUIT has come")
          .isTrue();
    }
  }

  /** What a server says when it closes a connection that has rested too long. */
  void theServerTakesItsLeave() throws Exception {
    Answer goodbye =
        wire -> {
          wire.packet(Packets.ok());
          wire.packet(0, Packets.error(4031, "HY000", "The client was disconnected"));
          wire.hangUp();
        };
    try (ListeningServer server = new ScriptedServer().query("REST", goodbye).listen()) {
      DrivenConnection connection = trial.open(patient(server.port()));
      assertThat(trial.ask(connection, "REST")).containsExactly("RESULT_END", "DONE");
      ConnectionException e = trial.failureToAnswer(connection, new QueryExchange("DO 1"));
      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.serverError().orElseThrow().code()).isEqualTo(4031);
      assertThat(e.commandMayHaveRun()).isFalse();
    }
  }

  void nothingIsAnsweredAfterTheEnd() throws Exception {
    try (ListeningServer server = new ScriptedServer().query("LEAVE", Answer.hangUp()).listen()) {
      DrivenConnection connection = trial.open(patient(server.port()));
      ConnectionException e = trial.failureToAnswer(connection, new QueryExchange("LEAVE"));
      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e.commandMayHaveRun()).isTrue();
      e = trial.failureToAnswer(connection, new QueryExchange("DO 1"));
      assertThat(e.reason()).isIn(Reason.CLOSED, Reason.LOST);
      assertThat(e.commandMayHaveRun()).isFalse();
    }
  }

  void theServerTakesNoMoreBytes() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (LoopbackPeer peer = new LoopbackPeer(socket -> readUntilItIsMuch(socket, over))) {
      DrivenConnection connection = trial.open(patient(peer.port()));
      QueryExchange query = new QueryExchange("SELECT '" + "x".repeat(UNREAD_BYTES) + "'");
      query.deadline(System.nanoTime() + deadline.toNanos());
      assertThat(trial.failureToAnswer(connection, query).reason()).isEqualTo(Reason.TIMED_OUT);
    } finally {
      over.countDown();
    }
  }

  /** Says OK to everything that is small. */
  private static void readUntilItIsMuch(Socket socket, CountDownLatch over) throws Exception {
    socket.getOutputStream().write(Frames.frame(0, greeting()));
    while (true) {
      byte[] header = socket.getInputStream().readNBytes(4);
      int length = header.length < 4 ? 0 : (header[0] & 0xff) | (header[1] & 0xff) << 8;
      if (header.length < 4 || header[2] != 0) {
        over.await();
        return;
      }
      socket.getInputStream().skipNBytes(length);
      socket.getOutputStream().write(Frames.frame(header[3] + 1, Packets.ok()));
    }
  }

  /** One that waits for its server must not make another wait. */
  void aConnectionThatWaitsHoldsUpNoOther() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ListeningServer server =
        new ScriptedServer().query("SLEEP", wire -> asked.countDown()).listen()) {
      DrivenConnection sleeper = trial.open(patient(server.port()));
      CompletableFuture<ConnectionException> end = new CompletableFuture<>();
      Thread sleeping =
          new Thread(
              () -> {
                try {
                  sleeper.run(
                      List.of(Command.of(new QueryExchange("SLEEP"))), FailureChecks::ignore);
                } catch (ConnectionException e) {
                  end.complete(e);
                }
              });
      sleeping.setDaemon(true);
      sleeping.start();
      asked.await();
      DrivenConnection other = trial.open(patient(server.port()));
      assertThat(trial.ask(other, "DO 1")).containsExactly("RESULT_END", "DONE");
      other.close();
      sleeper.abort();
      assertThat(trial.within(end::get).reason()).isEqualTo(Reason.LOST);
    }
  }

  private static boolean ignore(Event event, Exchange exchange) {
    return true;
  }
}
