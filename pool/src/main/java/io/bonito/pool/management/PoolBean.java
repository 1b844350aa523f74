package io.bonito.pool.management;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.bonito.pool.kind.Pool;
import io.bonito.pool.lending.Holder;
import io.bonito.pool.lending.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A pool in the words of {@link PoolMXBean}. */
final class PoolBean implements PoolMXBean {
  private static final double MILLI = 1e6;

  private final Pool<?> pool;
  private final AtomicLong timeoutNanos;

  PoolBean(Pool<?> pool, AtomicLong timeoutNanos) {
    this.pool = pool;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public int getIdleConnections() {
    return pool.status().idle();
  }

  @Override
  public int getActiveConnections() {
    return pool.status().used();
  }

  @Override
  public int getTotalConnections() {
    return pool.status().total();
  }

  @Override
  public int getThreadsAwaitingConnection() {
    return pool.status().waiting();
  }

  @Override
  public void softEvictConnections() {
    pool.dispose();
  }

  @Override
  public void suspendPool() {
    pool.suspend();
  }

  @Override
  public void resumePool() {
    pool.resume();
  }

  @Override
  public String getPoolName() {
    return pool.settings().name();
  }

  @Override
  public long getConnectionTimeout() {
    return millis(timeoutNanos.get());
  }

  @Override
  public void setConnectionTimeout(long millis) {
    long nanos = nanos("connectionTimeout", millis);
    timeoutNanos.set(nanos == 0 ? Settings.NEVER : nanos);
  }

  @Override
  public long getIdleTimeout() {
    return millis(pool.settings().idleNanos());
  }

  @Override
  public void setIdleTimeout(long millis) {
    long nanos = nanos("idleTimeout", millis);
    pool.change(settings -> settings.idle(nanos));
  }

  @Override
  public long getLeakDetectionThreshold() {
    return millis(pool.settings().leakNanos());
  }

  @Override
  public void setLeakDetectionThreshold(long millis) {
    long nanos = nanos("leakDetectionThreshold", millis);
    pool.change(settings -> settings.leak(nanos));
  }

  @Override
  public long getMaxLifetime() {
    return millis(pool.settings().lifetimeNanos());
  }

  @Override
  public void setMaxLifetime(long millis) {
    long nanos = nanos("maxLifetime", millis);
    double jitter = pool.settings().lifetimeJitter();
    pool.change(settings -> settings.lifetime(nanos, jitter));
  }

  @Override
  public int getMinimumIdle() {
    return pool.settings().minimumIdle();
  }

  @Override
  public void setMinimumIdle(int connections) {
    int maximum = getMaximumPoolSize();
    if (connections < 0 || connections > maximum) {
      throw new IllegalArgumentException(
          "minimumIdle is %d; it may be: 0 to %d".formatted(connections, maximum));
    }
    pool.change(settings -> settings.minimumIdle(connections));
  }

  @Override
  public int getMaximumPoolSize() {
    return pool.settings().limit();
  }

  @Override
  public void setMaximumPoolSize(int connections) {
    int minimum = Math.max(1, getMinimumIdle());
    if (connections < minimum) {
      throw new IllegalArgumentException(
          "maximumPoolSize is %d; it may be: %d or more".formatted(connections, minimum));
    }
    pool.change(settings -> settings.limit(connections).keep(connections));
  }

  @Override
  public String getStatus() {
    return pool.statusLine();
  }

  @Override
  public boolean isSuspended() {
    return pool.isSuspended();
  }

  @Override
  public List<String> getHolders() {
    return pool.holders().stream().map(Holder::describe).map(String::strip).toList();
  }

  @Override
  public String getLastFailure() {
    Throwable failure = pool.lastFailure();
    return failure == null ? "" : failure.toString();
  }

  @Override
  public long getBorrowed() {
    return pool.counters().borrowed();
  }

  @Override
  public long getWaited() {
    return pool.counters().waited();
  }

  @Override
  public double getWaitedMillis() {
    return pool.counters().waitNanos() / MILLI;
  }

  @Override
  public long getTimedOut() {
    return pool.counters().timedOut();
  }

  @Override
  public double getUsedMillis() {
    return pool.counters().usedNanos() / MILLI;
  }

  @Override
  public long getOpened() {
    return pool.counters().opened();
  }

  @Override
  public double getOpeningMillis() {
    return pool.counters().openNanos() / MILLI;
  }

  @Override
  public Map<String, Long> getFailed() {
    return named(pool.counters().failed());
  }

  @Override
  public Map<String, Long> getClosed() {
    return named(pool.counters().closed());
  }

  @Override
  public long getLeaked() {
    return pool.counters().leaked();
  }

  private static Map<String, Long> named(Map<? extends Enum<?>, Long> counts) {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((key, count) -> named.put(key.name(), count));
    return named;
  }

  private static long millis(long nanos) {
    return nanos == Settings.NEVER ? 0 : NANOSECONDS.toMillis(nanos);
  }

  private static long nanos(String name, long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException(name + " is " + millis + "; it may be: 0 or more");
    }
    return MILLISECONDS.toNanos(millis);
  }
}
