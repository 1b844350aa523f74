package io.bonito.protocol;

import static io.bonito.protocol.HostileServer.Stage.ANSWER;
import static io.bonito.protocol.HostileServer.Stage.EXECUTE;
import static io.bonito.protocol.HostileServer.Stage.FETCH;
import static io.bonito.protocol.HostileServer.Stage.PING;
import static io.bonito.protocol.HostileServer.Stage.PREPARE;

import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Answers to commands that do harm, R40 to R86. */
class HostileAnswersTest extends HostileServer {
  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    frames(cases);
    answers(cases);
    rows(cases);
    prepared(cases);
    return cases.stream();
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
}
