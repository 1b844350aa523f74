package io.bonito.r2dbc;

import io.r2dbc.spi.IsolationLevel;
import java.util.Locale;

/** The servers' four isolation levels. */
final class Isolation {
  /** Asks in words that all versions of both servers understand. */
  static final String QUESTION =
      "SHOW VARIABLES WHERE Variable_name IN ('transaction_isolation','tx_isolation')";

  private Isolation() {}

  /** {@code REPEATABLE-READ}, as variables have it. */
  static IsolationLevel of(String variable) {
    return IsolationLevel.valueOf(variable.replace('-', ' ').toUpperCase(Locale.ROOT));
  }

  /**
   * As statements have it.
   *
   * @throws IllegalArgumentException for a level that the servers do not have
   */
  static String sql(IsolationLevel level) {
    if (level == IsolationLevel.READ_COMMITTED
        || level == IsolationLevel.READ_UNCOMMITTED
        || level == IsolationLevel.REPEATABLE_READ
        || level == IsolationLevel.SERIALIZABLE) {
      return level.asSql();
    }
    throw new IllegalArgumentException("no isolation level " + level);
  }
}
