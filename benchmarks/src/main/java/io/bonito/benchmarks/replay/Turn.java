package io.bonito.benchmarks.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a client said, and all that the server answered to it.
 *
 * @param asked empty in the first turn, as the server greets unasked
 */
record Turn(byte[] asked, byte[] answered) {
  private static final int HEADER_SIZE = 4;

  /** An OK's header, two counts below 251, the status, the number of warnings. */
  private static final int SHORTEST_OK = 7;

  private static final int OK = 0;
  private static final int MORE_RESULTS_FOLLOW = 0x08;
  private static final int COM_STMT_PREPARE = 0x16;

  /** Whether the answer is an OK, as that to the last turn of a login. */
  boolean isOk() {
    return answered.length > HEADER_SIZE && answered[HEADER_SIZE] == OK;
  }

  /**
   * The same as turns of a command each, as far as their answers can be told apart at a glance.
   *
   * <p>What a client writes ahead of a command depends on the moment: SET of its session goes with
   * whichever command is the connection's first. So a command is to be known with and without it.
   */
  List<Turn> parts() {
    List<Turn> parts = new ArrayList<>();
    int asked = 0;
    int answered = 0;
    while (hasPlainOk(asked, answered)) {
      int nextAsked = end(this.asked, asked);
      int nextAnswered = end(this.answered, answered);
      parts.add(
          new Turn(
              Arrays.copyOfRange(this.asked, asked, nextAsked),
              Arrays.copyOfRange(this.answered, answered, nextAnswered)));
      asked = nextAsked;
      answered = nextAnswered;
    }
    parts.add(
        new Turn(
            Arrays.copyOfRange(this.asked, asked, this.asked.length),
            Arrays.copyOfRange(this.answered, answered, this.answered.length)));
    return parts;
  }

  /** Whether the command is not the last and all of its answer is an OK that changed no rows. */
  private boolean hasPlainOk(int asked, int answered) {
    return this.asked.length > asked + HEADER_SIZE
        && end(this.asked, asked) < this.asked.length
        && this.asked[asked + HEADER_SIZE] != COM_STMT_PREPARE
        && this.answered.length >= answered + HEADER_SIZE + SHORTEST_OK
        && this.answered[answered + HEADER_SIZE] == OK
        && this.answered[answered + HEADER_SIZE + 1] == 0
        && this.answered[answered + HEADER_SIZE + 2] == 0
        && (this.answered[answered + HEADER_SIZE + 3] & MORE_RESULTS_FOLLOW) == 0;
  }

  /** Where the packet ends that begins there. */
  static int end(byte[] bytes, int at) {
    return at
        + HEADER_SIZE
        + ((bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16);
  }
}
