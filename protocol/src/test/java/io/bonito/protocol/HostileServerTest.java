package io.bonito.protocol;

import static io.bonito.protocol.HostileServerTest.Stage.ANSWER;
import static io.bonito.protocol.HostileServerTest.Stage.EXECUTE;
import static io.bonito.protocol.HostileServerTest.Stage.FETCH;
import static io.bonito.protocol.HostileServerTest.Stage.GREETING;
import static io.bonito.protocol.HostileServerTest.Stage.LOGIN;
import static io.bonito.protocol.HostileServerTest.Stage.PING;
import static io.bonito.protocol.HostileServerTest.Stage.PREPARE;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a server may say to do harm, case by case. Each is refused by one of the two documented
 * exceptions and the session has ended, or it is an answer like others; never anything else. Memory
 * grows with what arrives, not with what is announced.
 */
class HostileServerTest {
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

  /** In a greeting of version 8.0.33. */
  private static final int COLLATION_AT = 1 + 7 + 4 + 8 + 1 + 2;

  private static final int CHALLENGE_SIZE_AT = COLLATION_AT + 1 + 2 + 2;

  private static final byte[] OK = Packets.ok();
  private static final byte[] COLUMN = Packets.column("a", 253, 45, 0);
  private static final byte[] END = Packets.endOk(2);

  /** Allocated for the exception, the session's own events and this test. */
  private static final long CONSTANT_COST = 256 * 1024;

