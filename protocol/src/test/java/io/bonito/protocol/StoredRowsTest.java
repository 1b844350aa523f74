package io.bonito.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.row.RowStore;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that go into a store many at once, instead of being reported one by one. */
class StoredRowsTest {
  private static final byte[] COLUMN = Packets.column("a", 253, 45, 0);

  private final SessionTalk talk = SessionTalk.loggedIn();
  private final Session session = talk.session;
  private final RowStore store = new RowStore();

  @ParameterizedTest(name = "in pieces of {0} bytes")
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 11, 50, 1000, 100_000})
  void allRowsArriveHoweverTheBytesDo(int pieceSize) {
    byte[] answer = answer(300);
    session.query("SELECT a FROM t");
    List<Event> events = new ArrayList<>();

    for (int at = 0; at < answer.length; at += pieceSize) {
      byte[] piece = new byte[Math.min(pieceSize, answer.length - at)];
      System.arraycopy(answer, at, piece, 0, piece.length);
      talk.hearRaw(piece);
      for (Event event = next(100); event != Event.NEED_BYTES; event = next(100)) {
        if (event != Event.ROW) {
          events.add(event);
        }
      }
    }

    assertThat(events).containsExactly(Event.COLUMNS, Event.RESULT_END, Event.DONE);
    assertThat(stored()).hasSize(300).startsWith("row 0", "row 1").endsWith("row 298", "row 299");
  }

  @Test
  void noMoreRowsAreTakenAtOnceThanWereAskedFor() {
    session.query("SELECT a FROM t");
    talk.hearRaw(answer(5));

    assertThat(next(2)).isEqualTo(Event.COLUMNS);
    assertThat(next(2)).isEqualTo(Event.ROW);
    assertThat(stored()).containsExactly("row 0", "row 1");
    assertThat(next(2)).isEqualTo(Event.ROW);
    assertThat(session.next()).isEqualTo(Event.ROW);
    assertThat(session.row().getString(0)).isEqualTo("row 4");
    assertThat(next(2)).isEqualTo(Event.RESULT_END);
    assertThat(stored()).containsExactly("row 0", "row 1", "row 2", "row 3");
  }

  @Test
  void rowsBeforeAnErrorAreStoredAndTheErrorIsTold() {
    session.query("SELECT a FROM t");
    head(talk);
    talk.hearAll(3, row("one"), row("two"), Packets.error(1317, "70100", "interrupted"));

    assertThat(next(9)).isEqualTo(Event.COLUMNS);
    assertThat(next(9)).isEqualTo(Event.ROW);
    assertThat(next(9)).isEqualTo(Event.FAILED);
    assertThat(session.error().code()).isEqualTo(1317);
    assertThat(stored()).containsExactly("one", "two");
  }

  @Test
  void aRowOfSeveralPacketsIsStoredLikeOthers() {
    String large = "x".repeat(0xFFFFFF + 10);
    session.query("SELECT a FROM t");
    head(talk);
    talk.hear(3, row("before"));
    talk.hear(4, row(large));
    talk.hear(6, row("behind"));

    assertThat(next(9)).isEqualTo(Event.COLUMNS);
    assertThat(next(9)).isEqualTo(Event.ROW);
    assertThat(next(9)).isEqualTo(Event.ROW);
    assertThat(next(9)).isEqualTo(Event.ROW);
    assertThat(stored()).containsExactly("before", large, "behind");
  }

  @Test
  void aRowOutOfTurnEndsTheSession() {
    session.query("SELECT a FROM t");
    head(talk);
    talk.hear(3, row("one")).hear(5, row("two"));

    assertThat(next(9)).isEqualTo(Event.COLUMNS);
    assertThat(next(9)).isEqualTo(Event.ROW);
    assertThatThrownBy(() -> next(9))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("packet 5 where 4 was due");
    assertThat(session.hasEnded()).isTrue();
  }

  @Test
  void rowsThatNobodyWantsAreNotStored() {
    session.query("SELECT a FROM t");
    talk.hearRaw(answer(5));
    assertThat(next(1)).isEqualTo(Event.COLUMNS);

    session.exchange().discard();

    assertThat(next(1)).isEqualTo(Event.RESULT_END);
    assertThat(store.count()).isZero();
  }

  private Event next(int most) {
    return session.next(store, most);
  }

  private List<String> stored() {
    Row row = new Row(session.columns());
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < store.count(); i++) {
      store.moveTo(i, row);
      texts.add(row.getString(0));
    }
    return texts;
  }

  private static void head(SessionTalk talk) {
    talk.hearAll(1, new byte[] {1}, COLUMN);
  }

  private static byte[] answer(int rows) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(Frames.frame(1, new byte[] {1}));
    answer.writeBytes(Frames.frame(2, COLUMN));
    for (int i = 0; i < rows; i++) {
      answer.writeBytes(Frames.frame((3 + i) & 0xFF, row("row " + i)));
    }
    answer.writeBytes(Frames.frame((3 + rows) & 0xFF, Packets.endOk(2)));
    return answer.toByteArray();
  }

  private static byte[] row(String value) {
    return new Payload().lengthBytes(value.getBytes(US_ASCII)).bytes();
  }
}
