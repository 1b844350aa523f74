package io.bonito.benchmarks.entrant;

/** Rows of a number and a name. */
final class BoundNames {
  private BoundNames() {}

  static final class Text extends Bound {
    Text(RawConnection connection, Command command, int repetitions) {
      super(connection, command, repetitions);
    }

    @Override
    long row() {
      return number() + string().length();
    }
  }

  static final class Binary extends Bound {
    Binary(RawConnection connection, Command command, int repetitions) {
      super(connection, command, repetitions);
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
