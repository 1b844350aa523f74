package io.bonito.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.value.ParameterRows;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may say of the rows of a bulk, each by itself. */
class UnitResultsTest {
  private static final int BIGINT = 8;
  private static final int SENT = 3;

  /** Two columns, whose definitions follow. */
  private static final byte[] COUNT = {2, 1};

  /** How many were due is the caller's to compare; it is shown what came, and nothing made up. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, SENT, SENT + 1, 100})
  void asManyAsTheServerSaysAreToldAndTheNextCommandIsAnswered(int told) {
    SessionTalk talk = executing();
    talk.hearAll(1, COUNT, Packets.column("Id", BIGINT, 63, 0), affected());
    for (int row = 0; row < told; row++) {
      talk.hear(4 + row, unit());
    }
    talk.hear(4 + told, Packets.endOk(2));

    List<Event> events = talk.events();
    assertThat(events.stream().filter(Event.ROW::equals)).hasSize(told);
    assertThat(events).endsWith(Event.DONE);
    talk.session.ping();
    talk.sent();
    talk.hear(1, Packets.ok());
    assertThat(talk.events()).endsWith(Event.DONE);
  }

  @Test
  void oneCountForAllIsAnAnswerToo() {
    SessionTalk talk = executing();
    talk.hear(1, Packets.ok(SENT, 0, 2, 0));
    assertThat(talk.events()).endsWith(Event.DONE);
    assertThat(talk.session.ok().affectedRows()).isEqualTo(SENT);
  }

  @Test
  void aUnitThatIsCutEndsTheSession() {
    SessionTalk talk = executing();
    talk.hearAll(1, COUNT, Packets.column("Id", BIGINT, 63, 0), affected());
    talk.hear(4, new byte[] {0, 0, 1, 2, 3});
    assertThat(talk.session.next()).isEqualTo(Event.COLUMNS);
    assertThatThrownBy(talk::events).isInstanceOf(MalformedPacketException.class);
    assertThat(talk.session.hasEnded()).isTrue();
  }

  private static byte[] affected() {
    return Packets.column("Affected_rows", BIGINT, 63, 0);
  }

  private static byte[] unit() {
    return new Payload().int8(0).int8(0).int64(7).int64(1).bytes();
  }

  private static SessionTalk executing() {
    SessionTalk talk =
        SessionTalk.loggedIn(
            "11.8.0-MariaDB", SessionTalk.MARIADB | Capability.MARIADB_BULK_UNIT_RESULTS, 0);
    ServerStatement statement = new ServerStatement("INSERT INTO t VALUES (?)");
    talk.session.prepare(statement);
    talk.hearAll(1, Packets.prepared(1, 0, 1), Packets.column("?", 253, 63, 0));
    assertThat(talk.events()).containsExactly(Event.PREPARED);
    List<Parameters> rows = Stream.generate(() -> new Parameters(1)).limit(SENT).toList();
    rows.forEach(row -> row.setLong(0, 7));
    talk.session.executeBulk(statement, ParameterRows.of(rows), 0, SENT, /* unitResults= */ true);
    talk.sent();
    return talk;
  }
}
