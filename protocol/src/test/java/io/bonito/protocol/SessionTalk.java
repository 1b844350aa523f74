package io.bonito.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.protocol.auth.AuthPlugins;
import io.bonito.protocol.auth.Credentials;
import io.bonito.protocol.auth.PeerTrust;
import io.bonito.protocol.auth.PublicKeyPolicy;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.Login;
import io.bonito.protocol.message.Capability;
import io.bonito.protocol.message.ServerStatus;
import io.bonito.protocol.value.DecodingOptions;
import io.bonito.testkit.script.Frames;
import io.bonito.testkit.script.Packets;
import io.bonito.testkit.script.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A session, and a test that types in what the server says. */
public final class SessionTalk {
  /** What a server of MySQL 8 offers, as far as it matters here. */
  public static final long MYSQL =
      Capability.LONG_PASSWORD
          | Capability.PROTOCOL_41
          | Capability.SECURE_CONNECTION
          | Capability.PLUGIN_AUTH
          | Capability.MULTI_RESULTS
          | Capability.PS_MULTI_RESULTS
          | Capability.SESSION_TRACK
          | Capability.LOCAL_FILES
          | Capability.COMPRESS
          | Capability.SSL
          | Capability.DEPRECATE_EOF;

  public static final long MARIADB =
      MYSQL & ~Capability.LONG_PASSWORD
          | Capability.MARIADB_STMT_BULK_OPERATIONS
          | Capability.MARIADB_CACHE_METADATA;

  /** A packet that the session has sent. */
  public record Sent(int sequence, byte[] payload) {
    /** The payload's first byte: of a command its code. */
    public int code() {
      return payload[0];
    }

    public String text() {
      return new String(payload, 1, payload.length - 1, UTF_8);
    }
  }

  public final Session session;

  public SessionTalk(SessionOptions options) {
    session = new Session(options);
  }

  /**
   * @param wanted capabilities beyond the usual ones
   */
  public static SessionOptions options(long wanted, Login.Tls tls) {
    return new SessionOptions(
        new Login(
            Credentials.of("user", "secret"),
            "",
            wanted,
            tls,
            PeerTrust.UNVERIFIED,
            AuthPlugins.builtIn(),
            PublicKeyPolicy.none(),
            Map.of(),
            new Random(1)),
        DecodingOptions.DEFAULT,
        1 << 26,
        4096);
  }

  /** A session that has logged in, and sent nothing since. */
  public static SessionTalk loggedIn(String version, long offered, long wanted) {
    SessionTalk talk = new SessionTalk(options(wanted, Login.Tls.NEVER));
    talk.hear(0, Packets.greeting(version, offered, "mysql_native_password"));
    talk.events();
    talk.sent();
    talk.hear(2, Packets.ok());
    if (!talk.events().equals(List.of(Event.READY))) {
      throw new AssertionError("the login has failed");
    }
    return talk;
  }

  public static SessionTalk loggedIn() {
    return loggedIn("8.0.33", MYSQL, 0);
  }

  /** The server says this payload; one of 16 MiB takes several packets. */
  public SessionTalk hear(int sequence, byte[] payload) {
    return hearRaw(Frames.frame(sequence, payload));
  }

  /** The server says these payloads in this order, counting from {@code sequence} on. */
  public SessionTalk hearAll(int sequence, byte[]... payloads) {
    int number = sequence;
    for (byte[] payload : payloads) {
      hear(number++, payload);
    }
    return this;
  }

  public SessionTalk hearRaw(byte... bytes) {
    for (int at = 0; at < bytes.length; ) {
      ByteBuffer room = session.inbound();
      int count = Math.min(room.remaining(), bytes.length - at);
      room.put(bytes, at, count);
      session.received(count);
      at += count;
    }
    return this;
  }

  /** All events until the session wants bytes or has ended. */
  public List<Event> events() {
    List<Event> events = new ArrayList<>();
    while (!session.hasEnded()) {
      Event event = session.next();
      if (event == Event.NEED_BYTES) {
        break;
      }
      events.add(event);
      if (event == Event.START_TLS || event == Event.LOCAL_DATA) {
        break; // it would be repeated until it is answered
      }
    }
    return events;
  }

  /** Takes the bytes that wait to be sent. */
  public byte[] sentBytes() {
    ByteBuffer outbound = session.outbound();
    byte[] bytes = new byte[outbound.remaining()];
    outbound.get(bytes);
    return bytes;
  }

  /** Takes the packets that wait to be sent. */
  public List<Sent> sent() {
    List<Sent> packets = new ArrayList<>();
    byte[] bytes = sentBytes();
    new Frames()
        .feed(
            bytes,
            0,
            bytes.length,
            (sequence, payload) -> packets.add(new Sent(sequence, payload)));
    return packets;
  }

  /** The texts of the commands that wait to be sent. */
  public List<String> sentTexts() {
    return sent().stream().map(Sent::text).toList();
  }

  /** An OK that says that a variable has another value now. */
  public static byte[] okChanging(String variable, String value) {
    byte[] pair = new Payload().lengthText(variable).lengthText(value).bytes();
    return okWithChanges(new Payload().int8(0).lengthBytes(pair).bytes());
  }

  /** An OK with session changes, right or wrong. */
  public static byte[] okWithChanges(byte[] changes) {
    return new Payload()
        .int8(0)
        .length(0)
        .length(0)
        .int16(ServerStatus.AUTOCOMMIT | ServerStatus.SESSION_STATE_CHANGED)
        .int16(0)
        .lengthText("")
        .lengthBytes(changes)
        .bytes();
  }
}
