package io.bonito.protocol;

import static io.bonito.protocol.exchange.Event.DONE;
import static io.bonito.protocol.exchange.Event.FAILED;
import static io.bonito.protocol.exchange.Event.LOCAL_DATA;
import static io.bonito.protocol.exchange.Event.RESULT_END;
import static io.bonito.protocol.exchange.Event.START_TLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.SessionTalk.Sent;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.exchange.QueryExchange;
import io.bonito.protocol.exchange.TlsPeer;
import io.bonito.protocol.message.Capability;
import io.bonito.testkit.script.Packets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may ask of a session, and what it gets: TLS, files, another character set. */
class SessionDemandsTest {
  private static final byte[] OK = Packets.ok();

  // TLS.

  @Test
  void bytesInTheClearBeforeTlsEndTheSession() {
    SessionTalk talk = new SessionTalk(SessionTalk.options(0, Login.Tls.ALWAYS));
    talk.hear(0, Packets.greeting("8.0.33", SessionTalk.MYSQL, "mysql_native_password"));
    talk.hear(2, OK);
    assertThatThrownBy(talk.session::next)
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("bytes in the clear where TLS is due to begin");
  }

  @Test
  void tlsIsAskedForUntilItIsThere() {
    SessionTalk talk = new SessionTalk(SessionTalk.options(0, Login.Tls.IF_OFFERED));
    talk.hear(0, Packets.greeting("8.0.33", SessionTalk.MYSQL, "mysql_native_password"));
    assertThat(talk.session.next()).isEqualTo(START_TLS);
    assertThat(talk.session.next()).isEqualTo(START_TLS);
    assertThat(talk.sent()).hasSize(1);
    talk.session.tlsEstablished(new TlsPeer(PeerTrust.VERIFIED, new byte[32]));
    assertThat(talk.events()).isEmpty();
    assertThat(talk.sent()).extracting(Sent::sequence).containsExactly(2);
  }

  // Files.

