package io.bonito.pool.jdbc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.sql.Connection;
import java.sql.SQLException;

/** How a driver's connection is closed, and when the server has noticed. */
@FunctionalInterface
public interface Farewell {
  /**
   * Most drivers return from {@code close()} when the goodbye is written. A server counts the
   * connection until it has read that, which takes it a millisecond, or some under load.
   */
  long USUALLY_COUNTED = MILLISECONDS.toNanos(10);

  /**
   * Closes it; never throws.
   *
   * @return for how many nanoseconds from now the server may still count it
   */
  long close(Connection connection);

  /** By {@code close()}, which tells nothing of the server. */
  Farewell PLAIN =
      connection -> {
        try {
          connection.close();
        } catch (SQLException | RuntimeException e) {
          System.getLogger("io.bonito.pool")
              .log(System.Logger.Level.DEBUG, "a connection failed to close", e);
        }
        return USUALLY_COUNTED;
      };
}
