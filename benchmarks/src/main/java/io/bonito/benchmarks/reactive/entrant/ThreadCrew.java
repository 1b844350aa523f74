package io.bonito.benchmarks.reactive.entrant;

import io.bonito.benchmarks.reactive.contest.Crew;
import io.bonito.benchmarks.reactive.contest.Task;
import io.bonito.benchmarks.reactive.contest.Work;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** A driver of JDBC, with a thread for each connection. */
public final class ThreadCrew implements Crew {
  private final Task task;
  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService threads;

  /** Kept so that nothing of what is read can be left out. */
  private final AtomicLong total = new AtomicLong();

  public ThreadCrew(Task task) throws Exception {
    this.task = task;
    this.threads = Executors.newFixedThreadPool(task.connections());
    String[] driver = task.driver().split(" ", 2);
    Driver made = Class.forName(driver[0]).asSubclass(Driver.class).getConstructor().newInstance();
    String url = driver[1].formatted(task.host() + ":" + task.port());
    for (int i = 0; i < task.connections(); i++) {
      workers.add(new Worker(made.connect(url, new Properties()), i));
    }
  }

  @Override
  public long work(long nanos) throws Exception {
    long end = System.nanoTime() + nanos;
    List<Callable<Long>> shifts = new ArrayList<>();
    for (Worker worker : workers) {
      shifts.add(() -> worker.work(end));
    }
    long operations = 0;
    for (Future<Long> shift : threads.invokeAll(shifts)) {
      operations += shift.get();
    }
    return operations;
  }

  private final class Worker {
    private final Connection connection;
    private final PreparedStatement statement;
    private long seed;
    private long read;

    Worker(Connection connection, int index) throws SQLException {
      this.connection = connection;
      this.statement = connection.prepareStatement(task.sql());
      this.seed = 0x9E3779B97F4A7C15L * (index + 1);
      if (task.work() == Work.STREAM) {
        statement.setFetchSize(
            task.driver().startsWith("com.mysql") ? Integer.MIN_VALUE : Task.SOME_ROWS);
      }
    }

    long work(long end) throws SQLException {
      long operations = 0;
      do {
        int rows = 0;
        for (int i = 0; i < task.statements(); i++) {
          rows += execute();
        }
        if (rows != task.rowsDue()) {
          throw new SQLException(rows + " rows where " + task.rowsDue() + " are due");
        }
        operations++;
      } while (System.nanoTime() - end < 0);
      total.addAndGet(read);
      return operations;
    }

    private int execute() throws SQLException {
      switch (task.work()) {
        case POINT, TWENTY -> statement.setInt(1, key());
        case INSERT -> {
          statement.setString(1, "a name of some length");
          statement.executeUpdate();
          return 0;
        }
        case ROWS, STREAM -> {}
      }
      int rows = 0;
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          read += result.getInt(1) + result.getString(2).length();
          rows++;
        }
      }
      return rows;
    }

    private int key() {
      seed ^= seed << 13;
      seed ^= seed >>> 7;
      seed ^= seed << 17;
      return Task.FIRST_KEY + (int) Long.remainderUnsigned(seed, task.rows());
    }
  }

  @Override
  public void close() throws Exception {
    threads.shutdown();
    for (Worker worker : workers) {
      worker.connection.close();
    }
  }
}
