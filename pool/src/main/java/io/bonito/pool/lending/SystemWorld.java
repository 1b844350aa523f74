package io.bonito.pool.lending;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's own time and threads, for all pools of the process: one keeper that calls them in time,
 * and connectors that open and close. All are daemons and end when there is nothing to do, so that
 * nothing is left of a closed pool.
 */
public final class SystemWorld implements World {
  /** Shared by all pools, whose threads it has. */
  public static final SystemWorld INSTANCE = new SystemWorld();

  private static final long IDLE_THREAD_SECONDS = 5;

  /** Subtracted, so that times are small and can be compared with {@link Settings#NEVER}. */
  private final long origin = System.nanoTime();

  private final AtomicInteger connectors = new AtomicInteger();
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_THREAD_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> daemon("bonito-pool-connector-" + connectors.incrementAndGet(), task));

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Ticking, Long> alarms = new HashMap<>();
  private boolean keeping;

  private SystemWorld() {}

  @Override
  public long nanoTime() {
    return System.nanoTime() - origin;
  }

  @Override
  public void park(Object blocker, long nanos) {
    if (nanos == Settings.NEVER) {
      LockSupport.park(blocker);
    } else {
      LockSupport.parkNanos(blocker, nanos);
    }
  }

  @Override
  public void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }

  @Override
  public void run(Runnable task) {
    executor.execute(task);
  }

  @Override
  public double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public void wake(Ticking pool, long atNanos) {
    lock.lock();
    try {
      Long before = alarms.get(pool);
      if (before != null && before - atNanos <= 0) {
        return;
      }
      alarms.put(pool, atNanos);
      if (!keeping) {
        keeping = true;
        daemon("bonito-pool-keeper", this::keep).start();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void forget(Ticking pool) {
    lock.lock();
    try {
      alarms.remove(pool);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    for (Ticking due = next(); due != null; due = next()) {
      try {
        due.tick();
      } catch (RuntimeException | Error e) {
        System.getLogger("io.bonito.pool")
            .log(System.Logger.Level.ERROR, "a pool's housekeeping failed", e);
      }
    }
  }

  /** The next one whose time has come; null when there are none left, and then the keeper ends. */
  private @Nullable Ticking next() {
    lock.lock();
    try {
      while (true) {
        if (alarms.isEmpty()) {
          keeping = false;
          return null;
        }
        Map.Entry<Ticking, Long> first = first();
        long nanos = first.getValue() - nanoTime();
        if (nanos <= 0) {
          Ticking due = first.getKey();
          alarms.remove(due);
          return due;
        }
        await(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** {@link #next} has the loop. */
  @SuppressWarnings("WaitNotInLoop")
  private void await(long nanos) {
    try {
      changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      // Nobody has a reason to; the keeper ends when it has nothing to keep.
      Thread.interrupted();
    }
  }

  private Map.Entry<Ticking, Long> first() {
    Map.Entry<Ticking, Long> first = null;
    for (Map.Entry<Ticking, Long> alarm : alarms.entrySet()) {
      if (first == null || alarm.getValue() - first.getValue() < 0) {
        first = alarm;
      }
    }
    if (first == null) {
      throw new IllegalStateException("no alarms");
    }
    return first;
  }

  /** Keeps neither the JVM nor an application's class loader alive. */
  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    thread.setContextClassLoader(SystemWorld.class.getClassLoader());
    return thread;
  }
}
