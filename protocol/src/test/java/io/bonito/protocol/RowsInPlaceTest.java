package io.bonito.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.value.Parameters;
import io.bonito.protocol.value.WireFormat;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows cost no memory of their own, and columns that are known already none either. */
class RowsInPlaceTest {
  private static final byte[] NUMBER = Packets.column("a", 8, 63, 0);
  private static final byte[] TEXT = Packets.column("b", 253, 45, 0);

  /** So many that the numbers of their packets begin anew. */
  private static final int ROWS_OF_A_BLOCK = 256;

  private static final int BLOCKS = 100;

  @ParameterizedTest
  @EnumSource
  void aRowAllocatesNothing(WireFormat format) {
    SessionTalk talk = SessionTalk.loggedIn();
    if (format == WireFormat.TEXT) {
      talk.session.query("SELECT a, b FROM t");
    } else {
      talk.session.execute(prepared(talk, NUMBER, TEXT), new Parameters(0), false);
    }
    talk.sent();
    talk.hearAll(1, new byte[] {2}, NUMBER, TEXT);
    byte[] rows = rows(format, 4);
    long sum = read(talk, rows, 50); // so that the buffer has its size and all classes are loaded
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    sum += read(talk, rows, BLOCKS);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(sum).isEqualTo(150L * ROWS_OF_A_BLOCK * 1234);
    assertThat(allocated).as("bytes for %d rows", BLOCKS * ROWS_OF_A_BLOCK).isLessThan(4096);
  }

  private static long read(SessionTalk talk, byte[] rows, int times) {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      for (int at = 0; at < rows.length; ) {
        ByteBuffer room = talk.session.inbound();
        int count = Math.min(room.remaining(), rows.length - at);
        room.put(rows, at, count);
        talk.session.received(count);
        at += count;
        for (Event event = talk.session.next();
            event != Event.NEED_BYTES;
            event = talk.session.next()) {
          if (event == Event.ROW && talk.session.row().isNull(1)) {
            sum += talk.session.row().getLong(0);
          }
        }
      }
    }
    return sum;
  }

  private static byte[] rows(WireFormat format, int firstSequence) {
    byte[] row =
        format == WireFormat.TEXT
            ? new Payload().lengthText("1234").lengthText(null).bytes()
            : new Payload().int8(0).int8(0b1000).int64(1234).bytes();
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int i = 0; i < ROWS_OF_A_BLOCK; i++) {
      rows.writeBytes(Frames.frame(firstSequence + i & 0xFF, row));
    }
    return rows.toByteArray();
  }

  // MariaDB leaves definitions out that it has sent with the PREPARE.

  @Test
  void columnsThatAreLeftOutAreThoseOfTheStatement() {
    SessionTalk talk = SessionTalk.loggedIn("11.4.5-MariaDB", SessionTalk.MARIADB, 0);
    ServerStatement statement = prepared(talk, NUMBER);
    talk.session.execute(statement, new Parameters(0), false);
    talk.hearAll(1, new byte[] {1, 0}, new Payload().zeros(2).int64(77).bytes(), Packets.endOk(2));
    assertThat(talk.session.next()).isEqualTo(Event.COLUMNS);
    assertThat(talk.session.columns()).isSameAs(statement.columns());
    assertThat(talk.session.next()).isEqualTo(Event.ROW);
    assertThat(talk.session.row().getLong(0)).isEqualTo(77);
    assertThat(talk.events()).containsExactly(Event.RESULT_END, Event.DONE);
  }

  @Test
  void columnsThatHaveChangedAreSentAndRemembered() {
    SessionTalk talk = SessionTalk.loggedIn("11.4.5-MariaDB", SessionTalk.MARIADB, 0);
    ServerStatement statement = prepared(talk, NUMBER);
    talk.session.execute(statement, new Parameters(0), false);
    talk.hearAll(
        1,
        new byte[] {1, 1},
        TEXT,
        new Payload().zeros(2).lengthText("x").bytes(),
        Packets.endOk(2));
    assertThat(talk.session.next()).isEqualTo(Event.COLUMNS);
    assertThat(talk.session.next()).isEqualTo(Event.ROW);
    assertThat(talk.session.row().getString(0)).isEqualTo("x");
    assertThat(statement.columns()).isSameAs(talk.session.columns());
  }

  @Test
  void columnsThatNobodyHasCannotBeLeftOut() {
    SessionTalk talk = SessionTalk.loggedIn("11.4.5-MariaDB", SessionTalk.MARIADB, 0);
    talk.session.execute(prepared(talk, NUMBER), new Parameters(0), false);
    talk.hear(1, new byte[] {2, 0});
    assertThatThrownBy(talk.session::next).isInstanceOf(MalformedPacketException.class);

    SessionTalk other = SessionTalk.loggedIn("11.4.5-MariaDB", SessionTalk.MARIADB, 0);
    other.session.query("SELECT a FROM t");
    other.hear(1, new byte[] {1, 0});
    assertThatThrownBy(other.session::next).isInstanceOf(MalformedPacketException.class);
  }

  private static ServerStatement prepared(SessionTalk talk, byte[]... columns) {
    ServerStatement statement = new ServerStatement("SELECT a FROM t");
    talk.session.prepare(statement);
    talk.hear(1, Packets.prepared(1, columns.length, 0)).hearAll(2, columns);
    assertThat(talk.events()).isEqualTo(List.of(Event.PREPARED));
    talk.sent();
    return statement;
  }
}
