package io.bonito.benchmarks.pool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections to nowhere, each of which takes as long as it is told. */
final class StubSource implements DataSource {
  private final AtomicInteger opened = new AtomicInteger();
  private volatile long connectNanos;

  /** From now on a connection takes so long. */
  void connectTakes(long nanos) {
    connectNanos = nanos;
  }

  int opened() {
    return opened.get();
  }

  @Override
  public Connection getConnection() {
    opened.incrementAndGet();
    rest(connectNanos);
    return new StubConnection();
  }

  /** Does nothing for so long, and costs no CPU. */
  static void rest(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public Connection getConnection(String user, String password) {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("nothing is logged");
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.cast(this);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
