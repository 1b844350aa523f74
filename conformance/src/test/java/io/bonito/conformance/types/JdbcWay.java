package io.bonito.conformance.types;

import io.bonito.protocol.value.WireFormat;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JDBC driver. */
final class JdbcWay implements Way {
  private final Connection connection;
  private final WireFormat format;

  /**
   * @param url with an option at least
   */
  JdbcWay(String url, String user, String password, WireFormat format) throws SQLException {
    String literals = format == WireFormat.TEXT ? "&useServerPrepStmts=false" : "";
    this.connection = DriverManager.getConnection(url + literals, user, password);
    this.format = format;
  }

  @Override
  public WireFormat format() {
    return format;
  }

  @Override
  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void run(String sql, @Nullable Object value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, value);
      statement.executeUpdate();
    }
  }

  @Override
  public List<Reading> read(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql + " AND 1 = ?")) {
      statement.setInt(1, 1);
      List<Reading> readings = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          readings.add(
              new Reading(
                  rows.getInt(1),
                  rows.getBytes(2) == null ? Map.of() : Getter.all(rows, 2),
                  null,
                  rows.getString(3),
                  rows.getString(4)));
        }
      }
      return readings;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  @Override
  public String toString() {
    return "JdbcWay in " + format;
  }
}
