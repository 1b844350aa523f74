package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Setting;

/** Rows of a hundred numbers. */
final class BoundInts {
  private BoundInts() {}

  static final class Text extends Bound {
    Text(RawConnection connection, Command command) {
      super(connection, command, 1);
    }

    @Override
    long row() {
      long sum = 0;
      for (int column = 0; column < Setting.WIDE_COLUMNS; column++) {
        sum += number();
      }
      return sum;
    }
  }

  static final class Binary extends Bound {
    Binary(RawConnection connection, Command command) {
      super(connection, command, 1);
    }

    /** {@code 0 NULL bits(13) numbers(4)…}. */
    @Override
    long row() {
      long sum = 0;
      at += 1 + (Setting.WIDE_COLUMNS + 2 + 7) / 8;
      for (int column = 0; column < Setting.WIDE_COLUMNS; column++) {
        sum += Packets.int32(in, at);
        at += 4;
      }
      return sum;
    }
  }
}
