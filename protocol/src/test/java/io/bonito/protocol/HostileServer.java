package io.bonito.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.bonito.protocol.buffer.MalformedPacketException;
import io.bonito.protocol.buffer.RefusedDemandException;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.row.Columns;
import io.bonito.protocol.row.Row;
import io.bonito.protocol.value.ConversionException;
import io.bonito.protocol.value.Parameters;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a server may say to do harm, case by case. Each is refused by one of the two documented
 * exceptions and the session has ended, or it is an answer like others; never anything else. Memory
 * grows with what arrives, not with what is announced.
 *
 * <p>Its heirs have a static method {@code cases}.
 */
abstract class HostileServer {
  /** What was asked when the server says it. */
  enum Stage {
    GREETING,
    LOGIN,
    ANSWER,
    PING,
    PREPARE,
    EXECUTE,
    FETCH
  }

  /** How it must end. */
  enum Outcome {
    /** One of the two documented exceptions, and the session has ended. */
    REFUSED,
    /** An error of the server, which is an answer. */
    FAILED,
    /** An answer like others. */
    TAKEN,
    /** Nothing yet: more must come, or the deadline. */
    AWAITED
  }

  /**
   * @param packets as they arrive, headers included
   */
  record Case(String name, Stage stage, Outcome outcome, byte[] packets) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final byte[] OK = Packets.ok();
  static final byte[] COLUMN = Packets.column("a", 253, 45, 0);
  static final byte[] END = Packets.endOk(2);

  /** Allocated for the exception, the session's own events and this test. */
  private static final long CONSTANT_COST = 256 * 1024;

  /** A buffer that grows by doubling costs up to four, the smallest answers eight. */
  private static final long COST_OF_A_BYTE = 8;

  @ParameterizedTest
  @MethodSource("cases")
  void nothingButDocumentedEnds(Case given) {
    assertThat(outcome(given)).isEqualTo(given.outcome());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void memoryGrowsWithWhatArrives(Case given) {
    outcome(given); // so that classes are loaded
    SessionTalk talk = at(given.stage());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    hear(talk, given.packets());
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(COST_OF_A_BYTE * given.packets().length + CONSTANT_COST);
  }

  private static Outcome outcome(Case given) {
    SessionTalk talk = at(given.stage());
    Outcome outcome = hear(talk, given.packets());
    assertThat(talk.session.hasEnded()).isEqualTo(outcome == Outcome.REFUSED);
    return outcome;
  }

  static Outcome hear(SessionTalk talk, byte[] packets) {
    try {
      talk.hearRaw(packets);
      Outcome outcome = Outcome.AWAITED;
      while (!talk.session.hasEnded()) {
        Event event = talk.session.next();
        if (event == Event.NEED_BYTES) {
          break;
        }
        switch (event) {
          case FAILED -> outcome = Outcome.FAILED;
          case DONE, READY, PREPARED -> outcome = Outcome.TAKEN;
          case ROW -> read(talk.session.row());
          default -> {}
        }
      }
      return outcome;
    } catch (MalformedPacketException | RefusedDemandException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Outcome.REFUSED;
    }
  }

  /** A value that is none is no fault of the protocol: the session goes on. */
  private static void read(Row row) {
    for (int column = 0; column < row.columns().count(); column++) {
      try {
        row.getObject(column);
        row.getString(column);
      } catch (ConversionException e) {
        // It is told, and the next value can be read.
      }
    }
  }

  static SessionTalk at(Stage stage) {
    if (stage == Stage.GREETING || stage == Stage.LOGIN) {
      SessionTalk talk = new SessionTalk(SessionTalk.options(0, Login.Tls.NEVER));
      if (stage == Stage.LOGIN) {
        talk.hear(0, Packets.greeting("8.0.33", SessionTalk.MYSQL, "mysql_native_password"));
        talk.events();
        talk.sent();
      }
      return talk;
    }
    SessionTalk talk = SessionTalk.loggedIn();
    switch (stage) {
      case ANSWER -> talk.session.query("SELECT 1");
      case PING -> talk.session.ping();
      case PREPARE -> talk.session.prepare(new ServerStatement("SELECT a FROM t WHERE b = ?"));
      case EXECUTE -> talk.session.execute(prepared(talk), new Parameters(0), false);
      case FETCH -> {
        ServerStatement statement = prepared(talk);
        Columns columns = statement.columns();
        assertThat(columns).isNotNull();
        talk.session.fetch(statement, columns, 2);
      }
      case GREETING, LOGIN -> throw new AssertionError();
    }
    talk.sent();
    return talk;
  }

  private static ServerStatement prepared(SessionTalk talk) {
    ServerStatement statement = new ServerStatement("SELECT a FROM t");
    talk.session.prepare(statement);
    talk.hearAll(1, Packets.prepared(1, 1, 0), Packets.column("a", 12, 63, 0));
    assertThat(talk.events()).containsExactly(Event.PREPARED);
    talk.sent();
    return statement;
  }

  static Case say(String name, Stage stage, Outcome outcome, byte[]... payloads) {
    int number = stage == Stage.GREETING ? 0 : stage == Stage.LOGIN ? 2 : 1;
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (byte[] payload : payloads) {
      packets.writeBytes(Frames.frame(number++, payload));
    }
    return new Case(name, stage, outcome, packets.toByteArray());
  }

  static Case raw(String name, Stage stage, Outcome outcome, byte[]... bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : bytes) {
      all.writeBytes(part);
    }
    return new Case(name, stage, outcome, all.toByteArray());
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] text(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  static byte[] error(int code) {
    return Packets.error(code, "HY000", "no");
  }

  static byte[] length(long value) {
    return new Payload().int8(0xFE).int64(value).bytes();
  }
}
