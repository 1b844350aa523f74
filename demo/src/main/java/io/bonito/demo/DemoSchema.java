package io.bonito.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A schema of the demo's own with a table of rows to read; dropped at the end. */
final class DemoSchema implements AutoCloseable {
  private static final int ROWS_A_STATEMENT = 10_000;
  private static final int BAR_WIDTH = 40;

  private final Contender owner;
  private final String name;
  private final int rows;
  private final String serverVersion;
  private final Thread dropAtInterrupt;

  private DemoSchema(Contender owner, String name, int rows, String serverVersion) {
    this.owner = owner;
    this.name = name;
    this.rows = rows;
    this.serverVersion = serverVersion;
    this.dropAtInterrupt = new Thread(this::dropQuietly, "drop " + name);
  }

  /** Makes the schema and fills it, with a progress bar. A schema that exists is never touched. */
  static DemoSchema create(Contender owner, int rows) throws SQLException {
    String name =
        "bonito_demo_" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
    try (Connection connection = owner.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
      String version = version(statement);
      DemoSchema schema = new DemoSchema(owner, name, rows, version);
      Runtime.getRuntime().addShutdownHook(schema.dropAtInterrupt);
      schema.fill(statement);
      return schema;
    }
  }

  private static String version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@version_comment, @@version")) {
      row.next();
      return row.getString(1) + ", " + row.getString(2);
    }
  }

  private void fill(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE " + table() + " (id INT PRIMARY KEY, name VARCHAR(32) NOT NULL)");
    statement.execute(
        "CREATE TABLE " + inserts() + " (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(32))");
    StringBuilder sql = new StringBuilder();
    for (int from = 0; from < rows; from += ROWS_A_STATEMENT) {
      int to = Math.min(rows, from + ROWS_A_STATEMENT);
      sql.setLength(0);
      sql.append("INSERT INTO ").append(table()).append(" VALUES ");
      for (int id = from; id < to; id++) {
        sql.append(id == from ? "" : ",")
            .append('(')
            .append(id)
            .append(",'")
            .append(nameOf(id))
            .append("')");
      }
      statement.executeUpdate(sql.toString());
      progress(to);
    }
    System.out.println();
  }

  private void progress(int done) {
    int filled = (int) ((long) done * BAR_WIDTH / rows);
    System.out.printf(
        "\rMaking %,d rows  [%s%s] %3d %%",
        rows, "#".repeat(filled), " ".repeat(BAR_WIDTH - filled), (long) done * 100 / rows);
    System.out.flush();
  }

  /** 32 characters. */
  static String nameOf(int id) {
    String number = Integer.toString(id);
    return "a name with a number, " + "0".repeat(10 - number.length()) + number;
  }

  String table() {
    return name + ".things";
  }

  String inserts() {
    return name + ".inserted";
  }

  int rows() {
    return rows;
  }

  String serverVersion() {
    return serverVersion;
  }

  @Override
  public void close() throws SQLException {
    try {
      Runtime.getRuntime().removeShutdownHook(dropAtInterrupt);
    } catch (IllegalStateException e) {
      return; // the machine is going down, and the hook does it
    }
    drop();
  }

  private void drop() throws SQLException {
    try (Connection connection = owner.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name);
    }
  }

  private void dropQuietly() {
    try {
      drop();
    } catch (SQLException e) {
      // A server that the demo has brought up is going down at the same time.
    }
  }
}
