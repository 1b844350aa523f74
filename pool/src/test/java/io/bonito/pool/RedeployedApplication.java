package io.bonito.pool;

import io.bonito.pool.lending.Budget;
import io.bonito.pool.url.PoolDriver;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;

/**
 * An application that a container loads, runs and throws away: it uses all of the pool that could
 * stay behind, and closes it. What it returns is the JDK's, as it must not keep the loader itself.
 */
public final class RedeployedApplication implements Callable<List<Integer>> {
  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "maximum_pool_size", "2",
          "minimum_idle", "1",
          "timeout", "0.5",
          "leak", "0.2",
          "keep_alive", "0.3",
          "register_mbeans", "true",
          "echo", "true",
          "logging_name", "redeployed");

  /** For the container, which knows the name only. */
  public RedeployedApplication() {}

  @Override
  public List<Integer> call() throws Exception {
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:mem:redeployed");
    PooledDataSource pool =
        PooledDataSource.over(source::getConnection, ARGUMENTS, null, new Budget(10));
    pool.pool().warmUp(2, TimeUnit.SECONDS.toNanos(60));
    try (Connection one = pool.getConnection();
        Connection other = pool.getConnection()) {
      execute(one);
      execute(other);
      Thread third = new Thread(() -> AutoCloseDb.run(() -> borrow(pool)));
      third.start();
      third.join();
    }
    AutoCloseDb.run(() -> borrow(pool));
    int left = pool.pool().drain(TimeUnit.SECONDS.toNanos(60));
    return List.of((int) pool.pool().counters().borrowed(), byUrl(), left);
  }

  /** The pools that a URL makes, and the driver's place in the DriverManager. */
  private static int byUrl() throws SQLException {
    org.h2.Driver.load();
    String url = "jdbc:bonito:pool:h2:mem:redeployed?logging_name=by-url";
    int lent = PoolDriver.pools().size();
    try (Connection connection = DriverManager.getConnection(url)) {
      execute(connection);
      lent++;
    }
    // What each container does for an application.
    for (Driver each : Collections.list(DriverManager.getDrivers())) {
      if (each.getClass().getClassLoader() == RedeployedApplication.class.getClassLoader()) {
        DriverManager.deregisterDriver(each);
      }
    }
    return lent;
  }

  private static void borrow(PooledDataSource pool) {
    try {
      execute(pool.getConnection());
    } catch (SQLException e) {
      // There was none left: that is reported, and what was reported must not stay either.
    }
  }

  private static void execute(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }
}
