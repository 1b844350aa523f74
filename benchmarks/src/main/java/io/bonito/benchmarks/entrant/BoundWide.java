package io.bonito.benchmarks.entrant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bonito.benchmarks.contest.Load;
import java.util.Arrays;

/**
 * Rows of a long text and a long blob.
 *
 * <pre>
 *   0 NULL bits(1)                    in binary only
 *   0xFC length(2) note
 *   0xFC length(2) data
 * </pre>
 */
final class BoundWide extends Bound {
  static final int BINARY_HEAD = 2;

  private static final int LENGTH_SIZE = 3;

  private final int head;

  /**
   * @param head bytes before the values
   */
  BoundWide(RawConnection connection, Command command, int head) {
    super(connection, command, Load.WIDE);
    this.head = head;
  }

  @Override
  long row() {
    at += head;
    int length = length();
    String note = new String(in, at, length, UTF_8);
    at += length;
    length = length();
    byte[] data = Arrays.copyOfRange(in, at, at + length);
    at += length;
    return (long) note.length() + data.length;
  }

  private int length() {
    int length = Packets.uint16(in, at + 1);
    at += LENGTH_SIZE;
    return length;
  }
}
