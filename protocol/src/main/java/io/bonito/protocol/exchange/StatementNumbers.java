package io.bonito.protocol.exchange;

import java.util.Locale;

/**
 * Which number the server will give to the next statement that is prepared.
 *
 * <p>MariaDB has a word for "the one prepared last". MySQL counts a session's statements by ones,
 * failed ones included, so that the next number is known once one was told. But those of SQL's own
 * PREPARE have numbers too, and MySQL lets them be executed by it. So nothing is foretold behind a
 * command that could have prepared something, be it in a procedure, until a number is told again:
 * what is foretold is above every number that the session has.
 */
final class StatementNumbers {
  /** Nothing is known of the number. */
  static final int UNKNOWN = 0;

  /** On MariaDB. */
  static final int LAST_PREPARED = -1;

  private int next = UNKNOWN;

  /** PREPAREs that were sent and not answered. */
  private int unanswered;

  /** Changes when the server may have given numbers that we do not hear of. */
  private int age;

  private boolean wrong;

  /** What a PREPARE was sent with. */
  record Foretold(int number, int age) {}

  /** True where a statement can be executed before its number was told. */
  boolean isKnown() {
    return next != UNKNOWN && !wrong;
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
    if (foretold.number() > 0) {
      wrong |= foretold.number() != number;
    } else if (foretold.number() == UNKNOWN && foretold.age() == age) {
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
    return switch (sql.substring(start, end).toUpperCase(Locale.ROOT)) {
      // Whatever begins with a comment begins with no word.
      case "", "CALL", "PREPARE", "EXECUTE" -> true;
      default -> false;
    };
  }
}
