package io.bonito.pool.bonito;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bonito.jdbc.Leasable;
import io.bonito.pool.jdbc.Farewell;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Bonito's driver, where it is there. */
public final class OwnDriver {
  /** A server that has not hung up by then is not going to because of the goodbye. */
  private static final Duration MOST = Duration.ofSeconds(1);

  /**
   * When a server hangs up, the account has room again. The server itself counts the connection
   * until its thread has been put away, which is a moment later.
   */
  private static final long PUT_AWAY = MILLISECONDS.toNanos(5);

  private OwnDriver() {}

  /** Waits for the server where the connection can; whatever the driver, it is closed. */
  public static Farewell farewell() {
    return isThere() ? OwnDriver::close : Farewell.PLAIN;
  }

  private static boolean isThere() {
    try {
      return Leasable.class.isInterface();
    } catch (NoClassDefFoundError e) {
      return false;
    }
  }

  private static long close(Connection connection) {
    try {
      if (connection.isWrapperFor(Leasable.class)) {
        connection.unwrap(Leasable.class).closeAndAwaitServer(MOST);
        return PUT_AWAY;
      }
    } catch (SQLException | RuntimeException e) {
      // A connection that cannot say what it is can still be closed.
    }
    return Farewell.PLAIN.close(connection);
  }
}
