package io.bonito.protocol;

import static io.bonito.protocol.exchange.Event.CLOSED;
import static io.bonito.protocol.exchange.Event.DONE;
import static io.bonito.protocol.exchange.Event.EXPIRED;
import static io.bonito.protocol.exchange.Event.NEED_BYTES;
import static io.bonito.protocol.exchange.Event.RESULT_END;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.message.Capability;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a session comes to its end, be it by the server's good-bye, silence, or a deadline. */
class SessionEndTest {
  private static final byte[] OK = Packets.ok();
  private static final byte[] GOODBYE = Packets.error(4031, "HY000", "idle for too long");

  // The server's good-bye.

  @Test
  void aGoodbyeWhileNothingIsAskedIsTheEnd() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.hear(0, GOODBYE);
    assertThat(talk.events()).containsExactly(CLOSED);
    assertThat(talk.session.goodbye().code()).isEqualTo(4031);
    assertThat(talk.session.hasEnded()).isTrue();
  }

  @Test
  void aGoodbyeThatCrossesACommandIsNoAnswerToIt() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("SELECT 1");
    talk.hear(0, GOODBYE);
    assertThat(talk.events()).containsExactly(CLOSED);
    assertThat(talk.session.goodbye().code()).isEqualTo(4031);
  }

  @Test
  void aGoodbyeThatWasThereBeforeTheCommandIsTold() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.hear(0, GOODBYE);
    talk.session.query("SELECT 1");
    assertThat(talk.events()).containsExactly(CLOSED);
    assertThat(talk.session.goodbye().code()).isEqualTo(4031);
  }

  @Test
  void aGoodbyeMayArriveInPiecesAroundTheCommand() {
    byte[] packet = Frames.frame(0, GOODBYE);
    for (int before = 1; before < packet.length; before++) {
      SessionTalk talk = SessionTalk.loggedIn();
      talk.hearRaw(Arrays.copyOf(packet, before));
      assertThat(talk.events()).isEmpty();
      talk.session.query("SELECT 1");
      assertThat(talk.events()).as("%d bytes before the command", before).isEmpty();
      for (int at = before; at < packet.length; at++) {
        talk.hearRaw(packet[at]);
        assertThat(talk.events().size()).isEqualTo(at == packet.length - 1 ? 1 : 0);
      }
      assertThat(talk.session.goodbye().code()).isEqualTo(4031);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCompressedGoodbyeIsOneToo(boolean command) {
    SessionTalk talk = SessionTalk.loggedIn("8.0.33", SessionTalk.MYSQL, Capability.COMPRESS);
    if (command) {
      talk.session.query("SELECT 1");
    }
    talk.hearRaw(frame(Frames.frame(0, GOODBYE)));
    assertThat(talk.events()).containsExactly(CLOSED);
    assertThat(talk.session.goodbye().code()).isEqualTo(4031);
  }

  /** As where it is larger than max_allowed_packet: the rest of it is still on its way then. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aServerThatStopsReadingWithinACommandMaySayWhy(int sequence) {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("x".repeat(40_000_000)); // three packets
    talk.sentBytes();
    talk.hear(sequence, Packets.error(1153, "08S01", "too large"));
    assertThat(talk.events()).containsExactly(CLOSED);
    assertThat(talk.session.goodbye().code()).isEqualTo(1153);
  }

  @Test
  void whateverElseItSaysThenIsOutOfOrder() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("x".repeat(40_000_000));
    talk.sentBytes();
    talk.hear(2, OK);
    assertThatThrownBy(talk.session::next)
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("packet 2 where 3 was due");
  }

  @Test
  void theServerMayHangUpWithoutAWord() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("SELECT 1");
    talk.session.endOfStream();
    assertThat(talk.events()).containsExactly(CLOSED);
    assertThat(talk.session.goodbye()).isNull();
  }

  @Test
  void whatArrivedBeforeTheStreamEndedIsTold() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("SELECT 1");
    talk.hear(1, OK);
    talk.session.endOfStream();
    assertThat(talk.events()).containsExactly(RESULT_END, DONE, CLOSED);
  }

  // Bytes that nobody asked for.

  @Test
  void aSecondAnswerIsNotTakenForTheNextCommands() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("ONE");
    talk.hear(1, OK).hear(1, OK);
    assertThat(talk.session.next()).isEqualTo(RESULT_END);
    assertThat(talk.session.next()).isEqualTo(DONE);
    talk.session.query("TWO");
    assertThatThrownBy(talk.session::next)
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("bytes that answer nothing were waiting before a command");
    assertThat(talk.session.hasEnded()).isTrue();
  }

  @Test
  void norIsACompressedOne() {
    SessionTalk talk = SessionTalk.loggedIn("8.0.33", SessionTalk.MYSQL, Capability.COMPRESS);
    talk.session.query("ONE");
    talk.hearRaw(frame(Frames.frame(1, OK))).hearRaw(frame(Frames.frame(1, OK)));
    assertThat(talk.session.next()).isEqualTo(RESULT_END);
    assertThat(talk.session.next()).isEqualTo(DONE);
    talk.session.query("TWO");
    assertThatThrownBy(talk.session::next).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void anUnaskedPacketEndsTheSessionWithoutWaitingForItsRest() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.hearRaw((byte) -1, (byte) -1, (byte) -1, (byte) 0, (byte) 7);
    assertThatThrownBy(talk.session::next)
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("a packet that answers nothing");
  }

  // Deadlines: told from outside, so that a test needs no clock.

  @Test
  void aDeadlineIsOverWhenItsTimeHasCome() {
    SessionTalk talk = SessionTalk.loggedIn();
    Exchange query = talk.session.query("SELECT SLEEP(9)");
    query.deadline(1_000);
    assertThat(talk.session.nanosLeft(400)).isEqualTo(600);
    talk.session.timeReached(999);
    assertThat(talk.session.next()).isEqualTo(NEED_BYTES);
    talk.session.timeReached(1_000);
    assertThat(talk.events()).containsExactly(EXPIRED);
    assertThat(talk.session.hasEnded()).isTrue();
  }

  /** Of clocks like System.nanoTime, which may count from anywhere. */
  @Test
  void timeMayPassTheLargestNumber() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("SELECT 1").deadline(Long.MIN_VALUE + 5);
    assertThat(talk.session.nanosLeft(Long.MAX_VALUE - 4)).isEqualTo(10);
    talk.session.timeReached(Long.MAX_VALUE);
    assertThat(talk.session.next()).isEqualTo(NEED_BYTES);
  }

  @Test
  void theNearestDeadlineCountsThatOfAWaitingCommandToo() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("ONE").deadline(5_000);
    talk.session.query("TWO").deadline(2_000);
    assertThat(talk.session.nanosLeft(0)).isEqualTo(2_000);
  }

  @Test
  void anAnsweredCommandHasNoDeadlineAnyMore() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("ONE").deadline(1_000);
    talk.hear(1, OK);
    talk.events();
    assertThat(talk.session.nanosLeft(0)).isEqualTo(Long.MAX_VALUE);
    talk.session.timeReached(9_999);
    assertThat(talk.session.next()).isEqualTo(NEED_BYTES);
  }

  @Test
  void aDeadlineHoldsAmongRowsToo() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("SELECT a").deadline(1_000);
    talk.hearAll(1, new byte[] {1}, Packets.column("a", 253, 45, 0));
    talk.hear(3, Packets.textRow(List.of("x")));
    talk.events();
    talk.session.timeReached(1_000);
    assertThat(talk.events()).containsExactly(EXPIRED);
  }

  @Test
  void afterTheEndNothingIsTakenAndNothingIsSent() {
    SessionTalk talk = SessionTalk.loggedIn("8.0.33", SessionTalk.MYSQL, Capability.COMPRESS);
    talk.session.query("SELECT 1");
    talk.session.endOfStream();
    talk.events();
    assertThat(talk.sentBytes()).isEmpty();
    assertThatThrownBy(() -> talk.session.ping()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(talk.session::next).isInstanceOf(IllegalStateException.class);
  }

  private static byte[] frame(byte[] packets) {
    return new Payload().int24(packets.length).int8(0).int24(0).raw(packets).bytes();
  }
}
