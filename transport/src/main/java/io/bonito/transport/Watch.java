package io.bonito.transport;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One daemon thread for all connections that does small things at a given time. It exists while
 * something is planned and some seconds longer.
 *
 * <p>Most connections never need it: TCP reads have a timeout of their own.
 */
final class Watch {
  private static final ScheduledThreadPoolExecutor THREAD = thread();

  private Watch() {}

  /** Runs {@code action}, which must not wait, after {@code nanos}, unless cancelled before. */
  static Future<?> after(long nanos, Runnable action) {
    return THREAD.schedule(action, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs {@code action}, which must not wait, again and again until cancelled. */
  static Future<?> every(long nanos, Runnable action) {
    return THREAD.scheduleWithFixedDelay(action, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, action -> Threads.daemon("bonito-watch", action));
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(5, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
