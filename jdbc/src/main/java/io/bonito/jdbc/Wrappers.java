package io.bonito.jdbc;

import java.sql.SQLException;

/** How {@code unwrap} is done: nothing here is wrapped, so an object is what it is. */
final class Wrappers {
  private Wrappers() {}

  static <T> T unwrap(Object object, Class<T> type) throws SQLException {
    if (type.isInstance(object)) {
      return type.cast(object);
    }
    throw SqlExceptions.misuse("this is no " + type.getName() + own(object));
  }

  /** For those who come from a rival and want what only its classes have. */
  private static String own(Object object) {
    Class<?> own =
        object instanceof BonitoConnection
            ? BonitoConnection.class
            : object instanceof BonitoStatement ? BonitoStatement.class : null;
    return own == null ? "" : "; it is an " + own.getName();
  }
}
