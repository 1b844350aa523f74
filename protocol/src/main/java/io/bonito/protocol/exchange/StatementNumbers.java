package io.bonito.protocol.exchange;

/**
 * Which number the server will give to the next statement that is prepared.
 *
 * <p>MariaDB has a word for "the one prepared last". MySQL counts a session's statements by ones,
 * failed ones included, so that the next number is known once one was told. But those of SQL's own
 * PREPARE have numbers too, and MySQL lets them be executed by it. So nothing is foretold behind a
 * command that could have prepared something, be it in a procedure, until a number is told again:
 * what is foretold is above every number that the session has.
 *
 * <p>MySQL also takes a number when it prepares a statement anew by itself, as where a value is not
 * of the type that it expected; nobody can execute by that one. So a number that is not the
 * foretold one is usual, and what comes after is told from it. Only where one is wrong after the
 * other, somebody else gives the numbers, as a proxy, and nothing is foretold any more.
 */
final class StatementNumbers {
  /** Nothing is known of the number. */
  static final int UNKNOWN = 0;

  /** On MariaDB. */
  static final int LAST_PREPARED = -1;

  private static final int MOST_WRONG = 8;

  private int next = UNKNOWN;

  /** PREPAREs that were sent and not answered. */
  private int unanswered;

  /** Changes when the server may have given numbers that we do not hear of. */
  private int age;

  /** In a row. */
  private int wrong;

  /** What a PREPARE was sent with. */
  record Foretold(int number, int age) {}

  /** True where a statement can be executed before its number was told. */
  boolean isKnown() {
    return next != UNKNOWN && wrong < MOST_WRONG;
  }

  Foretold sent(boolean mariaDb) {
    unanswered++;
    if (mariaDb) {
      return new Foretold(LAST_PREPARED, age);
    }
    return new Foretold(isKnown() ? next++ : UNKNOWN, age);
  }

  void refused() {
    unanswered--;
  }

  void told(Foretold foretold, int number) {
    unanswered--;
    if (foretold.number() == LAST_PREPARED) {
      return;
    }
    if (foretold.number() == number) {
      wrong = 0;
    } else if (foretold.age() == age) {
      if (foretold.number() != UNKNOWN) {
        // Those that were sent since are wrong for the same reason.
        wrong++;
        age++;
      }
      next = number + 1 + unanswered;
    }
  }

  /** Hears of a command whose effect on the numbers nobody tells. */
  void lost() {
    next = UNKNOWN;
    age++;
  }

  /**
   * Whether SQL could prepare something by itself. It may say so of SQL that does not.
   *
   * @param multiple whether other statements may follow behind a semicolon
   */
  static boolean mayPrepare(String sql, boolean multiple) {
    int start = 0;
    while (start < sql.length() && sql.charAt(start) <= ' ') {
      start++;
    }
    if (multiple && sql.indexOf(';', start) >= 0) {
      return true;
    }
    int end = start;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    // Whatever begins with a comment begins with no word.
    return start == end
        || isWord(sql, start, end, "CALL")
        || isWord(sql, start, end, "PREPARE")
        || isWord(sql, start, end, "EXECUTE");
  }

  private static boolean isWord(String sql, int start, int end, String word) {
    return end - start == word.length()
        && sql.regionMatches(/* ignoreCase= */ true, start, word, 0, word.length());
  }
}
