package io.bonito.benchmarks.entrant;

import io.bonito.benchmarks.contest.Format;
import io.bonito.benchmarks.contest.Setting;
import io.bonito.benchmarks.contest.Sql;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;

/** The loads, written as an application would write them. */
abstract class JdbcWork extends Work {
  private static final String BONITO = "io.bonito.";

  final Connection connection;

  JdbcWork(Connection connection) {
    this.connection = connection;
  }

  static Work of(Setting setting) throws Exception {
    Driver driver =
        (Driver)
            JdbcWork.class
                .getClassLoader()
                .loadClass(setting.driver())
                .getDeclaredConstructor()
                .newInstance();
    Connection connection = driver.connect(setting.url(), new Properties());
    if (connection == null) {
      throw new SQLException(setting.driver() + " does not take " + setting.url());
    }
    return switch (setting.load()) {
      case POINT, TWENTY -> new Point(connection, setting);
      case PIPELINE ->
          setting.driver().startsWith(BONITO)
              ? BonitoPipeline.of(connection, setting)
              : new Point(connection, setting);
      case SELECT1 -> new One(connection, setting);
      case ROWS -> new Names(connection, setting, Setting.SOME_ROWS, 0);
      case STREAM -> new Names(connection, setting, setting.rows(), setting.streamingFetchSize());
      case HUNDRED -> new Hundred(connection, setting);
      case MIXED -> new Mixed(connection, setting);
      case STRINGS -> new Strings(connection, setting);
      case TRANSACTION -> new JdbcWrites.Transaction(connection, setting);
      case BEGIN -> new JdbcWrites.Begin(connection, setting);
      case UPDATE -> new JdbcWrites.Update(connection, setting);
      case PARAMETERS -> new JdbcCalls.Parameters(connection, setting);
      case PROCEDURE -> new JdbcCalls.Procedure(connection, setting);
      case WIDE -> new Wide(connection, setting);
      case BATCH -> new JdbcWrites.Batch(connection, setting);
      case CONNECT -> new Connect(connection, driver, setting.url());
      case OWN -> new Own(connection, setting.statements());
    };
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  static SplittableRandom random() {
    return new SplittableRandom(2);
  }

  private static final class Point extends JdbcWork {
    private final PreparedStatement statement;
    private final int keys;
    private final int repetitions;
    private final SplittableRandom random = random();

    Point(Connection connection, Setting setting) throws SQLException {
      super(connection);
      this.statement = connection.prepareStatement(Sql.point(setting));
      this.keys = setting.fixedKey() ? 1 : setting.rows();
      this.repetitions = setting.load().repetitions();
    }

    @Override
    long run() throws SQLException {
      long sum = 0;
      for (int i = 0; i < repetitions; i++) {
        int key = Setting.FIRST_KEY + random.nextInt(keys);
        statement.setInt(1, key);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          requireEqual(key, row.getInt(1));
          sum += row.getString(2).length();
        }
      }
      return sum;
    }
  }

  /** A query without parameters, in the format that is due. */
  private abstract static class Rows extends JdbcWork {
    private final Statement statement;
    private final String sql;
    private final int expected;
    private final boolean binary;

    Rows(Connection connection, Setting setting, int expected, int fetchSize) throws SQLException {
      super(connection);
      this.sql = Sql.query(setting);
      this.expected = expected;
      this.binary = setting.format() == Format.BINARY;
      this.statement =
          binary
              ? connection.prepareStatement(
                  sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)
              : connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
      if (fetchSize != 0) {
        statement.setFetchSize(fetchSize);
      }
    }

    @Override
    long run() throws SQLException {
      try (ResultSet rows =
          binary ? ((PreparedStatement) statement).executeQuery() : statement.executeQuery(sql)) {
        long sum = 0;
        int count = 0;
        while (rows.next()) {
          sum += row(rows);
          count++;
        }
        requireEqual(expected, count);
        return sum;
      }
    }

    abstract long row(ResultSet rows) throws SQLException;
  }

  private static final class Names extends Rows {
    Names(Connection connection, Setting setting, int expected, int fetchSize) throws SQLException {
      super(connection, setting, expected, fetchSize);
    }

    @Override
    long row(ResultSet rows) throws SQLException {
      return (long) rows.getInt(1) + rows.getString(2).length();
    }
  }

  private static final class One extends Rows {
    One(Connection connection, Setting setting) throws SQLException {
      super(connection, setting, 1, 0);
    }

    @Override
    long row(ResultSet rows) throws SQLException {
      return rows.getInt(1);
    }
  }

  private static final class Hundred extends Rows {
    Hundred(Connection connection, Setting setting) throws SQLException {
      super(connection, setting, 1, 0);
    }

    @Override
    long row(ResultSet rows) throws SQLException {
      long sum = 0;
      for (int column = 1; column <= Setting.WIDE_COLUMNS; column++) {
        sum += rows.getInt(column);
      }
      return sum;
    }
  }

  private static final class Mixed extends Rows {
    Mixed(Connection connection, Setting setting) throws SQLException {
      super(connection, setting, Setting.SOME_ROWS, 0);
    }

    @Override
    long row(ResultSet rows) throws SQLException {
      long sum = rows.getInt(1) + rows.getLong(2) + rows.getShort(3);
      sum += rows.getBoolean(4) ? 1 : 0;
      sum += (long) rows.getDouble(5);
      kept[0] = rows.getBigDecimal(6);
      kept[1] = rows.getObject(7, LocalDate.class);
      kept[2] = rows.getObject(8, LocalDateTime.class);
      kept[3] = rows.getObject(9, LocalTime.class);
      kept[4] = rows.getString(10);
      kept[5] = rows.getString(11);
      kept[6] = rows.getBytes(12);
      return sum;
    }
  }

  private static final class Strings extends Rows {
    Strings(Connection connection, Setting setting) throws SQLException {
      super(connection, setting, Setting.SOME_ROWS, 0);
    }

    @Override
    long row(ResultSet rows) throws SQLException {
      long sum = rows.getInt(1);
      for (int column = 2; column <= 11; column++) {
        sum += rows.getString(column).length();
      }
      return sum + rows.getBytes(12).length;
    }
  }

  private static final class Wide extends Rows {
    Wide(Connection connection, Setting setting) throws SQLException {
      super(connection, setting, Setting.WIDE_ROWS, 0);
    }

    @Override
    long row(ResultSet rows) throws SQLException {
      return (long) rows.getString(1).length() + rows.getBytes(2).length;
    }
  }

  private static final class Connect extends JdbcWork {
    private final Driver driver;
    private final String url;

    Connect(Connection connection, Driver driver, String url) {
      super(connection);
      this.driver = driver;
      this.url = url;
    }

    @Override
    long run() throws SQLException {
      driver.connect(url, new Properties()).close();
      return 1;
    }
  }

  private static final class Own extends JdbcWork {
    private final List<String> texts;
    private final Statement statement;

    Own(Connection connection, List<String> texts) throws SQLException {
      super(connection);
      this.texts = texts;
      this.statement = connection.createStatement();
    }

    @Override
    long run() throws SQLException {
      long sum = 0;
      for (String sql : texts) {
        if (!statement.execute(sql)) {
          continue;
        }
        try (ResultSet rows = statement.getResultSet()) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
              Object value = rows.getObject(column);
              sum += value == null ? 0 : 1;
            }
          }
        }
      }
      return sum;
    }
  }
}
