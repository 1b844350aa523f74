package io.bonito.protocol;

import static io.bonito.protocol.HostileServer.Stage.GREETING;
import static io.bonito.protocol.HostileServer.Stage.LOGIN;

import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Greetings and logins that do harm, R5 to R37. */
class HostileLoginTest extends HostileServer {
  /** In a greeting of version 8.0.33. */
  private static final int COLLATION_AT = 1 + 7 + 4 + 8 + 1 + 2;

  private static final int CHALLENGE_SIZE_AT = COLLATION_AT + 1 + 2 + 2;

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    greetings(cases);
    logins(cases);
    return cases.stream();
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
}
