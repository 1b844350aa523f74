package io.bonito.protocol.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.failure.ConnectionException.Reason;
import io.bonito.protocol.message.ServerError;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConnectionExceptionTest {
  private static final String TARGET = "db:3306";

  @Test
  void fourWaysNotToConnectAreFourReasons() {
    ConnectionException unresolved = ConnectionException.unresolved("nowhere", null);
    ConnectionException refused = ConnectionException.refused(TARGET, new IOException("refused"));
    ConnectionException timedOut =
        ConnectionException.connectTimedOut(
            TARGET, "waiting for the server's greeting", 10_000, null);
    ConnectionException rejected =
        ConnectionException.rejected(TARGET, new ServerError(1045, "28000", "Access denied"));

    assertThat(unresolved.reason()).isEqualTo(Reason.UNRESOLVED);
    assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
    assertThat(timedOut.reason()).isEqualTo(Reason.TIMED_OUT);
    assertThat(rejected.reason()).isEqualTo(Reason.REJECTED);
    assertThat(timedOut)
        .hasMessage(
            "no connection to db:3306 within 10000 ms; stopped while waiting for the server's"
                + " greeting");
    assertThat(timedOut.sqlState()).isEqualTo("08001");
    assertThat(rejected.sqlState()).isEqualTo("28000");
    assertThat(rejected.commandMayHaveRun()).isFalse();
  }

  @Test
  void aLostAnswerSaysThatTheCommandMayHaveRun() {
    ConnectionException lost =
        ConnectionException.lost(
            TARGET, "the server closed the connection", /* commandMayHaveRun= */ true, null);

    assertThat(lost.commandMayHaveRun()).isTrue();
    assertThat(lost.sqlState()).isEqualTo("08S01");
    assertThat(lost)
        .hasMessage(
            "connection to db:3306 lost: the server closed the connection; the command may have"
                + " run");
  }

  @Test
  void anIdleConnectionEndedByTheServerSaysSo() {
    ConnectionException lost =
        ConnectionException.closedByServer(
            TARGET, new ServerError(4031, "HY000", "disconnected by inactivity"), false);

    assertThat(lost)
        .hasMessage(
            "connection to db:3306 closed by the server: disconnected by inactivity (error 4031)");
    assertThat(lost.commandMayHaveRun()).isFalse();
    assertThat(lost.sqlState()).isEqualTo("08S01");
  }

  @Test
  void aServersTextIsShownShortAndHarmless() {
    String text = "\u001b[31mred\r\n\u202Eback" + "x".repeat(70_000);

    ConnectionException rejected =
        ConnectionException.rejected(TARGET, new ServerError(1045, "28000", text));

    assertThat(rejected.getMessage())
        .hasSizeLessThan(700)
        .contains("\\u001b[31mred\\u000d\\u000a\\u202eback")
        .endsWith("x... (error 1045)");
    assertThat(rejected.serverError().orElseThrow().message()).isEqualTo(text);
  }

  @Test
  void aCutNeverHalvesACharacter() {
    assertThat(ForeignText.escaped("a\uD83D\uDE00", 2)).isEqualTo("a...");
    assertThat(ForeignText.escaped("a\uD83D\uDE00", 3)).isEqualTo("a\uD83D\uDE00");
    assertThat(ForeignText.escaped("\uD83D", 9)).isEqualTo("\\ud83d");
  }

  @Test
  void anUntrustedCertificateNamesThreeWaysOut() {
    assertThat(ConnectionException.certificateNotTrusted(TARGET, null).getMessage())
        .contains("serverSslCert=", "known authority", "sslMode=REQUIRED");
  }

  @Test
  void nonsenseIsToldWithItsCause() {
    MalformedPacketException cause = new MalformedPacketException("packet 7 where 4 was due");

    ConnectionException malformed = ConnectionException.malformed(TARGET, true, cause);

    assertThat(malformed)
        .hasMessage(
            "db:3306 does not speak the MySQL protocol: packet 7 where 4 was due; the command may"
                + " have run")
        .hasCause(cause);
    assertThat(malformed.sqlState()).isEqualTo("08P01");
  }
}
