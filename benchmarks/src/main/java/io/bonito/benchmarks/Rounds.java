package io.bonito.benchmarks;

/**
 * Lets several work in turn.
 *
 * <pre>
 *   round 1   floor │ bound │ Bonito │ MariaDB │ …
 *   round 2           bound │ Bonito │ MariaDB │ … │ floor
 *   …
 * </pre>
 *
 * <p>A machine that slows down does so for all of a round, so figures are compared round by round.
 *
 * @param warmUps rounds before those that count
 */
public record Rounds(int warmUps, int rounds) {
  private static final int FEWEST = 5;

  /** What one of them does in one round. */
  public interface Turn {
    /**
     * @param who index among those that take turns
     * @param counts whether the warm-up is over
     */
    void take(int who, boolean counts) throws Exception;
  }

  /** So many that each has so many seconds, and half as many before to warm up. */
  public static Rounds of(double seconds, long windowNanos) {
    return new Rounds(
        (int) Math.ceil(seconds * 1e9 / 2 / windowNanos),
        Math.max(FEWEST, (int) Math.ceil(seconds * 1e9 / windowNanos)));
  }

  public Rounds withoutWarmUp() {
    return new Rounds(0, rounds);
  }

  public void run(int count, Turn turn) throws Exception {
    for (int round = -warmUps; round < rounds; round++) {
      for (int i = 0; i < count; i++) {
        turn.take(Math.floorMod(i + round, count), round >= 0);
      }
    }
  }
}
