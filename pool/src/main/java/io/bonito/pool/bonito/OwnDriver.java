package io.bonito.pool.bonito;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bonito.jdbc.BonitoConnection;
import io.bonito.jdbc.ConnectionHandle;
import io.bonito.jdbc.Leasable;
import io.bonito.pool.jdbc.Connector;
import io.bonito.pool.jdbc.Farewell;
import io.bonito.pool.jdbc.Footing;
import io.bonito.pool.jdbc.Lender;
import io.bonito.pool.jdbc.Physical;
import io.bonito.pool.jdbc.Preparation;
import io.bonito.pool.jdbc.Sharing;
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

  /** What a pool opens it has a permit for, and it is not counted twice. */
  public static Connector counted(Connector connector) {
    return isThere() ? () -> BudgetAdmission.ofPool(connector::connect) : connector;
  }

  /**
   * Lends this driver's connections by handles of its own, and all others behind delegates.
   *
   * @param pings whether one that has rested is asked for an answer, and not only looked at
   */
  public static Footing footing(boolean pings) {
    return isThere() ? (connection, lender) -> keep(connection, lender, pings) : Footing.WRAPPED;
  }

  /** What somebody has wrapped is to stay so: whoever did it wants to see the calls. */
  private static Physical keep(Connection connection, Lender lender, boolean pings)
      throws SQLException {
    return connection instanceof BonitoConnection && !(connection instanceof ConnectionHandle)
        ? new OwnPhysical(connection, lender, connection.unwrap(Leasable.class), pings)
        : Footing.WRAPPED.keep(connection, lender);
  }

  /**
   * Has single statements share connections.
   *
   * @param connections how many; above 0
   * @param connector opens them
   * @param lender lends what is not shared
   * @throws IllegalArgumentException where this driver is not there
   */
  public static Sharing sharing(
      int connections, Connector connector, Preparation preparation, Connector lender) {
    if (!isThere()) {
      throw new IllegalArgumentException(
          "multiplexing is done by Bonito's own driver, which is not there");
    }
    return Multiplexing.over(connections, connector, preparation, lender);
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
