package io.bonito.pool.management;

import java.util.List;
import java.util.Map;

/**
 * A pool, to those who watch and steer it from outside. The first two groups are HikariCP's, as its
 * users and their tools know them; durations are milliseconds, and 0 means none.
 */
public interface PoolMXBean {
  // --- as HikariPoolMXBean ---

  int getIdleConnections();

  int getActiveConnections();

  int getTotalConnections();

  int getThreadsAwaitingConnection();

  /** Closes all there are: the idle ones now, the others when they come back. */
  void softEvictConnections();

  /** Lends nothing until {@link #resumePool}; those who ask wait. */
  void suspendPool();

  void resumePool();

  // --- as HikariConfigMXBean ---

  String getPoolName();

  /** How long a borrower waits. */
  long getConnectionTimeout();

  void setConnectionTimeout(long millis);

  long getIdleTimeout();

  void setIdleTimeout(long millis);

  long getLeakDetectionThreshold();

  void setLeakDetectionThreshold(long millis);

  long getMaxLifetime();

  /** For connections that are opened from now on. */
  void setMaxLifetime(long millis);

  int getMinimumIdle();

  void setMinimumIdle(int connections);

  int getMaximumPoolSize();

  /**
   * Stands for that pool_size and no overflow. If fewer may be there than are, the idle ones above
   * that are closed now and lent ones when they come back.
   */
  void setMaximumPoolSize(int connections);

  // --- what else there is to know ---

  /** One line of numbers, in the words of SQLAlchemy. */
  String getStatus();

  boolean isSuspended();

  /** Who has a connection, for how long, and what it does: one text for each. */
  List<String> getHolders();

  /** The last failure to connect, unless one was opened after it; empty if there is none. */
  String getLastFailure();

  /** Loans since the pool began. */
  long getBorrowed();

  /** How many of those who asked had to wait. */
  long getWaited();

  /** For how long they waited, all together. */
  double getWaitedMillis();

  /** How many waited in vain. */
  long getTimedOut();

  /** For how long connections were lent, all together. */
  double getUsedMillis();

  long getOpened();

  /** How long opening took, all together. */
  double getOpeningMillis();

  /** How many attempts to open failed, and how. */
  Map<String, Long> getFailed();

  /** How many were closed, and why. */
  Map<String, Long> getClosed();

  /** Loans that took longer than they should. */
  long getLeaked();
}
