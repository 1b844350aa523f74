package io.bonito.conformance.jdbc;

import io.bonito.testkit.server.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tests of the JDBC driver have in common. */
final class Jdbc {
  private Jdbc() {}

  static String url(Server server, String schema, String... options) {
    String query = options.length == 0 ? "" : "?" + String.join("&", options);
    return "jdbc:bonito://" + server.host() + ":" + server.port() + "/" + schema + query;
  }

  static Connection connect(Server server, String schema, String... options) throws SQLException {
    return DriverManager.getConnection(
        url(server, schema, options), server.user(), server.password());
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of all rows, as text. */
  static List<@Nullable String> column(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<@Nullable String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  static @Nullable String value(Connection connection, String sql) throws SQLException {
    return column(connection, sql).get(0);
  }
}
