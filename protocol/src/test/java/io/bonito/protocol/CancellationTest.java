package io.bonito.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.message.ServerError;
import org.junit.jupiter.api.Test;

/** A kill reaches the command that it was meant for, or nothing. */
class CancellationTest {
  private static final ServerError INTERRUPTED = new ServerError(1317, "70100", "interrupted");

  private final Cancellation cancellation = new Cancellation(77, 51234);

  @Test
  void aProvenServerIsToldToKill() {
    assertThat(cancellation.begin()).isTrue();
    assertThat(cancellation.mustWait()).isTrue();
    assertThat(cancellation.proof()).endsWith("WHERE ID = 77");
    assertThat(cancellation.prove("10.0.0.1:51234")).isTrue();
    assertThat(cancellation.kill()).isEqualTo("KILL QUERY 77");
    cancellation.killed();
    cancellation.completed(INTERRUPTED);
    assertThat(cancellation.mustWait()).isFalse();
    assertThat(cancellation.isKilled()).isTrue();
    assertThat(cancellation.wantsSweep()).isFalse();
  }

  @Test
  void anotherServerIsNotToldToKill() {
    cancellation.begin();
    assertThat(cancellation.prove("10.0.0.1:1234")).isFalse();
    assertThat(cancellation.mustClose()).isTrue();
  }

  @Test
  void aConnectionThatIsNotShownIsClosed() {
    cancellation.begin();
    assertThat(cancellation.prove(null)).isFalse();
    assertThat(cancellation.mustClose()).isTrue();
  }

  @Test
  void aUnixSocketHasNoPort() {
    Cancellation unix = new Cancellation(1, 0);
    unix.begin();
    assertThat(unix.prove("localhost")).isTrue();
    Cancellation other = new Cancellation(1, 0);
    other.begin();
    assertThat(other.prove("10.0.0.1:51234")).isFalse();
  }

  @Test
  void aCommandThatIsOverIsNotCancelled() {
    cancellation.completed(null);
    assertThat(cancellation.begin()).isFalse();
    assertThat(cancellation.mustWait()).isFalse();
  }

  @Test
  void onlyOneCancels() {
    assertThat(cancellation.begin()).isTrue();
    assertThat(cancellation.begin()).isFalse();
  }

  @Test
  void nothingIsKilledWhereTheCommandEndedDuringTheProof() {
    cancellation.begin();
    cancellation.completed(null);
    assertThat(cancellation.mustWait()).isTrue();
    assertThat(cancellation.prove("10.0.0.1:51234")).isFalse();
    assertThat(cancellation.mustWait()).isFalse();
    assertThat(cancellation.mustClose()).isFalse();
    assertThat(cancellation.wantsSweep()).isFalse();
  }

  @Test
  void aLateKillIsSpentBeforeTheNextCommand() {
    cancellation.begin();
    cancellation.prove("name:51234");
    cancellation.completed(null);
    assertThat(cancellation.mustWait()).isTrue();
    cancellation.killed();
    assertThat(cancellation.mustWait()).isFalse();
    assertThat(cancellation.wantsSweep()).isTrue();
    assertThat(cancellation.wantsSweep()).isFalse();
  }

  @Test
  void aKillWithoutAnAnswerEndsTheConnection() {
    cancellation.begin();
    cancellation.prove("name:51234");
    cancellation.completed(null);
    cancellation.failed();
    assertThat(cancellation.mustClose()).isTrue();
  }

  @Test
  void aProofWithoutAnAnswerSparesACommandThatIsOver() {
    cancellation.begin();
    cancellation.completed(null);
    cancellation.failed();
    assertThat(cancellation.mustClose()).isFalse();
    assertThatThrownBy(() -> cancellation.killed()).isInstanceOf(IllegalStateException.class);
  }
}
