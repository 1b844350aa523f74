package com.mysql.cj.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Whether what this stands in for is there too. */
final class RealDriver {
  /** A class of theirs that has no namesake here; it is not loaded. */
  private static final String ITS_CLASS = "com/mysql/cj/CharsetMapping.class";

  private static final String CONFIGURATION = "F0000";

  private RealDriver() {}

  /** Says what to do where it is. */
  static void requireAbsent() throws SQLException {
    if (isVisible(RealDriver.class.getClassLoader())
        || isVisible(Thread.currentThread().getContextClassLoader())) {
      throw new SQLException(
          "bonito-mysql-standin stands in for mysql-connector-j, and both are on the class path:"
              + " remove one of them",
          CONFIGURATION);
    }
  }

  private static boolean isVisible(@Nullable ClassLoader loader) {
    return loader != null && loader.getResource(ITS_CLASS) != null;
  }
}
