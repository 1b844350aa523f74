package io.bonito.benchmarks.entrant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Setting;
import io.bonito.benchmarks.contest.Sql;
import io.bonito.protocol.Session;
import io.bonito.protocol.exchange.Event;
import io.bonito.protocol.exchange.ServerStatement;
import io.bonito.protocol.value.Parameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that Bonito sends for a load's query, once all there is to prepare is prepared, and how
 * many bytes the server answers.
 */
public final class Command {
  private static final int NO_KEY = -1;

  private final byte[] bytes;
  private final int keyAt;
  private final boolean keyIsText;
  private final int replySize;
  private final int keys;
  private final SplittableRandom random = new SplittableRandom(1);
  private byte[] together = new byte[0];

  private Command(byte[] bytes, int keyAt, boolean keyIsText, int replySize, int keys) {
    this.bytes = bytes;
    this.keyAt = keyAt;
    this.keyIsText = keyIsText;
    this.replySize = replySize;
    this.keys = keys;
  }

  /** Prepares it on the connection, and runs it there to see the reply's size. */
  public static Command prepare(RawConnection connection, Setting setting) throws IOException {
    String sql = Sql.query(setting);
    boolean keyed =
        switch (setting.load()) {
          case POINT, TWENTY, PIPELINE -> true;
          default -> false;
        };
    int keys = setting.fixedKey() ? 1 : setting.rows();
    if (setting.format() == Format.TEXT) {
      byte[] bytes = run(connection, sql.replace("?", "" + Setting.FIRST_KEY), null);
      int keyAt = keyed ? bytes.length - 7 : NO_KEY;
      return new Command(bytes, keyAt, /* keyIsText= */ true, replySize(connection, bytes), keys);
    }
    ServerStatement statement = new ServerStatement(sql);
    connection.session().prepare(statement);
    connection.await(Event.PREPARED);
    run(connection, "", statement); // says the types, which need not be said again
    byte[] bytes = run(connection, "", statement);
    int keyAt = keyed ? bytes.length - 4 : NO_KEY;
    return new Command(bytes, keyAt, /* keyIsText= */ false, replySize(connection, bytes), keys);
  }

  private static byte[] run(
      RawConnection connection, String sql, @Nullable ServerStatement statement)
      throws IOException {
    Session session = connection.session();
    if (statement == null) {
      session.query(sql);
    } else {
      Parameters parameters = new Parameters(statement.parameters().size());
      if (parameters.count() > 0) {
        parameters.setInt(0, Setting.FIRST_KEY);
      }
      session.execute(statement, parameters, /* cursor= */ false);
    }
    ByteBuffer outbound = session.outbound();
    byte[] bytes = new byte[outbound.remaining()];
    outbound.duplicate().get(bytes);
    connection.await(Event.DONE);
    return bytes;
  }

  /** Runs it once more, on the bare socket. */
  private static int replySize(RawConnection connection, byte[] bytes) throws IOException {
    connection.write(bytes, 0, bytes.length);
    byte[] reply = new byte[1 << 16];
    int end = 0;
    int packetAt = 0;
    int columns = -1;
    int packets = 0;
    while (true) {
      while (end - packetAt < 4 || end - packetAt < 4 + Packets.bodySize(reply, packetAt)) {
        if (end == reply.length) {
          reply = java.util.Arrays.copyOf(reply, end * 2);
        }
        end += connection.read(reply, end, reply.length - end);
      }
      int size = Packets.bodySize(reply, packetAt);
      int first = reply[packetAt + 4] & 0xFF;
      if (columns < 0) {
        columns = size == 1 || reply[packetAt + 5] != 0 ? first : 0;
      } else if (packets > columns && first == 0xFE && size < 0xFFFFFF) {
        return packetAt + 4 + size;
      }
      packets++;
      packetAt += 4 + size;
    }
  }

  public int replySize() {
    return replySize;
  }

  /** What is to be sent, with another key each time where it has one; valid until the next. */
  public byte[] next() {
    setKey(nextKey());
    return bytes;
  }

  /** Sends it, with another key each time where it has one. */
  void send(RawConnection connection) throws IOException {
    setKey(nextKey());
    connection.write(bytes, 0, bytes.length);
  }

  /** Sends it so many times in one write, each with a key of its own. */
  void sendTogether(RawConnection connection, int times) throws IOException {
    if (together.length != times * bytes.length) {
      together = new byte[times * bytes.length];
    }
    for (int i = 0; i < times; i++) {
      setKey(nextKey());
      System.arraycopy(bytes, 0, together, i * bytes.length, bytes.length);
    }
    connection.write(together, 0, together.length);
  }

  private int nextKey() {
    return keyAt == NO_KEY || keys == 1
        ? Setting.FIRST_KEY
        : Setting.FIRST_KEY + random.nextInt(keys);
  }

  private void setKey(int key) {
    if (keyAt == NO_KEY) {
      return;
    }
    if (keyIsText) {
      int left = key;
      for (int at = keyAt + 6; at >= keyAt; at--) {
        bytes[at] = (byte) ('0' + left % 10);
        left /= 10;
      }
    } else {
      for (int i = 0; i < 4; i++) {
        bytes[keyAt + i] = (byte) (key >>> (8 * i));
      }
    }
  }

  @Override
  public String toString() {
    return new String(bytes, ISO_8859_1) + " answered by " + replySize + " bytes";
  }
}
