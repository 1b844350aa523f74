package io.bonito.pool.jdbc;

import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What all pools of the process may open together, beside what the server takes from everybody:
 * said once for each pool, where no budget keeps them below it.
 */
final class ServerRoom {
  private static final System.Logger LOGGER = System.getLogger("io.bonito.pool");

  private ServerRoom() {}

  /**
   * @param pool whose first connection it is
   * @throws SQLException where the connection is lost
   */
  static void tell(Connection connection, String pool, Budget budget) throws SQLException {
    if (budget.limit() != Settings.UNLIMITED
        || !LOGGER.isLoggable(System.Logger.Level.INFO)
        || !Rest.saysIt(connection)) {
      return;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT @@GLOBAL.max_connections")) {
      if (rows.next()) {
        LOGGER.log(System.Logger.Level.INFO, text(pool, budget.wanted(), rows.getLong(1)));
      }
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state != null && state.startsWith("08")) {
        throw e;
      }
      // Who may not know does not hear of it.
    }
  }

  static String text(String pool, int wanted, long taken) {
    return "%s: the pools of this process may open %s connections together; the server takes %d from all (max_connections)%s"
        .formatted(
            pool,
            wanted == Settings.UNLIMITED ? "any number of" : String.valueOf(wanted),
            taken,
            wanted > taken ? "; bonito.budget.connections keeps the process below that" : "");
  }
}
