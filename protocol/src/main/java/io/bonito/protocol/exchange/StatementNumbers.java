package io.bonito.protocol.exchange;

/**
 * Which number the server will give to the next statement that is prepared.
 *
 * <p>Both servers count a session's statements by ones, failed ones included, so that the next
 * number is known once one was told. But those of SQL's own PREPARE have numbers too, and can be
 * executed by it. So nothing is foretold behind a command that could have prepared something, be it
 * in a procedure, until a number is told again: what is foretold is above every number that the
 * session has.
 *
 * <p>MariaDB has a word for "the one prepared last" besides. Where it has no room for one more
 * statement (1461), that is still the one before; so the word is used for a session's first one
 * only, which has none before it.
 *
 * <p>The servers also take a number when they prepare a statement anew by themselves, as where a
 * value is not of the type that was expected; nobody can execute by that one. So a number that is
 * not the foretold one is usual, and what comes after is told from it. Only where one is wrong
 * after the other, somebody else gives the numbers, as a proxy, and nothing is foretold any more.
 */
final class StatementNumbers {
  /** Nothing is known of the number. */
  static final int UNKNOWN = 0;

  /** On MariaDB, where there is no other. */
  static final int LAST_PREPARED = -1;

  private static final int MOST_WRONG = 8;

  private int next = UNKNOWN;

  /** Whether the session has had a statement of ours. */
  private boolean anyTold;

  /** PREPAREs that were sent and not answered. */
  private int unanswered;

  /** Changes when the server may have given numbers that we do not hear of. */
  private int age;

  /** In a row. */
  private int wrong;

  /** What a PREPARE was sent with. */
  record Foretold(int number, int age) {}

  /** True where the next statement can be executed before its number is told. */
  boolean isForetold(boolean mariaDb) {
    return isKnown() || (mariaDb && isFirst());
  }

  private boolean isKnown() {
    return next != UNKNOWN && wrong < MOST_WRONG;
  }

  private boolean isFirst() {
    return !anyTold && unanswered == 0;
  }

  Foretold sent(boolean mariaDb) {
    int number = isKnown() ? next++ : mariaDb && isFirst() ? LAST_PREPARED : UNKNOWN;
    unanswered++;
    return new Foretold(number, age);
  }

  void refused() {
    unanswered--;
  }

  void told(Foretold foretold, int number) {
    unanswered--;
    anyTold = true;
    if (foretold.number() == number) {
      wrong = 0;
    } else if (foretold.age() == age) {
      if (foretold.number() > UNKNOWN) {
        // Those that were sent since are wrong for the same reason.
        wrong++;
        age++;
      }
      next = number + 1 + unanswered;
    }
  }

  /** Hears what is executed, as text or prepared. */
  void executing(String sql, boolean multiple) {
    // Nothing is lost where nothing is known, nor about to be.
    if ((next != UNKNOWN || unanswered > 0) && mayPrepare(sql, multiple)) {
      lost();
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
  private static boolean mayPrepare(String sql, boolean multiple) {
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
