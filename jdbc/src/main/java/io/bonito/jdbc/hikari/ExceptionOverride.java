package io.bonito.jdbc.hikari;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/**
 * Keeps connections that HikariCP would drop for errors after which they are as good as before.
 *
 * <pre>{@code
 * exceptionOverrideClassName=io.bonito.jdbc.hikari.ExceptionOverride
 * }</pre>
 *
 * <table>
 *   <caption>What is kept, if the server itself said it and no error in the chain tells of a lost
 *       connection</caption>
 *   <tr><th>error</th><th>why HikariCP would drop the connection</th></tr>
 *   <tr><td>code 1105, "unknown error", which TiDB, Vitess and PlanetScale give for ordinary
 *       refusals</td><td>it is another database's code for a lost connection</td></tr>
 *   <tr><td>SQLState 0A000, a statement or clause that the server does not support</td>
 *       <td>some drivers' word for a failed connection</td></tr>
 *   <tr><td>a statement that ran out of its time; this driver closes the connection itself where
 *       the statement could not be ended</td><td>HikariCP 5 drops it for the class of the
 *       exception</td></tr>
 * </table>
 */
public final class ExceptionOverride implements SQLExceptionOverride {
  private static final int UNKNOWN_ERROR = 1105;
  private static final String NOT_SUPPORTED = "0A000";
  private static final String CONNECTION_CLASS = "08";

  /** HikariCP looks no further along a chain than this. */
  private static final int LONGEST_CHAIN = 10;

  /** Found by its name. */
  public ExceptionOverride() {}

  @java.lang.Override
  public Override adjudicate(SQLException exception) {
    return isRefusal(exception) && !tellsOfALostConnection(exception)
        ? Override.DO_NOT_EVICT
        : Override.CONTINUE_EVICT;
  }

  /** Failures of the driver's own have no code. */
  private static boolean isRefusal(SQLException exception) {
    return exception.getErrorCode() == UNKNOWN_ERROR
        || (exception.getErrorCode() != 0
            && (NOT_SUPPORTED.equals(exception.getSQLState())
                || exception instanceof SQLTimeoutException));
  }

  private static boolean tellsOfALostConnection(SQLException exception) {
    SQLException next = exception;
    for (int i = 0; next != null && i < LONGEST_CHAIN; i++) {
      String state = next.getSQLState();
      if (state != null && state.startsWith(CONNECTION_CLASS)) {
        return true;
      }
      next = next.getNextException();
    }
    return false;
  }
}
