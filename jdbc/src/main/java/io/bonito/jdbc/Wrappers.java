package io.bonito.jdbc;

import java.sql.SQLException;

/** How {@code unwrap} is done: nothing here is wrapped, so an object is what it is. */
final class Wrappers {
  private Wrappers() {}

  static <T> T unwrap(Object object, Class<T> type) throws SQLException {
    if (type.isInstance(object)) {
      return type.cast(object);
    }
    throw SqlExceptions.misuse("this is no " + type.getName());
  }
}
