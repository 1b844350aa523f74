package io.bonito.benchmarks.replay;

/**
 * What a client said, and all that the server answered to it.
 *
 * @param asked empty in the first turn, as the server greets unasked
 */
record Turn(byte[] asked, byte[] answered) {
  private static final int HEADER_SIZE = 4;

  /** Whether the answer is an OK, as that to the last turn of a login. */
  boolean isOk() {
    return answered.length > HEADER_SIZE && answered[HEADER_SIZE] == 0;
  }
}
