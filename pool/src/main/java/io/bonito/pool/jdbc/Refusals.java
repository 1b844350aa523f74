package io.bonito.pool.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Wrapper;

/** What is said to those who use what is over, or ask for what is not there. */
final class Refusals {
  private Refusals() {}

  static SQLException closed(String what) {
    return new SQLNonTransientConnectionException(
        "this " + what + " is closed: it has gone back to its pool", "08003");
  }

  /** The handle itself, else the driver's object, else what that wraps. */
  static <T> T unwrap(Object handle, Wrapper delegate, Class<T> type) throws SQLException {
    if (type.isInstance(handle)) {
      return type.cast(handle);
    }
    return type.isInstance(delegate) ? type.cast(delegate) : delegate.unwrap(type);
  }
}
