package io.bonito.r2dbc;

/** How many elements a subscriber wants. */
final class Demand {
  private Demand() {}

  /** The sum, where {@link Long#MAX_VALUE} means without end. */
  static long plus(long demand, long more) {
    return demand + more < 0 ? Long.MAX_VALUE : demand + more;
  }

  static long less(long demand) {
    return demand == Long.MAX_VALUE ? demand : demand - 1;
  }

  /** By rule 3.9 of Reactive Streams. */
  static IllegalArgumentException refused(long count) {
    return new IllegalArgumentException(
        count + " elements requested; by rule 3.9 of Reactive Streams it must be more than 0");
  }
}
