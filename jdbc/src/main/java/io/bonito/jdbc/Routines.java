package io.bonito.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of routines that were called by their names, each routine asked for once.
 *
 * <p>A routine whose parameters change has to be called over a new connection, or by numbers.
 */
final class Routines {
  /**
   * @param mode IN, OUT or INOUT
   */
  record Parameter(String name, String mode) {
    boolean comesOut() {
      return !mode.equals("IN");
    }
  }

  private final Map<CallShape, List<Parameter>> known = new HashMap<>();

  /**
   * The parameters in their order.
   *
   * @throws SQLException where the server does not show them to this account
   */
  List<Parameter> parameters(JdbcConnection connection, CallShape call) throws SQLException {
    String schema = call.schema().isEmpty() ? connection.link().state().schema() : call.schema();
    CallShape key = new CallShape(call.function(), schema, call.routine(), List.of());
    List<Parameter> found = known.get(key);
    if (found == null) {
      found = ask(connection, key);
      known.put(key, found);
    }
    return found;
  }

  private List<Parameter> ask(JdbcConnection connection, CallShape call) throws SQLException {
    List<Parameter> parameters = new ArrayList<>();
    String type = call.function() ? "FUNCTION" : "PROCEDURE";
    try (PreparedStatement statement =
        connection.prepare(
            "SELECT PARAMETER_NAME, PARAMETER_MODE FROM information_schema.PARAMETERS"
                + " WHERE SPECIFIC_SCHEMA = ? AND SPECIFIC_NAME = ? AND ROUTINE_TYPE = ?"
                + " AND ORDINAL_POSITION > 0 ORDER BY ORDINAL_POSITION")) {
      statement.setString(1, call.schema());
      statement.setString(2, call.routine());
      statement.setString(3, type);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String mode = rows.getString(2);
          parameters.add(new Parameter(rows.getString(1), mode == null ? "IN" : mode));
        }
      }
    }
    if (parameters.isEmpty()) {
      throw SqlExceptions.general(
          "the server shows this account no parameters of "
              + type.toLowerCase(java.util.Locale.ROOT)
              + " "
              + call.schema()
              + "."
              + call.routine()
              + ": use their numbers, or grant "
              + (connection.link().state().server().mariaDb()
                  ? "SELECT on mysql.proc"
                  : "SHOW_ROUTINE, or EXECUTE on the routine"));
    }
    return parameters;
  }
}
