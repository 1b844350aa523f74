package io.bonito.benchmarks.growth.entrant;

import com.sun.management.ThreadMXBean;
import io.bonito.benchmarks.growth.contest.Cost;
import io.bonito.benchmarks.growth.contest.Place;
import io.bonito.benchmarks.growth.contest.Subject;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The work, written as an application would write it. */
public final class JdbcSubject implements Subject {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Place place;
  private final Driver driver;
  private final Connection connection;
  private final List<Connection> idle = new ArrayList<>();
  private long sink;

  public JdbcSubject(Place place) throws Exception {
    this.place = place;
    this.driver =
        (Driver)
            JdbcSubject.class
                .getClassLoader()
                .loadClass(place.driver())
                .getDeclaredConstructor()
                .newInstance();
    this.connection = connect();
  }

  private Connection connect() throws SQLException {
    Connection made = driver.connect(place.url(), new Properties());
    if (made == null) {
      throw new SQLException(place.driver() + " does not take " + place.url());
    }
    return made;
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static Cost measure(Work work) throws SQLException {
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    long cpu = THREAD.getCurrentThreadCpuTime();
    long began = System.nanoTime();
    work.run();
    long took = System.nanoTime() - began;
    return new Cost(
        took,
        THREAD.getCurrentThreadCpuTime() - cpu,
        THREAD.getCurrentThreadAllocatedBytes() - bytes);
  }

  @Override
  public Cost stream(String sql, int rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(place.streamingFetchSize());
      return measure(() -> requireRows(rows, readNames(statement, sql)));
    }
  }

  private int readNames(Statement statement, String sql) throws SQLException {
    int count = 0;
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        sink += (long) rows.getInt(1) + rows.getString(2).length();
        count++;
      }
    }
    return count;
  }

  @Override
  public Cost query(String sql, int rows, int columns, long nanos) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int[] times = new int[1];
      Cost all =
          measure(
              () -> {
                long end = System.nanoTime() + nanos;
                do {
                  requireRows(rows, readNumbers(statement, sql, columns));
                  times[0]++;
                } while (System.nanoTime() - end < 0);
              });
      return new Cost(all.nanos() / times[0], all.cpuNanos() / times[0], all.bytes() / times[0]);
    }
  }

  private int readNumbers(Statement statement, String sql, int columns) throws SQLException {
    int count = 0;
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          sink += rows.getInt(column);
        }
        count++;
      }
    }
    return count;
  }

  private static void requireRows(int due, int found) {
    if (due != found) {
      throw new IllegalStateException("found " + found + " rows where " + due + " were due");
    }
  }

  @Override
  public Cost openIdle(int count) throws SQLException {
    return measure(
        () -> {
          for (int i = 0; i < count; i++) {
            Connection made = connect();
            idle.add(made);
            try (Statement statement = made.createStatement()) {
              requireRows(1, readNumbers(statement, "SELECT 1", 1));
            }
          }
        });
  }

  @Override
  public void closeIdle() throws SQLException {
    for (Connection each : idle) {
      each.close();
    }
    idle.clear();
  }

  @Override
  public void close() throws SQLException {
    closeIdle();
    connection.close();
  }

  @Override
  public String toString() {
    return place.driver() + " " + sink;
  }
}
