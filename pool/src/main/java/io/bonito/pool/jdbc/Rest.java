package io.bonito.pool.jdbc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How long a server lets a connection rest. MySQL and MariaDB say it ({@code wait_timeout}); of
 * others nothing is known, and they get what pools for MySQL have always been given for want of
 * knowledge.
 */
public final class Rest {
  public static final long UNKNOWN = SECONDS.toNanos(119);

  /** By so much may what is measured as rest be too short, and a close too late. */
  private static final long MARGIN = MILLISECONDS.toNanos(500);

  private static final long LEAST = MILLISECONDS.toNanos(250);

  private Rest() {}

  /** Below {@code wait_timeout} by a quarter, or by a minute where a quarter is more. */
  static long of(Connection connection) throws SQLException {
    try {
      return saysIt(connection) ? asked(connection) : UNKNOWN;
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state != null && state.startsWith("08")) {
        throw e;
      }
      return UNKNOWN; // a proxy that knows no such variable, and a connection that is well
    }
  }

  /** Whether the server is one that has such variables. */
  static boolean saysIt(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return "MySQL".equals(product) || "MariaDB".equals(product);
  }

  private static long asked(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT @@session.wait_timeout")) {
      if (!rows.next()) {
        return UNKNOWN;
      }
      return below(rows.getLong(1));
    }
  }

  /**
   * How long one may rest, in nanoseconds.
   *
   * @param waitTimeoutSeconds what the server allows
   */
  public static long below(long waitTimeoutSeconds) {
    long allowed = SECONDS.toNanos(waitTimeoutSeconds);
    long less = Math.min(allowed / 4, SECONDS.toNanos(60)) + MARGIN;
    return Math.max(LEAST, allowed - less);
  }
}
