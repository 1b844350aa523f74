package io.bonito.benchmarks.threads.entrant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bonito.benchmarks.threads.contest.Place;
import io.bonito.benchmarks.threads.contest.Throng;
import io.bonito.jdbc.BonitoDataSource;
import io.bonito.pool.PooledDataSource;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** A driver of JDBC under a pool. */
public final class PooledThrong implements Throng {
  /** Longer than any thread can be made to wait where all is well. */
  private static final int WAIT_SECONDS = 60;

  private static final long RECORDED_NANOS = 200_000_000;

  /** Pools ask a connection that has rested for half a second whether it is still there. */
  private static final long RESTED_NANOS = 1_500_000_000;

  private final Place place;
  private final DataSource pool;
  private final Runnable end;
  private final ThreadFactory threads;

  public PooledThrong(Place place) throws Exception {
    this.place = place;
    this.threads = place.virtual() ? virtual() : Thread::new;
    if (place.pool().equals("bonito")) {
      Driver driver =
          Class.forName(place.driver()).asSubclass(Driver.class).getConstructor().newInstance();
      PooledDataSource made =
          PooledDataSource.over(
              () -> driver.connect(place.url(), new Properties()),
              Map.of(
                  "maximum_pool_size",
                  Integer.toString(place.connections()),
                  "timeout",
                  Integer.toString(WAIT_SECONDS)));
      pool = made;
      end = made::close;
    } else if (place.pool().equals("shared")) {
      BonitoDataSource made = new BonitoDataSource(place.url());
      pool = made;
      end = made::close;
    } else {
      HikariConfig config = new HikariConfig();
      config.setDriverClassName(place.driver());
      config.setJdbcUrl(place.url());
      config.setMaximumPoolSize(place.connections());
      config.setConnectionTimeout(WAIT_SECONDS * 1000L);
      HikariDataSource made = new HikariDataSource(config);
      pool = made;
      end = made::close;
    }
  }

  /** By reflection, as the JDK that this is compiled for has none. */
  private static ThreadFactory virtual() throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
    return (ThreadFactory) factory.invoke(builder);
  }

  @Override
  public long work(long nanos) throws Exception {
    long end = System.nanoTime() + nanos;
    AtomicLong operations = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(place.threads());
    for (int i = 0; i < place.threads(); i++) {
      long seed = 0x9E3779B97F4A7C15L * (i + 1) ^ end;
      threads
          .newThread(
              () -> {
                try {
                  operations.addAndGet(shift(seed, end));
                } catch (SQLException | RuntimeException | Error e) {
                  failure.compareAndSet(null, e);
                } finally {
                  ended.countDown();
                }
              })
          .start();
    }
    ended.await();
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("a thread has failed: " + thrown, thrown);
    }
    return operations.get();
  }

  private long shift(long seed, long end) throws SQLException {
    long operations = 0;
    long random = seed;
    do {
      random ^= random << 13;
      random ^= random >>> 7;
      random ^= random << 17;
      read(Place.FIRST_KEY + (int) Long.remainderUnsigned(random, place.rows()));
      operations++;
    } while (System.nanoTime() - end < 0);
    return operations;
  }

  private void read(int key) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(place.sql())) {
      statement.setInt(1, key);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next() || row.getInt(1) != key || row.getString(2).isEmpty() || row.next()) {
          throw new SQLException("not the row " + key);
        }
      }
    }
  }

  @Override
  public void record() throws Exception {
    work(RECORDED_NANOS);
    LockSupport.parkNanos(RESTED_NANOS);
    work(RECORDED_NANOS);
  }

  @Override
  public void close() {
    end.run();
  }
}
