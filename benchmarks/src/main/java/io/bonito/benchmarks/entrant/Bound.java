package io.bonito.benchmarks.entrant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Load;
import io.bonito.benchmarks.contest.Setting;
import java.io.IOException;

/**
 * What plain Java can do at all: a decoder written by hand for exactly one result, typed by
 * position, that checks nothing.
 */
abstract class Bound extends Work {
  private final RawConnection connection;
  private final Command command;
  private final int repetitions;
  private final boolean pipelined;

  /** What has arrived. */
  final byte[] in = new byte[1 << 16];

  /** Where the next value begins. */
  int at;

  private int end;
  private int rowEnd;

  Bound(RawConnection connection, Command command, Load load) {
    this.connection = connection;
    this.command = command;
    this.repetitions = load.repetitions();
    this.pipelined = load == Load.PIPELINE;
  }

  static Work of(Setting setting) throws Exception {
    RawConnection connection = new RawConnection(setting);
    Command command = Command.prepare(connection, setting);
    boolean text = setting.format() == Format.TEXT;
    Load load = setting.load();
    return switch (load) {
      case POINT, ROWS, STREAM, TWENTY, PIPELINE ->
          text
              ? new BoundNames.Text(connection, command, load)
              : new BoundNames.Binary(connection, command, load);
      case SELECT1 ->
          text
              ? new BoundInts.Text(connection, command, 1)
              : new BoundInts.Binary(connection, command, 1);
      case HUNDRED ->
          text
              ? new BoundInts.Text(connection, command, Setting.WIDE_COLUMNS)
              : new BoundInts.Binary(connection, command, Setting.WIDE_COLUMNS);
      case MIXED ->
          text
              ? new BoundMixedText(connection, command)
              : new BoundMixedBinary(connection, command);
      case STRINGS ->
          text
              ? new BoundStrings.Text(connection, command)
              : new BoundStrings.Binary(connection, command);
      case WIDE ->
          text
              ? new BoundWide(connection, command, 0)
              : new BoundWide(connection, command, BoundWide.BINARY_HEAD);
      case TRANSACTION, BEGIN, UPDATE, PARAMETERS, PROCEDURE, BATCH, CONNECT, OWN ->
          throw new IllegalArgumentException(load + " has no bound");
    };
  }

  @Override
  final long run() throws IOException {
    long sum = 0;
    if (pipelined) {
      command.sendTogether(connection, repetitions);
    }
    for (int i = 0; i < repetitions; i++) {
      if (!pipelined) {
        command.send(connection);
      }
      skipHead();
      while (nextRow()) {
        sum += row();
      }
    }
    return sum;
  }

  /** Decodes the row at {@link #at}. */
  abstract long row();

  private void skipHead() throws IOException {
    int size = nextPacket();
    int definitions = size == 1 || in[at + 1] != 0 ? in[at] & 0xFF : 0;
    while (definitions-- > 0) {
      nextPacket();
    }
  }

  private boolean nextRow() throws IOException {
    nextPacket();
    return in[at] != (byte) 0xFE;
  }

  private int nextPacket() throws IOException {
    at = rowEnd;
    require(4);
    int size = Packets.bodySize(in, at);
    require(4 + size);
    at += 4;
    rowEnd = at + size;
    return size;
  }

  private void require(int count) throws IOException {
    if (at == end) {
      at = 0;
      end = 0;
    }
    while (end - at < count) {
      if (in.length - at < count || end == in.length) {
        System.arraycopy(in, at, in, 0, end - at);
        end -= at;
        at = 0;
      }
      end += connection.read(in, end, in.length - end);
    }
  }

  // ---- values

  /** Text, or bytes that are text, behind a length of one byte. */
  final String string() {
    int length = in[at] & 0xFF;
    String value = new String(in, at + 1, length, UTF_8);
    at += 1 + length;
    return value;
  }

  /** A number as text, behind a length of one byte. */
  final long number() {
    int length = in[at];
    long value = Packets.number(in, at + 1, length);
    at += 1 + length;
    return value;
  }

  final byte[] bytes() {
    int length = in[at] & 0xFF;
    byte[] value = java.util.Arrays.copyOfRange(in, at + 1, at + 1 + length);
    at += 1 + length;
    return value;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
