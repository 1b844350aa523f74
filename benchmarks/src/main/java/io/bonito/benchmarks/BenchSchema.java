package io.bonito.benchmarks;

import io.bonito.benchmarks.contest.Setting;
import io.bonito.benchmarks.contest.Sql;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A schema of the benchmarks' own, dropped at the end. One that exists is never touched. */
public final class BenchSchema implements AutoCloseable {
  private static final int ROWS_A_STATEMENT = 10_000;
  private static final Driver DRIVER = new io.bonito.jdbc.Driver();

  private final String url;
  private final String name;
  private final int rows;
  private final Thread dropAtInterrupt = new Thread(this::dropQuietly, "drop the schema");

  private BenchSchema(String url, String name, int rows) {
    this.url = url;
    this.name = name;
    this.rows = rows;
  }

  /**
   * @param url for Bonito
   */
  public static BenchSchema create(String url, int rows) throws SQLException {
    String name =
        "bonito_bench_" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
    BenchSchema schema = new BenchSchema(url, name, rows);
    try (Connection connection = schema.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
      Runtime.getRuntime().addShutdownHook(schema.dropAtInterrupt);
      schema.fill(statement);
    }
    return schema;
  }

  /** The server's name and version. */
  public static String version(String url) throws SQLException {
    try (Connection connection = DRIVER.connect(url, new Properties());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@version_comment, @@version")) {
      row.next();
      return row.getString(1) + ", " + row.getString(2);
    }
  }

  private Connection connect() throws SQLException {
    return DRIVER.connect(url, new Properties());
  }

  public String name() {
    return name;
  }

  private void fill(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE " + name + ".things (id INT PRIMARY KEY, name VARCHAR(32) NOT NULL)");
    statement.execute(
        "CREATE TABLE "
            + name
            + ".inserted (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(32))");
    fillThings(statement);
    fillHundred(statement);
    fillMixed(statement);
    fillWide(statement);
    statement.execute(
        "CREATE PROCEDURE "
            + name
            + ".thing(k INT) READS SQL DATA SELECT id, name FROM "
            + name
            + ".things WHERE id = k");
  }

  private void fillWide(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE " + name + ".wide (note VARCHAR(4000) NOT NULL, data BLOB NOT NULL)");
    statement.executeUpdate(
        "INSERT INTO "
            + name
            + ".wide SELECT REPEAT('a', "
            + Setting.WIDE_CHARACTERS
            + "), REPEAT(UNHEX('FF'), "
            + Setting.WIDE_BYTES
            + ") FROM "
            + name
            + ".things LIMIT "
            + Setting.WIDE_ROWS);
  }

  private void fillThings(Statement statement) throws SQLException {
    for (int from = 0; from < rows; from += ROWS_A_STATEMENT) {
      StringBuilder sql = new StringBuilder("INSERT INTO ").append(name).append(".things VALUES ");
      for (int i = from; i < Math.min(rows, from + ROWS_A_STATEMENT); i++) {
        int id = Setting.FIRST_KEY + i;
        sql.append(i == from ? "(" : ",(").append(id).append(",'").append(Sql.nameOf(id));
        sql.append("')");
      }
      statement.executeUpdate(sql.toString());
    }
  }

  private void fillHundred(Statement statement) throws SQLException {
    StringBuilder columns = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < Setting.WIDE_COLUMNS; i++) {
      columns.append(i == 0 ? "" : ",").append("c").append(i).append(" INT NOT NULL");
      values.append(i == 0 ? "" : ",").append(1000 + i * 7919);
    }
    statement.execute("CREATE TABLE " + name + ".hundred (" + columns + ")");
    statement.executeUpdate("INSERT INTO " + name + ".hundred VALUES (" + values + ")");
  }

  private void fillMixed(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE "
            + name
            + ".mixed (id INT PRIMARY KEY, big BIGINT NOT NULL, small SMALLINT NOT NULL,"
            + " flag TINYINT NOT NULL, ratio DOUBLE NOT NULL, price DECIMAL(12,2) NOT NULL,"
            + " day DATE NOT NULL, at DATETIME NOT NULL, time TIME NOT NULL,"
            + " name VARCHAR(20) NOT NULL, note VARCHAR(60) NOT NULL, data VARBINARY(16) NOT NULL)");
    StringBuilder sql = new StringBuilder("INSERT INTO ").append(name).append(".mixed VALUES ");
    for (int i = 0; i < Setting.SOME_ROWS; i++) {
      String day = String.format("'20%02d-%02d-%02d'", i % 50, 1 + i % 12, 1 + i % 28);
      // Never midnight: in binary that has another size, which the bound does not look at.
      String time = String.format("'%02d:%02d:%02d'", 1 + i % 23, i % 60, i * 7 % 60);
      sql.append(i == 0 ? "(" : ",(")
          .append(Setting.FIRST_KEY + i)
          .append(',')
          .append(1_234_567_890_123L + i)
          .append(',')
          .append(i)
          .append(',')
          .append(i % 2)
          .append(',')
          .append(i * 0.125)
          .append(',')
          .append(i)
          .append('.')
          .append(10 + i % 90)
          .append(',')
          .append(day)
          .append(",CONCAT(")
          .append(day)
          .append(",' ',")
          .append(time)
          .append("),")
          .append(time)
          .append(",'name ")
          .append(i)
          .append("','a note of some length, as notes are: number ")
          .append(i)
          .append("',UNHEX(LEFT(SHA2(")
          .append(i)
          .append(",256),32)))");
    }
    statement.executeUpdate(sql.toString());
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
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name);
    }
  }

  private void dropQuietly() {
    try {
      drop();
    } catch (SQLException e) {
      // A server that the benchmarks have brought up is going down at the same time.
    }
  }
}
