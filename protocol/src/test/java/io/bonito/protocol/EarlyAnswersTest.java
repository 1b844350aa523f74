package io.bonito.protocol;

import static io.bonito.protocol.exchange.Event.CLOSED;
import static io.bonito.protocol.exchange.Event.DONE;
import static io.bonito.protocol.exchange.Event.FAILED;
import static io.bonito.protocol.exchange.Event.READY;
import static io.bonito.protocol.exchange.Event.RESULT_END;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.message.Capability;
import io.bonito.testkit.script.Packets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No answer reaches another command: what came before its command was written is none, and what was
 * not written whole, or not to be written at all, never leaves.
 */
class EarlyAnswersTest {
  private static final byte[] OK = Packets.ok();
  private static final byte[] GOODBYE = Packets.error(4031, "HY000", "idle for too long");

  /** Commands that the session itself writes when the one before is complete. */
  enum Waiting {
    BEHIND_A_RESULT {
      @Override
      SessionTalk talk() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.query("ONE");
        talk.session.query("TWO");
        return talk;
      }
    },
    BEHIND_A_BARRIER {
      @Override
      SessionTalk talk() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.pipelining(true);
        talk.session.query("ONE");
        talk.session.changeUser(Credentials.of("other"), "");
        return talk;
      }
    },
    WITHIN_A_RESET {
      @Override
      SessionTalk talk() {
        SessionTalk talk = SessionTalk.loggedIn();
        talk.session.resetConnection();
        return talk;
      }
    };

    /** The server has been asked the first thing, and there is a second. */
    abstract SessionTalk talk();
  }

  @ParameterizedTest
  @EnumSource
  void whatCameBeforeItsCommandIsNoAnswer(Waiting waiting) {
    SessionTalk talk = waiting.talk();
    talk.sent();
    talk.hear(1, OK).hear(1, OK);
    assertThatThrownBy(talk::events)
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("an answer that came before its command");
    assertThat(talk.session.hasEnded()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aGoodbyeThereIsTold(Waiting waiting) {
    SessionTalk talk = waiting.talk();
    talk.sent();
    talk.hear(1, OK).hear(0, GOODBYE);
    assertThat(talk.events()).endsWith(CLOSED);
    assertThat(talk.session.goodbye().code()).isEqualTo(4031);
  }

  @Test
  void anAnswerBeforeTheEndOfTheLoginIsNone() {
    SessionTalk talk = new SessionTalk(SessionTalk.options(0, Login.Tls.NEVER));
    talk.session.query("ONE");
    talk.hear(0, Packets.greeting("8.0.33", SessionTalk.MYSQL, "mysql_native_password"));
    talk.events();
    talk.hear(2, OK).hear(1, OK);
    assertThatThrownBy(talk::events).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void aCommandGivenBetweenAResultAndItsEndIsAnsweredByWhatComesLater() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("ONE");
    talk.hear(1, OK).hear(1, OK);
    assertThat(talk.session.next()).isEqualTo(RESULT_END);
    talk.session.query("TWO");
    assertThatThrownBy(talk.session::next).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void pipelinedAnswersMayArriveTogether() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.pipelining(true);
    talk.session.query("ONE");
    talk.session.query("TWO");
    talk.hear(1, OK).hear(1, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE, RESULT_END, DONE);
  }

  /** Else the command would leave in the clear, to whoever has sent the error. */
  @ParameterizedTest
  @EnumSource
  void behindALoginThatFailedNothingIsWritten(Login.Tls tls) {
    SessionTalk talk = new SessionTalk(SessionTalk.options(0, tls));
    talk.session.query("SELECT 'secret'");
    talk.hear(0, Packets.error(1040, "08004", "too many"));
    assertThat(talk.events()).containsExactly(FAILED);
    assertThat(talk.session.error().code()).isEqualTo(1040);
    assertThatThrownBy(talk.session::ping).hasMessage("the login has failed");
    assertThat(talk.sentBytes()).isEmpty();
    talk.session.endOfStream();
    assertThat(talk.events()).containsExactly(CLOSED);
  }

  @Test
  void ofACommandThatBreaksWhileItIsWrittenNothingLeaves() {
    SessionTalk talk =
        SessionTalk.loggedIn(
            "8.0.33", SessionTalk.MYSQL | Capability.QUERY_ATTRIBUTES, Capability.QUERY_ATTRIBUTES);
    Map<String, String> attributes = new HashMap<>();
    attributes.put("name", null);
    assertThatThrownBy(() -> talk.session.submit(new QueryExchange("SELECT 1", attributes)))
        .isInstanceOf(NullPointerException.class);
    assertThat(talk.sentBytes()).isEmpty();
    talk.session.ping();
    assertThat(talk.sent()).extracting(SessionTalk.Sent::code).containsExactly(14);
    talk.hear(1, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
  }

  @Test
  void aSchemaCannotBringTheNextFieldWithIt() {
    SessionTalk talk = SessionTalk.loggedIn();
    assertThatThrownBy(() -> talk.session.changeUser(Credentials.of("user"), "a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a schema's name cannot hold a NUL");
    assertThat(talk.sentBytes()).isEmpty();
  }

  @Test
  void theFirstCommandAfterTheLoginIsAnsweredAsUsual() {
    SessionTalk talk = new SessionTalk(SessionTalk.options(0, Login.Tls.NEVER));
    talk.session.query("ONE");
    talk.hear(0, Packets.greeting("8.0.33", SessionTalk.MYSQL, "mysql_native_password"));
    List<Event> none = talk.events();
    talk.hear(2, OK);
    assertThat(talk.events()).containsExactly(READY);
    talk.hear(1, OK);
    assertThat(none).isEmpty();
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
  }
}
