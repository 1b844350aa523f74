package io.bonito.integrationkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.failure.ConnectionException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.option.ConnectionOptions;
import io.bonito.protocol.option.Options;
import io.bonito.protocol.option.TlsMode;
import io.bonito.protocol.option.TlsOptions;
import io.bonito.testkit.script.Answer;
import io.bonito.testkit.script.Capabilities;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.ListeningServer;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.ScriptedServer;
import io.bonito.testkit.tls.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a transport does where its session wants TLS. */
final class TlsChecks {
  private static final long WITH_TLS = Capabilities.USUAL | Capabilities.SSL;
  private static final String SECRET = "canary-in-the-clear";

  private final Trial trial;
  private final Duration deadline;

  TlsChecks(Trial trial, Duration deadline) {
    this.trial = trial;
    this.deadline = deadline;
  }

  private static ConnectionOptions.Builder options(int port, TlsMode mode) {
    return Trial.options(port).set(Options.DATABASE, SECRET).set(TlsOptions.SSL_MODE, mode);
  }

  private static byte[] greeting() {
    return Packets.greeting("8.0.33", WITH_TLS, "mysql_native_password");
  }

  private static ScriptedServer encrypted() {
    return new ScriptedServer()
        .greeting("8.0.33", WITH_TLS, "mysql_native_password")
        .sslRequest(
            (payload, wire) -> wire.startTls(CertificateAuthority.sharedServer().context()));
  }

  void answersComeThroughTls() throws Exception {
    String large = "y".repeat(300_000);
    try (ListeningServer server =
        encrypted()
            .query("LARGE", Answer.rows(List.of("a", "b"), List.of(large, "1"), List.of("z", "2")))
            .listen()) {
      DrivenConnection connection = trial.open(options(server.port(), TlsMode.REQUIRED).build());
      assertThat(trial.ask(connection, "LARGE"))
          .containsExactly(
              "COLUMNS a VAR_STRING, b VAR_STRING",
              "ROW " + large + " | 1",
              "ROW z | 2",
              "RESULT_END",
              "DONE");
      connection.close();
    }
  }

  void anUnknownAuthorityIsRefused() throws Exception {
    try (ListeningServer server = encrypted().listen()) {
      ConnectionException e =
          trial.failureToOpen(options(server.port(), TlsMode.VERIFY_IDENTITY).build());
      assertThat(e.reason()).isEqualTo(Reason.TLS);
      assertThat(new String(server.talks().get(0).received(), UTF_8)).doesNotContain(SECRET);
    }
  }

  void aServerWithoutTlsIsRefusedBeforeAnythingIsSent() throws Exception {
    try (LoopbackPeer peer =
        new LoopbackPeer(
            socket -> {
              socket
                  .getOutputStream()
                  .write(
                      Frames.frame(
                          0,
                          Packets.greeting("8.0.33", Capabilities.USUAL, "mysql_native_password")));
              assertThat(socket.getInputStream().read()).as("what was sent").isEqualTo(-1);
            })) {
      ConnectionException e = trial.failureToOpen(options(peer.port(), TlsMode.REQUIRED).build());
      assertThat(e.reason()).isEqualTo(Reason.TLS);
      peer.awaitTreated(trial.patience());
    }
  }

  /** They could be taken for something that came through TLS. */
  void bytesInTheClearBeforeTlsAreRefused() throws Exception {
    byte[] ok = Frames.frame(2, Packets.ok());
    ByteArrayOutputStream greeted = new ByteArrayOutputStream();
    greeted.writeBytes(Frames.frame(0, greeting()));
    greeted.writeBytes(ok);
    refuses(greeted.toByteArray(), new byte[0], Reason.MALFORMED);
  }

  void aServerThatGoesOnInTheClearIsRefused() throws Exception {
    refuses(Frames.frame(0, greeting()), Frames.frame(2, Packets.ok()), Reason.TLS);
  }

  private void refuses(byte[] first, byte[] then, Reason usual) throws Exception {
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    try (LoopbackPeer peer =
        new LoopbackPeer(
            socket -> {
              InputStream in = socket.getInputStream();
              ByteArrayOutputStream all = new ByteArrayOutputStream();
              try {
                socket.getOutputStream().write(first);
                all.writeBytes(in.readNBytes(36)); // the request for TLS
                socket.getOutputStream().write(then);
                in.transferTo(all);
              } finally {
                received.complete(all.toByteArray());
              }
            })) {
      ConnectionException e = trial.failureToOpen(options(peer.port(), TlsMode.REQUIRED).build());
      assertThat(e.reason()).isIn(usual, Reason.TLS);
      peer.awaitTreated(trial.patience());
      assertThat(new String(received.get(), UTF_8)).doesNotContain(SECRET);
    }
  }

  void aHandshakeThatStallsTimesOut() throws Exception {
    try (LoopbackPeer peer =
        new LoopbackPeer(
            socket -> {
              socket.getOutputStream().write(Frames.frame(0, greeting()));
              LoopbackPeer.awaitEnd(socket.getInputStream());
            })) {
      ConnectionException e =
          trial.failureToOpen(
              options(peer.port(), TlsMode.REQUIRED)
                  .set(Options.CONNECT_TIMEOUT, deadline)
                  .build());
      assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT);
      peer.awaitTreated(trial.patience());
    }
  }

  void aDeadlinePassesInTlsToo() throws Exception {
    try (ListeningServer server = encrypted().query("SLEEP", Answer.silence()).listen()) {
      DrivenConnection connection = trial.open(options(server.port(), TlsMode.REQUIRED).build());
      QueryExchange query = new QueryExchange("SLEEP");
      query.deadline(System.nanoTime() + deadline.toNanos());
      assertThat(trial.failureToAnswer(connection, query).reason()).isEqualTo(Reason.TIMED_OUT);
    }
  }
}
