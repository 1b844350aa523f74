package io.bonito.protocol;

import static io.bonito.protocol.exchange.Event.COLUMNS;
import static io.bonito.protocol.exchange.Event.DONE;
import static io.bonito.protocol.exchange.Event.FAILED;
import static io.bonito.protocol.exchange.Event.NEED_BYTES;
import static io.bonito.protocol.exchange.Event.PREPARED;
import static io.bonito.protocol.exchange.Event.READY;
import static io.bonito.protocol.exchange.Event.RESULT_END;
import static io.bonito.protocol.exchange.Event.ROW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.SessionTalk.Sent;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.exchange.Exchange;
import io.bonito.protocol.exchange.ExecuteExchange;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.script.Packets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands written before earlier ones are answered. */
class PipeliningTest {
  private static final byte[] OK = Packets.ok();
  private static final byte[] REFUSED = Packets.error(1064, "42000", "no");

  private static SessionTalk pipelined() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.pipelining(true);
    return talk;
  }

  @Test
  void withoutItTheNextCommandWaitsForTheAnswer() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("ONE");
    talk.session.query("TWO");
    assertThat(talk.sentTexts()).containsExactly("ONE");
    talk.hear(1, OK);
    assertThat(talk.session.next()).isEqualTo(RESULT_END);
    assertThat(talk.sent()).isEmpty();
    assertThat(talk.session.next()).isEqualTo(DONE);
    assertThat(talk.sentTexts()).containsExactly("TWO");
  }

  @Test
  void allAreWrittenAtOnceEachNumberedFromZero() {
    SessionTalk talk = pipelined();
    talk.session.query("ONE");
    talk.session.ping();
    talk.session.query("TWO");
    List<Sent> sent = talk.sent();
    assertThat(sent).extracting(Sent::code).containsExactly(3, 14, 3);
    assertThat(sent).extracting(Sent::sequence).containsExactly(0, 0, 0);
  }

  @Test
  void answersBelongToTheCommandsInTheirOrder() {
    SessionTalk talk = pipelined();
    Exchange rows = talk.session.query("ROWS");
    Exchange wrong = talk.session.query("WRONG");
    Exchange ping = talk.session.ping();
    talk.hearAll(1, one(1), Packets.column("a", 253, 45, 0), row("x"), Packets.endOk(2));
    talk.hear(1, REFUSED);
    talk.hear(1, OK);
    assertThat(talk.session.next()).isEqualTo(COLUMNS);
    assertThat(talk.session.next()).isEqualTo(ROW);
    assertThat(talk.session.row().getString(0)).isEqualTo("x");
    assertThat(talk.session.next()).isEqualTo(RESULT_END);
    assertThat(talk.session.next()).isEqualTo(DONE);
    assertThat(talk.session.exchange()).isSameAs(rows);
    assertThat(talk.session.next()).isEqualTo(FAILED);
    assertThat(talk.session.exchange()).isSameAs(wrong);
    assertThat(talk.session.next()).isEqualTo(RESULT_END);
    assertThat(talk.session.next()).isEqualTo(DONE);
    assertThat(talk.session.exchange()).isSameAs(ping);
    assertThat(talk.session.isIdle()).isTrue();
  }

  @Test
  void eachAnswerIsNumberedOnItsOwn() {
    SessionTalk talk = pipelined();
    talk.session.ping();
    talk.session.ping();
    talk.hear(1, OK).hear(2, OK);
    talk.session.next();
    talk.session.next();
    assertThatThrownBy(talk.session::next)
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("packet 2 where 1 was due");
    assertThat(talk.session.hasEnded()).isTrue();
  }

  /** Else both sides could wait for ever for the other to read. */
  @Test
  void whatIsUnansweredHasALimit() {
    SessionTalk talk = pipelined(); // up to 4,096 bytes
    String large = "x".repeat(1000);
    for (int i = 0; i < 4; i++) {
      talk.session.query(large);
    }
    assertThat(talk.sent()).hasSize(1);
    talk.hear(1, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
    assertThat(talk.sent()).hasSize(1);
  }

  @Test
  void aCommandOfAnySizeIsWrittenWhenNothingIsUnanswered() {
    SessionTalk talk = pipelined();
    talk.session.query("x".repeat(100_000));
    assertThat(talk.sent()).hasSize(1);
  }

  @Test
  void nothingIsWrittenBehindABarrierNorThatBehindOthers() {
    SessionTalk talk = pipelined();
    talk.session.query("ONE");
    talk.session.resetConnection();
    talk.session.query("TWO");
    assertThat(talk.sent()).extracting(Sent::code).containsExactly(3);
    talk.hear(1, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
    assertThat(talk.sent()).extracting(Sent::code).containsExactly(31);
    talk.hear(1, OK);
    assertThat(talk.events()).isEmpty();
    assertThat(talk.sentTexts()).containsExactly("SET NAMES utf8mb4");
    talk.hear(1, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
    assertThat(talk.sentTexts()).containsExactly("TWO");
  }

  @Test
  void aStatementThatMayLoadAFileIsABarrier() {
    SessionTalk talk = SessionTalk.loggedIn("8.0.33", SessionTalk.MYSQL, Capability.LOCAL_FILES);
    talk.session.pipelining(true);
    talk.session.query("LOAD DATA LOCAL INFILE 'x' INTO TABLE t");
    talk.session.query("TWO");
    assertThat(talk.sent()).hasSize(1);
  }

  @Test
  void commandsGivenBeforeTheLoginIsCompleteWaitForIt() {
    SessionTalk talk = new SessionTalk(SessionTalk.options(0, Login.Tls.NEVER));
    talk.session.pipelining(true);
    talk.session.query("ONE");
    talk.session.query("TWO");
    talk.hear(0, Packets.greeting("8.0.33", SessionTalk.MYSQL, "mysql_native_password"));
    assertThat(talk.events()).isEmpty();
    assertThat(talk.sent()).hasSize(1);
    talk.hear(2, OK);
    assertThat(talk.events()).containsExactly(READY);
    assertThat(talk.sentTexts()).containsExactly("ONE", "TWO");
  }

  @Test
  void commandsWithoutAnswerAreWrittenAndForgotten() {
    SessionTalk talk = pipelined();
    ServerStatement statement = prepared(talk);
    talk.session.query("ONE");
    talk.session.closeStatement(statement);
    talk.session.query("TWO");
    assertThat(talk.sent()).extracting(Sent::code).containsExactly(3, 25, 3);
    talk.hear(1, OK).hear(1, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE, RESULT_END, DONE);
  }

  // What cannot be said.

  @Test
  void aCommandThatCannotBeExpressedIsRefusedAtOnceAndNothingOfItIsWritten() {
    SessionTalk talk = speakingLatin1();
    assertThatThrownBy(() -> talk.session.query("SELECT '☃'"))
        .isInstanceOf(ConversionException.class);
    assertThat(talk.sentBytes()).isEmpty();
    talk.session.ping();
    talk.hear(1, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
  }

  /** Not before the earlier ones are told about: their owners would never hear of them. */
  @Test
  void oneThatWaitedIsToldAboutInItsTurn() {
    SessionTalk talk = speakingLatin1();
    talk.session.query("ONE");
    Exchange second = talk.session.query("SELECT '☃'");
    talk.session.query("THREE");
    talk.hear(1, REFUSED);
    assertThat(talk.session.next()).isEqualTo(FAILED);
    assertThat(talk.session.isIdle()).isFalse();
    assertThatThrownBy(talk.session::next).isInstanceOf(ConversionException.class);
    assertThat(talk.session.exchange()).isSameAs(second);
    assertThat(talk.session.hasEnded()).isFalse();
    assertThat(talk.sentTexts()).containsExactly("ONE", "THREE");
    talk.hear(1, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
    assertThat(talk.session.isIdle()).isTrue();
  }

  private static SessionTalk speakingLatin1() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("SET NAMES latin1");
    talk.hear(1, SessionTalk.okChanging("character_set_client", "latin1"));
    talk.events();
    talk.sent();
    return talk;
  }

  // Statements executed before it is known that they are prepared.

  @Test
  void aStatementIsExecutedRightBehindItsPrepare() {
    SessionTalk talk = mariaDb();
    ServerStatement statement = new ServerStatement("SELECT 1");
    talk.session.prepare(statement);
    talk.session.execute(statement, new Parameters(0), false);
    List<Sent> sent = talk.sent();
    assertThat(sent).extracting(Sent::code).containsExactly(0x16, 0x17);
    assertThat(sent.get(1).payload()).startsWith(0x17, -1, -1, -1, -1);
  }

  /** "The one prepared last" would be another. */
  @Test
  void behindAnotherPrepareItWaitsForItsNumber() {
    SessionTalk talk = mariaDb();
    ServerStatement first = new ServerStatement("SELECT 1");
    ServerStatement second = new ServerStatement("SELECT 2");
    talk.session.prepare(first);
    talk.session.prepare(second);
    talk.session.execute(first, new Parameters(0), false);
    assertThat(talk.sent()).extracting(Sent::code).containsExactly(0x16, 0x16);
    talk.hear(1, Packets.prepared(41, 0, 0));
    assertThat(talk.session.next()).isEqualTo(PREPARED);
    assertThat(talk.sent().get(0).payload()).startsWith(0x17, 41, 0, 0, 0);
  }

  @Test
  void executingWhatCouldNotBePreparedFailsWithoutAskingTheServer() {
    SessionTalk talk = SessionTalk.loggedIn("11.4.5-MariaDB", SessionTalk.MARIADB, 0);
    ServerStatement statement = new ServerStatement("SELEKT");
    talk.session.prepare(statement);
    talk.session.execute(statement, new Parameters(0), false);
    talk.session.ping();
    talk.sent();
    talk.hear(1, REFUSED);
    assertThat(talk.session.next()).isEqualTo(FAILED);
    assertThat(talk.session.error().code()).isEqualTo(1064);
    assertThat(talk.session.next()).isEqualTo(FAILED);
    assertThat(talk.session.error().code()).isEqualTo(1243);
    assertThat(talk.sent()).extracting(Sent::code).containsExactly(14);
    assertThat(talk.session.next()).isEqualTo(NEED_BYTES);
  }

  @Test
  void mySqlsNumberToComeIsKnownFromTheSecondOn() {
    SessionTalk talk = numbered(5);
    ServerStatement second = new ServerStatement("SELECT 2");
    talk.session.prepare(new ServerStatement("SELEKT"));
    talk.session.prepare(second);
    talk.session.execute(second, new Parameters(0), false);
    List<Sent> sent = talk.sent();
    assertThat(sent).extracting(Sent::code).containsExactly(0x16, 0x16, 0x17);
    assertThat(sent.get(2).payload()).startsWith(0x17, 7, 0, 0, 0);
    talk.hear(1, REFUSED);
    assertThat(talk.session.next()).isEqualTo(FAILED);
    talk.hear(1, Packets.prepared(7, 0, 0));
    assertThat(talk.session.next()).isEqualTo(PREPARED);
    assertThat(talk.session.executesUnanswered()).isTrue();
  }

  /** Its number would be the one to come, and the server would execute it. */
  @Test
  void nothingIsForetoldWhereSqlMayHavePrepared() {
    for (String sql :
        List.of(
            "PREPARE p FROM 'DELETE FROM t'",
            " call p()",
            "EXECUTE p",
            "/* */ CALL p()",
            "SELECT 1; CALL p()")) {
      SessionTalk talk = numbered(5);
      talk.session.query(sql);
      ServerStatement next = new ServerStatement("SELECT 2");
      talk.session.prepare(next);
      assertThat(talk.session.executesUnanswered()).as(sql).isEqualTo(sql.startsWith("SELECT"));
      talk.session.execute(next, new Parameters(0), false);
      assertThat(talk.sent())
          .extracting(Sent::code)
          .as(sql)
          .hasSize(sql.startsWith("SELECT") ? 3 : 2);
    }
  }

  private static SessionTalk numbered(int number) {
    SessionTalk talk = pipelined();
    ServerStatement first = new ServerStatement("SELECT 1");
    assertThat(talk.session.executesUnanswered()).isFalse();
    talk.session.prepare(first);
    talk.session.execute(first, new Parameters(0), false);
    assertThat(talk.sent()).extracting(Sent::code).containsExactly(0x16);
    talk.hear(1, Packets.prepared(number, 0, 0));
    assertThat(talk.session.next()).isEqualTo(PREPARED);
    assertThat(talk.sent().get(0).payload()).startsWith(0x17, number, 0, 0, 0);
    talk.hear(1, OK);
    assertThat(talk.session.next()).isEqualTo(RESULT_END);
    assertThat(talk.session.next()).isEqualTo(DONE);
    assertThat(talk.session.executesUnanswered()).isTrue();
    return talk;
  }

  @Test
  void anExecutionWithAnotherNumberHasGoneAstrayAndTheNextIsForetoldFromThatOne() {
    SessionTalk talk = numbered(1);
    ServerStatement statement = new ServerStatement("SELECT 2");
    talk.session.prepare(statement);
    ExecuteExchange execute = talk.session.execute(statement, new Parameters(0), false);
    assertThat(execute.wentAstray()).isFalse();
    talk.sent();
    talk.hear(1, Packets.prepared(70, 0, 0));
    assertThat(talk.session.next()).isEqualTo(PREPARED);
    assertThat(execute.wentAstray()).isTrue();
    assertThat(talk.session.executesUnanswered()).isTrue();
    talk.hear(1, REFUSED);
    assertThat(talk.session.next()).isEqualTo(FAILED);
    talk.session.execute(statement, new Parameters(0), false);
    assertThat(talk.sent().get(0).payload()).startsWith(0x17, 70, 0, 0, 0);
    talk.hear(1, OK);
    talk.events();
    ServerStatement next = new ServerStatement("SELECT 3");
    talk.session.prepare(next);
    talk.session.execute(next, new Parameters(0), false);
    assertThat(talk.sent().get(1).payload()).startsWith(0x17, 71, 0, 0, 0);
  }

  /** The server took a number for itself, and all that follow are one further. */
  @Test
  void whatWasSentBeforeANumberTurnedOutWrongIsWrongForTheSameReason() {
    SessionTalk talk = numbered(1);
    for (int i = 0; i < 20; i++) {
      talk.session.prepare(new ServerStatement("SELECT " + i));
    }
    for (int number = 3; number < 23; number++) {
      talk.hear(1, Packets.prepared(number, 0, 0));
      assertThat(talk.session.next()).isEqualTo(PREPARED);
    }
    talk.sent();
    ServerStatement next = new ServerStatement("SELECT 3");
    talk.session.prepare(next);
    talk.session.execute(next, new Parameters(0), false);
    assertThat(talk.sent().get(1).payload()).startsWith(0x17, 23, 0, 0, 0);
  }

  @Test
  void whereOneNumberIsWrongAfterTheOtherNothingIsForetoldAnyMore() {
    SessionTalk talk = numbered(1);
    for (int i = 1; i <= 8; i++) {
      assertThat(talk.session.executesUnanswered()).as("%d wrong", i - 1).isTrue();
      talk.session.prepare(new ServerStatement("SELECT " + i));
      talk.hear(1, Packets.prepared(10 * i, 0, 0));
      assertThat(talk.session.next()).isEqualTo(PREPARED);
    }
    assertThat(talk.session.executesUnanswered()).isFalse();
  }

  @Test
  void whatHasGoneAstrayIsGivenAgainWithTheTypesOfItsParameters() {
    SessionTalk talk = numbered(1);
    ServerStatement statement = new ServerStatement("SELECT ?");
    Parameters parameters = new Parameters(1);
    parameters.setInt(0, 7);
    talk.session.prepare(statement);
    talk.session.execute(statement, parameters, false);
    byte[] astray = talk.sent().get(1).payload();
    assertThat(astray).startsWith(0x17, 2, 0, 0, 0);
    talk.hear(1, Packets.prepared(3, 0, 0));
    assertThat(talk.session.next()).isEqualTo(PREPARED);
    talk.hear(1, REFUSED);
    assertThat(talk.session.next()).isEqualTo(FAILED);
    talk.session.execute(statement, parameters, false);
    astray[1] = 3;
    assertThat(talk.sent().get(0).payload()).isEqualTo(astray);
  }

  private static SessionTalk mariaDb() {
    SessionTalk talk = SessionTalk.loggedIn("11.4.5-MariaDB", SessionTalk.MARIADB, 0);
    talk.session.pipelining(true);
    return talk;
  }

  private static ServerStatement prepared(SessionTalk talk) {
    ServerStatement statement = new ServerStatement("DO 1");
    talk.session.prepare(statement);
    talk.hear(1, Packets.prepared(1, 0, 0));
    talk.events();
    talk.sent();
    return statement;
  }

  private static byte[] one(int value) {
    return new byte[] {(byte) value};
  }

  private static byte[] row(String value) {
    return Packets.textRow(List.of(value));
  }
}
