package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Load;

/** Rows of numbers. */
final class BoundInts {
  private BoundInts() {}

  static final class Text extends Bound {
    private final int columns;

    Text(RawConnection connection, Command command, int columns) {
      super(connection, command, Load.HUNDRED);
      this.columns = columns;
    }

    @Override
    long row() {
      long sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += number();
      }
      return sum;
    }
  }

  static final class Binary extends Bound {
    private final int columns;

    Binary(RawConnection connection, Command command, int columns) {
      super(connection, command, Load.HUNDRED);
      this.columns = columns;
    }

    /**
     * {@code 0 NULL bits numbers(4)…}; a single number may have 8 bytes, of which the others are 0.
     */
    @Override
    long row() {
      long sum = 0;
      at += 1 + (columns + 2 + 7) / 8;
      for (int column = 0; column < columns; column++) {
        sum += Packets.int32(in, at);
        at += 4;
      }
      return sum;
    }
  }
}
