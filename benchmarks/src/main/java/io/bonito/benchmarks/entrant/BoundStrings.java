package io.bonito.benchmarks.entrant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bonito.benchmarks.contest.Load;

/** Rows of twelve types, of which ten are read as strings. */
final class BoundStrings {
  private BoundStrings() {}

  static final class Text extends Bound {
    Text(RawConnection connection, Command command) {
      super(connection, command, Load.STRINGS);
    }

    @Override
    long row() {
      long sum = number();
      for (int column = 1; column < 11; column++) {
        sum += string().length();
      }
      return sum + bytes().length;
    }
  }

  /** Laid out as {@link BoundMixedBinary} shows it. */
  static final class Binary extends Bound {
    private final byte[] text = new byte[32];

    Binary(RawConnection connection, Command command) {
      super(connection, command, Load.STRINGS);
    }

    @Override
    long row() {
      at += 3;
      long sum = Packets.int32(in, at);
      sum += Long.toString(Packets.int64(in, at + 4)).length();
      sum += Integer.toString((short) Packets.uint16(in, at + 12)).length();
      sum += Integer.toString(in[at + 14]).length();
      sum += real(Double.longBitsToDouble(Packets.int64(in, at + 15))).length();
      at += 23;
      sum += string().length();
      date(at + 1, 0);
      sum += new String(text, 0, 10, ISO_8859_1).length();
      at += 5;
      date(at + 1, 0);
      text[10] = ' ';
      time(at + 5, 11);
      sum += new String(text, 0, 19, ISO_8859_1).length();
      at += 8;
      time(at + 6, 0);
      sum += new String(text, 0, 8, ISO_8859_1).length();
      at += 9;
      return sum + string().length() + string().length() + bytes().length;
    }

    /** As the server writes it: without a point where it has no fraction. */
    private static String real(double value) {
      return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }

    private void date(int from, int to) {
      int year = Packets.uint16(in, from);
      two(year / 100, to);
      two(year % 100, to + 2);
      text[to + 4] = '-';
      two(in[from + 2], to + 5);
      text[to + 7] = '-';
      two(in[from + 3], to + 8);
    }

    private void time(int from, int to) {
      two(in[from], to);
      text[to + 2] = ':';
      two(in[from + 1], to + 3);
      text[to + 5] = ':';
      two(in[from + 2], to + 6);
    }

    private void two(int number, int to) {
      text[to] = (byte) ('0' + number / 10);
      text[to + 1] = (byte) ('0' + number % 10);
    }
  }
}
