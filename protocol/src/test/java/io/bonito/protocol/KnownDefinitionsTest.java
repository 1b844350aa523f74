package io.bonito.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.row.Columns;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions that a server sends again and again. */
class KnownDefinitionsTest {
  private final SessionTalk talk = SessionTalk.loggedIn();

  @ParameterizedTest(name = "in pieces of {0} bytes")
  @ValueSource(ints = {1, 3, 50, 100_000})
  void theSameDefinitionsMakeTheSameColumns(int pieceSize) {
    Columns first = answered(answer("a", "b"), 100_000);

    assertThat(answered(answer("a", "b"), pieceSize)).isSameAs(first);
  }

  @ParameterizedTest(name = "in pieces of {0} bytes")
  @ValueSource(ints = {1, 3, 50, 100_000})
  void aDifferenceInTheLastOneIsSeen(int pieceSize) {
    answered(answer("a", "b"), 100_000);
    answered(answer("a", "b"), 100_000);

    Columns other = answered(answer("a", "c"), pieceSize);

    assertThat(other.definition(1).name()).isEqualTo("c");
    assertThat(answered(answer("a", "b"), 100_000).definition(1).name()).isEqualTo("b");
    assertThat(answered(answer("a", "c"), 100_000)).isSameAs(other);
  }

  @Test
  void fewerColumnsAreNotTakenForTheBeginningOfMore() {
    answered(answer("a", "b"), 100_000);

    assertThat(answered(answer("a"), 100_000).count()).isEqualTo(1);
    assertThat(answered(answer("a", "b", "c"), 100_000).count()).isEqualTo(3);
    assertThat(answered(answer("a", "b"), 100_000).count()).isEqualTo(2);
  }

  @Test
  void knownBytesOutOfTurnAreRefused() {
    answered(answer("a", "b"), 100_000);

    talk.session.query("SELECT a, b FROM t");
    talk.sent();
    talk.hear(1, new byte[] {2}).hear(3, column("a")).hear(4, column("b"));

    assertThatThrownBy(talk::events)
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("packet 3 where 2 was due");
  }

  /** Runs a query to its end. */
  private Columns answered(byte[] answer, int pieceSize) {
    talk.session.query("SELECT a, b FROM t");
    talk.sent();
    Columns columns = null;
    for (int at = 0; at < answer.length; at += pieceSize) {
      byte[] piece = new byte[Math.min(pieceSize, answer.length - at)];
      System.arraycopy(answer, at, piece, 0, piece.length);
      talk.hearRaw(piece);
      if (talk.events().contains(Event.COLUMNS)) {
        columns = talk.session.columns();
      }
    }
    assertThat(talk.session.isIdle()).isTrue();
    assertThat(columns).isNotNull();
    return columns;
  }

  private static byte[] answer(String... names) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int sequence = 1;
    answer.writeBytes(Frames.frame(sequence++, new byte[] {(byte) names.length}));
    for (String name : List.of(names)) {
      answer.writeBytes(Frames.frame(sequence++, column(name)));
    }
    answer.writeBytes(Frames.frame(sequence, Packets.endOk(2)));
    return answer.toByteArray();
  }

  private static byte[] column(String name) {
    return Packets.column(name, 253, 45, 0);
  }
}
