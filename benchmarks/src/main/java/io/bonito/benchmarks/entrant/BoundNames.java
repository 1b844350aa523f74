package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Load;

/** Rows of a number and a name. */
final class BoundNames {
  private BoundNames() {}

  static final class Text extends Bound {
    Text(RawConnection connection, Command command, Load load) {
      super(connection, command, load);
    }

    @Override
    long row() {
      return number() + string().length();
    }
  }

  static final class Binary extends Bound {
    Binary(RawConnection connection, Command command, Load load) {
      super(connection, command, load);
    }

    /** {@code 0 NULL bits(1) id(4) name}. */
    @Override
    long row() {
      int id = Packets.int32(in, at + 2);
      at += 6;
      return (long) id + string().length();
    }
  }
}