  @Test
  void aStatementThatWasGivenDataGivesIt() {
    SessionTalk talk = loading();
    QueryExchange load = talk.session.query("LOAD DATA LOCAL INFILE 'x' INTO TABLE t");
    load.takeLocalData();
    talk.sent();
    talk.hear(1, Packets.localInfile("/etc/passwd"));
    assertThat(talk.events()).containsExactly(LOCAL_DATA);
    talk.session.localData(new byte[] {9, 'a', 'b', 9}, 1, 2);
    talk.session.localDataEnd();
    List<Sent> sent = talk.sent();
    assertThat(sent).extracting(Sent::sequence).containsExactly(2, 3);
    assertThat(sent.get(0).payload()).containsExactly('a', 'b');
    assertThat(sent.get(1).payload()).isEmpty();
    talk.hear(4, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/etc/passwd", "\\\\evil\\s", "http://evil/", "jar:file:x!/y", "a\0b"})
  void aFileIsNeverGivenWhereNoStreamWas(String path) {
    SessionTalk talk = loading();
    talk.session.query("SELECT 1");
    talk.sent();
    talk.hear(1, Packets.localInfile(path));
    assertThat(talk.events()).isEmpty();
    assertThat(talk.sent()).extracting(sent -> sent.payload().length).containsExactly(0);
    talk.hear(3, Packets.error(1105, "HY000", "nothing came"));
    assertThat(talk.events()).containsExactly(FAILED);
    assertThat(talk.session.error().code()).isEqualTo(2068);
    talk.session.ping();
    talk.hear(1, OK);
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
  }

  @Test
  void whatAStatementWasGivenIsGivenOnce() {
    SessionTalk talk = loading();
    talk.session.query("LOAD DATA LOCAL INFILE 'x' INTO TABLE t").takeLocalData();
    talk.sent();
    talk.hear(1, Packets.localInfile("x"));
    assertThat(talk.events()).containsExactly(LOCAL_DATA);
    talk.session.localData(new byte[] {1}, 0, 1);
    talk.session.localDataEnd();
    talk.sent();
    talk.hear(4, Packets.localInfile("/etc/passwd"));
    assertThat(talk.events()).isEmpty();
    assertThat(talk.sent()).extracting(sent -> sent.payload().length).containsExactly(0);
    talk.hear(6, OK);
    assertThat(talk.events()).containsExactly(FAILED);
    assertThat(talk.session.error().code()).isEqualTo(2068);
  }

  @Test
  void aFileThatWasRuledOutAtTheLoginEndsTheSession() {
    SessionTalk talk = SessionTalk.loggedIn();
    QueryExchange load = talk.session.query("LOAD DATA LOCAL INFILE 'x' INTO TABLE t");
    load.takeLocalData();
    talk.sent();
    talk.hear(1, Packets.localInfile("x"));
    assertThatThrownBy(talk.session::next).isInstanceOf(RefusedDemandException.class);
    assertThat(talk.sentBytes()).isEmpty();
  }

  @Test
  void aPacketWhileDataIsDueBreaksTheProtocol() {
    SessionTalk talk = loading();
    talk.session.query("LOAD DATA LOCAL INFILE 'x' INTO TABLE t").takeLocalData();
    talk.hear(1, Packets.localInfile("x"));
    assertThat(talk.events()).containsExactly(LOCAL_DATA);
    talk.session.localData(new byte[] {1}, 0, 1);
    talk.session.localDataEnd();
    talk.hear(3, OK);
    assertThatThrownBy(talk.session::next).isInstanceOf(MalformedPacketException.class);
  }

  private static SessionTalk loading() {
    return SessionTalk.loggedIn("8.0.33", SessionTalk.MYSQL, Capability.LOCAL_FILES);
  }

  // Character sets.

  @ParameterizedTest
  @ValueSource(strings = {"SET NAMES gbk", "set character_set_client = gbk", "CALL p()"})
  void theApplicationsOwnStatementMaySwitchTheCharacterSet(String sql) {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query(sql);
    talk.hear(1, switched("gbk"));
    if (sql.startsWith("CALL")) {
      assertThatThrownBy(talk::events).isInstanceOf(RefusedDemandException.class);
    } else {
      assertThat(talk.events()).containsExactly(RESULT_END, DONE);
      assertThat(talk.session.state().clientCharset().name()).isEqualTo("gbk");
    }
  }

  @Test
  void aSwitchByAnythingElseEndsTheSession() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("SELECT 1");
    talk.hear(1, switched("gbk"));
    assertThatThrownBy(talk.session::next)
        .isInstanceOf(RefusedDemandException.class)
        .hasMessageContaining("gbk");
    assertThat(talk.session.hasEnded()).isTrue();
  }

  @Test
  void aPingMaySwitchNothingEither() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.ping();
    talk.hear(1, switched("sjis"));
    assertThatThrownBy(talk.session::next).isInstanceOf(RefusedDemandException.class);
  }

  @Test
  void toldAgainItIsNoSwitch() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.query("SET NAMES latin1");
    talk.hear(1, switched("latin1"));
    talk.events();
    talk.session.query("UPDATE t SET a = 1");
    talk.hear(1, switched("latin1"));
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
  }

  @Test
  void aResetEndsInUtf8Whatever() {
    SessionTalk talk = SessionTalk.loggedIn();
    talk.session.resetConnection();
    talk.hear(1, switched("latin1"));
    assertThat(talk.events()).isEmpty();
    talk.hear(1, switched("utf8mb4"));
    assertThat(talk.events()).containsExactly(RESULT_END, DONE);
    assertThat(talk.session.state().clientCharset().name()).isEqualTo("utf8mb4");
  }

  private static byte[] switched(String charset) {
    return SessionTalk.okChanging("character_set_client", charset);
  }
}