  /** A buffer that grows by doubling costs up to four, the smallest answers eight. */
  private static final long COST_OF_A_BYTE = 8;

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    greetings(cases);
    logins(cases);
    frames(cases);
    answers(cases);
    rows(cases);
    prepared(cases);
    return cases.stream();
  }

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

  private static Outcome hear(SessionTalk talk, byte[] packets) {
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

  private static SessionTalk at(Stage stage) {
    if (stage == GREETING || stage == LOGIN) {
      SessionTalk talk = new SessionTalk(SessionTalk.options(0, Login.Tls.NEVER));
      if (stage == LOGIN) {
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

  private static Case say(String name, Stage stage, Outcome outcome, byte[]... payloads) {
    int number = stage == GREETING ? 0 : stage == LOGIN ? 2 : 1;
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    for (byte[] payload : payloads) {
      packets.writeBytes(Frames.frame(number++, payload));
    }
    return new Case(name, stage, outcome, packets.toByteArray());
  }

  private static Case raw(String name, Stage stage, Outcome outcome, byte[]... bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : bytes) {
      all.writeBytes(part);
    }
    return new Case(name, stage, outcome, all.toByteArray());
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] text(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  // R5 to R17

  private static void greetings(List<Case> cases) {
    byte[] good = Packets.greeting("8.0.33", SessionTalk.MYSQL, "mysql_native_password");
    cases.add(raw("HTTP", GREETING, Outcome.REFUSED, text("HTTP/1.1 400 Bad Request\r\n\r\n")));
    cases.add(raw("SSH", GREETING, Outcome.REFUSED, text("SSH-2.0-OpenSSH_9.2\r\n")));
    cases.add(raw("Redis", GREETING, Outcome.REFUSED, text("-ERR unknown command\r\n")));
    cases.add(raw("TLS", GREETING, Outcome.REFUSED, bytes(0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3)));
    for (int version : new int[] {0, 9, 11, 254}) {
      byte[] other = good.clone();
      other[0] = (byte) version;
      cases.add(say("protocol version " + version, GREETING, Outcome.REFUSED, other));
    }
    cases.add(say("no greeting but an error", GREETING, Outcome.FAILED, error(1040)));
    cases.add(say("an error without state", GREETING, Outcome.FAILED, bytes(0xFF, 16, 4, 'n')));
    cases.add(say("an error without code", GREETING, Outcome.REFUSED, bytes(0xFF)));
    cases.add(say("nothing", GREETING, Outcome.REFUSED, new byte[0]));
    cases.add(say("an OK", GREETING, Outcome.REFUSED, OK));
    cases.add(raw("a greeting numbered 1", GREETING, Outcome.REFUSED, Frames.frame(1, good)));
    cases.add(say("two greetings", GREETING, Outcome.REFUSED, good, good));
    cases.add(
        say(
            "a version of 1 MB",
            GREETING,
            Outcome.REFUSED,
            Packets.greeting("8".repeat(1 << 20), SessionTalk.MYSQL, "x")));
    cases.add(
        say(
            "a version that is none",
            GREETING,
            Outcome.AWAITED,
            Packets.greeting("a.b\r\n\u001b[31m", SessionTalk.MYSQL, "mysql_native_password")));
    cases.add(say("no version's end", GREETING, Outcome.REFUSED, text("\n" + "8".repeat(100))));
    for (long lacking : new long[] {1 << 9, 1 << 15, 1 << 19}) {
      cases.add(
          say(
              "without capability " + lacking,
              GREETING,
              Outcome.REFUSED,
              Packets.greeting("8.0.33", SessionTalk.MYSQL & ~lacking, "mysql_native_password")));
    }
    for (String plugin : List.of("nobody_knows", "", "x".repeat(60_000), "mysql_old_password")) {
      cases.add(
          say(
              "plugin " + plugin.length(),
              GREETING,
              Outcome.AWAITED,
              Packets.greeting("8.0.33", SessionTalk.MYSQL, plugin)));
    }
    for (int said : new int[] {0, 7, 20, 255}) {
      byte[] other = good.clone();
      other[CHALLENGE_SIZE_AT] = (byte) said;
      boolean cut = said == 255; // the plugin's name becomes a part of the challenge
      cases.add(
          say(
              "a challenge said to be of " + said,
              GREETING,
              cut ? Outcome.REFUSED : Outcome.AWAITED,
              other));
    }
    for (int collation : new int[] {0, 63, 255}) {
      byte[] other = good.clone();
      other[COLLATION_AT] = (byte) collation;
      cases.add(say("collation " + collation, GREETING, Outcome.AWAITED, other));
    }
    for (int size = 1; size < good.length - 24; size++) {
      cases.add(say("greeting of " + size, GREETING, Outcome.REFUSED, Arrays.copyOf(good, size)));
    }
  }

  // R25 to R37; the methods themselves have tests of their own

  private static void logins(List<Case> cases) {
    byte[] challenge = text("abcdefghijklmnopqrst\0");
    for (String plugin :
        List.of("mysql_clear_password", "dialog", "mysql_old_password", "unknown", "")) {
      cases.add(
          say(
              "switch to " + plugin,
              LOGIN,
              Outcome.REFUSED,
              Packets.authSwitch(plugin, challenge)));
    }
    cases.add(say("switch without NUL", LOGIN, Outcome.REFUSED, text("\u00FEmysql_native_pass")));
    cases.add(say("more data unasked", LOGIN, Outcome.REFUSED, Packets.moreAuthData((byte) 4)));
    cases.add(say("a file", LOGIN, Outcome.REFUSED, Packets.localInfile("/etc/passwd")));
    cases.add(say("nothing at all", LOGIN, Outcome.REFUSED, new byte[0]));
    cases.add(say("a result", LOGIN, Outcome.REFUSED, bytes(5)));
    cases.add(
        say(
            "an error of many lines",
            LOGIN,
            Outcome.FAILED,
            Packets.error(1045, "28000", "\u001b[2J\r\nno".repeat(100))));
    for (int size = 0; size < OK.length; size++) {
      cases.add(say("OK of " + size, LOGIN, Outcome.REFUSED, Arrays.copyOf(OK, size)));
    }
    byte[][] switches = new byte[20][];
    Arrays.fill(switches, Packets.authSwitch("mysql_native_password", challenge));
    ByteArrayOutputStream endless = new ByteArrayOutputStream();
    for (int i = 0; i < switches.length; i++) {
      endless.writeBytes(Frames.frame(2 + 2 * i, switches[i]));
    }
    cases.add(raw("switches for ever", LOGIN, Outcome.REFUSED, endless.toByteArray()));
  }

  // R40 to R47

  private static void frames(List<Case> cases) {
    for (int size = 1; size < 4; size++) {
      cases.add(raw("a header of " + size, ANSWER, Outcome.AWAITED, Arrays.copyOf(OK, size)));
    }
    cases.add(raw("numbered 0", ANSWER, Outcome.REFUSED, Frames.frame(0, OK)));
    cases.add(raw("numbered 2", ANSWER, Outcome.REFUSED, Frames.frame(2, OK)));
    cases.add(say("an empty packet", ANSWER, Outcome.REFUSED, new byte[0]));
    cases.add(raw("64 MiB and more", ANSWER, Outcome.REFUSED, endlessFragments()));
    cases.add(raw("16 MiB announced", ANSWER, Outcome.AWAITED, bytes(-1, -1, -1, 1, 5)));
    cases.add(
        raw(
            "a wrong number among rows",
            ANSWER,
            Outcome.REFUSED,
            Frames.frame(1, bytes(1)),
            Frames.frame(2, COLUMN),
            Frames.frame(4, Packets.textRow(List.of("x")))));
  }

  /** Each whole packet promises another one. */
  private static byte[] endlessFragments() {
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    byte[] body = new byte[0xFFFFFF];
    body[0] = 1;
    for (int number = 1; number <= 4; number++) {
      packets.writeBytes(new byte[] {-1, -1, -1, (byte) number});
      packets.writeBytes(body);
    }
    packets.writeBytes(new byte[] {-1, -1, -1, 5});
    return packets.toByteArray();
  }

  // R59 to R68, R73 to R78

  private static void answers(List<Case> cases) {
    cases.add(say("columns 2^64-1", ANSWER, Outcome.REFUSED, length(-1)));
    cases.add(say("columns 2^31-1", ANSWER, Outcome.REFUSED, length(Integer.MAX_VALUE)));
    cases.add(say("columns 16 M", ANSWER, Outcome.REFUSED, length(1 << 24)));
    cases.add(say("columns 65,536", ANSWER, Outcome.REFUSED, length(65_536)));
    cases.add(say("columns 65,535", ANSWER, Outcome.AWAITED, length(65_535)));
    cases.add(say("a count cut", ANSWER, Outcome.REFUSED, bytes(0xFC, 1)));
    cases.add(say("a count and more", ANSWER, Outcome.REFUSED, bytes(1, 1, 1)));
    cases.add(say("a count too wide", ANSWER, Outcome.TAKEN, bytes(0xFC, 1, 0), COLUMN, END));
    cases.add(say("an EOF for a result", ANSWER, Outcome.REFUSED, Packets.eof(2)));
    cases.add(say("a file to a ping", PING, Outcome.REFUSED, Packets.localInfile("/etc/passwd")));
    cases.add(say("rows to a ping", PING, Outcome.REFUSED, bytes(1), COLUMN));
    cases.add(say("numbers 2^64-1", ANSWER, Outcome.TAKEN, Packets.ok(-1, -1, 2, 65_535)));
    for (int size = 1; size < OK.length; size++) {
      cases.add(say("OK cut to " + size, ANSWER, Outcome.REFUSED, Arrays.copyOf(OK, size)));
    }
    cases.add(
        say(
            "an info past the end",
            ANSWER,
            Outcome.REFUSED,
            new Payload().raw(OK).length(200).text("x").bytes()));
    byte[] error = error(1064);
    for (int size : IntStream.range(1, 3).toArray()) {
      cases.add(say("ERR cut to " + size, ANSWER, Outcome.REFUSED, Arrays.copyOf(error, size)));
    }
    for (int size : IntStream.range(3, error.length).toArray()) {
      cases.add(say("ERR cut to " + size, ANSWER, Outcome.FAILED, Arrays.copyOf(error, size)));
    }
    cases.add(say("error 0", ANSWER, Outcome.FAILED, error(0)));
    cases.add(say("error 65,535", ANSWER, Outcome.FAILED, error(65_535)));
    for (int size = 0; size < COLUMN.length; size++) {
      byte[] cut = Arrays.copyOf(COLUMN, size);
      cases.add(say("column cut to " + size, ANSWER, Outcome.REFUSED, bytes(1), cut, END));
    }
    byte[] strange = Packets.column("a", 0x63, 60_000, 0xFFFF);
    cases.add(
        say(
            "a type that nobody knows",
            ANSWER,
            Outcome.TAKEN,
            bytes(1),
            strange,
            Packets.textRow(List.of("x")),
            END));
    cases.add(
        say(
            "rows without their columns",
            ANSWER,
            Outcome.REFUSED,
            bytes(1),
            Packets.textRow(List.of("x")),
            END));
    cases.add(say("too few columns", ANSWER, Outcome.REFUSED, bytes(2), COLUMN, END));
    cases.add(
        say("too many columns", ANSWER, Outcome.REFUSED, bytes(1), COLUMN, COLUMN, COLUMN, END));
    cases.add(say("an error for a column", ANSWER, Outcome.REFUSED, bytes(1), error));
    cases.add(say("an error among rows", ANSWER, Outcome.FAILED, bytes(1), COLUMN, error(1317)));
    cases.add(say("all status bits", ANSWER, Outcome.AWAITED, Packets.ok(0, 0, 0xFFFF, 0)));
    for (int bit : new int[] {1, 0x40, 0x80, 0x200, 0x400, 0x1000, 0x2000}) {
      cases.add(say("status " + bit, ANSWER, Outcome.TAKEN, Packets.ok(0, 0, bit, 0)));
    }
    changes(cases);
    byte[][] endless = new byte[110_000][];
    Arrays.fill(endless, Packets.ok(0, 0, Packets.MORE_RESULTS, 0));
    cases.add(say("results for ever", ANSWER, Outcome.REFUSED, endless));
  }

  private static void changes(List<Case> cases) {
    cases.add(
        say(
            "a connection that is no number",
            ANSWER,
            Outcome.REFUSED,
            SessionTalk.okChanging("connection_id", "nine")));
    cases.add(
        say(
            "an unknown change",
            ANSWER,
            Outcome.TAKEN,
            SessionTalk.okWithChanges(new Payload().int8(200).lengthText("x").bytes())));
    cases.add(
        say(
            "a schema of 64 KB",
            ANSWER,
            Outcome.TAKEN,
            SessionTalk.okWithChanges(
                new Payload()
                    .int8(1)
                    .lengthBytes(new Payload().lengthText("x".repeat(60_000)).bytes())
                    .bytes())));
    cases.add(
        say(
            "a change past its end",
            ANSWER,
            Outcome.REFUSED,
            SessionTalk.okWithChanges(new Payload().int8(1).length(200).text("x").bytes())));
    cases.add(
        say(
            "a name past its change",
            ANSWER,
            Outcome.REFUSED,
            SessionTalk.okWithChanges(
                new Payload().int8(1).lengthBytes(new Payload().length(9).bytes()).bytes())));
    cases.add(
        say(
            "GTIDs that are none",
            ANSWER,
            Outcome.TAKEN,
            SessionTalk.okWithChanges(
                new Payload()
                    .int8(3)
                    .lengthBytes(new Payload().int8(9).lengthText("garbage").bytes())
                    .bytes())));
    cases.add(
        say("gbk", ANSWER, Outcome.REFUSED, SessionTalk.okChanging("character_set_client", "gbk")));
  }

  // R70, R77, R80 to R83

  private static void rows(List<Case> cases) {
    cases.add(rows("a value past the end", Outcome.REFUSED, bytes(5, 'x')));
    cases.add(rows("a value of 2^31-1", Outcome.REFUSED, length(Integer.MAX_VALUE)));
    cases.add(rows("a value of 2^63", Outcome.REFUSED, length(Long.MIN_VALUE)));
    cases.add(rows("a column missing", Outcome.REFUSED, new byte[0]));
    cases.add(rows("a column too many", Outcome.REFUSED, bytes(1, 'x', 1, 'y')));
    for (int type : new int[] {1, 3, 8, 4, 5, 0xF6, 0x0A, 0x0B, 0x0C, 0x0D, 0x10, 0xFF, 0xF5}) {
      for (String value :
          List.of("", "--5", "1e999999999", "0000-00-00", "9999-99-99", "-839:00:00", "\u00FF")) {
        cases.add(
            say(
                "'" + value + "' of type " + type,
                ANSWER,
                Outcome.TAKEN,
                bytes(1),
                Packets.column("a", type, 45, 0),
                new Payload().lengthBytes(text(value)).bytes(),
                END));
      }
    }
    byte[] digits = new byte[1_000_000];
    Arrays.fill(digits, (byte) '9');
    cases.add(
        say(
            "a million digits",
            ANSWER,
            Outcome.TAKEN,
            bytes(1),
            Packets.column("a", 3, 63, 0),
            new Payload().lengthBytes(digits).bytes(),
            END));
  }

  private static Case rows(String name, Outcome outcome, byte[] row) {
    return say(name, ANSWER, outcome, bytes(1), COLUMN, row, END);
  }

  // R79 to R83

  private static void prepared(List<Case> cases) {
    byte[] ok = Packets.prepared(1, 0, 0);
    for (int size = 1; size < 10; size++) {
      cases.add(say("PREPARE OK of " + size, PREPARE, Outcome.REFUSED, Arrays.copyOf(ok, size)));
    }
    cases.add(
        say("65,535 parameters", PREPARE, Outcome.AWAITED, Packets.prepared(1, 65_535, 65_535)));
    cases.add(say("an EOF to PREPARE", PREPARE, Outcome.REFUSED, Packets.eof(2)));
    cases.add(say("rows to PREPARE", PREPARE, Outcome.REFUSED, bytes(1), COLUMN));
    cases.add(say("a file to PREPARE", PREPARE, Outcome.REFUSED, Packets.localInfile("x")));
    byte[] datetime = Packets.column("a", 12, 63, 0);
    cases.add(binary("no header", Outcome.REFUSED, datetime, new byte[0]));
    cases.add(binary("a header of 1", Outcome.REFUSED, datetime, bytes(1, 0, 0)));
    cases.add(binary("no NULL bits", Outcome.REFUSED, datetime, bytes(0)));
    for (int length : new int[] {1, 2, 3, 5, 6, 9, 12, 13}) {
      byte[] row = new Payload().int8(0).int8(0).int8(length).zeros(length).bytes();
      cases.add(binary("a DATETIME of " + length, Outcome.TAKEN, datetime, row));
      cases.add(binary("a TIME of " + length, Outcome.TAKEN, Packets.column("a", 11, 63, 0), row));
    }
    cases.add(binary("a DATETIME of 255", Outcome.REFUSED, datetime, bytes(0, 0, 0xFF, 0, 0)));
    cases.add(
        binary(
            "month 13, micros 2^32-1",
            Outcome.TAKEN,
            datetime,
            bytes(0, 0, 11, 0, 0, 13, 32, 25, 61, 61, -1, -1, -1, -1)));
    cases.add(
        binary("a BIGINT cut", Outcome.REFUSED, Packets.column("a", 8, 63, 0), bytes(0, 0, 1, 2)));
    cases.add(
        say(
            "more rows than fetched",
            FETCH,
            Outcome.TAKEN,
            bytes(0, 4),
            bytes(0, 4),
            bytes(0, 4),
            bytes(0xFE, 0, 0, 0x80, 0, 0, 0)));
    cases.add(say("no cursor", FETCH, Outcome.FAILED, error(1421)));
    cases.add(say("columns where rows are due", FETCH, Outcome.REFUSED, bytes(1), COLUMN));
  }

  private static Case binary(String name, Outcome outcome, byte[] column, byte[] row) {
    return say(name, EXECUTE, outcome, bytes(1), column, row, END);
  }

  private static byte[] error(int code) {
    return Packets.error(code, "HY000", "no");
  }

  private static byte[] length(long value) {
    return new Payload().int8(0xFE).int64(value).bytes();
  }
}
