package io.bonito.netty;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One daemon thread that looks at all hosts now and then. It exists while there is something to
 * look at, and some seconds longer. No loop does it: loops are the host's own, and may stand still.
 */
final class Watch {
  private static final ScheduledThreadPoolExecutor THREAD = thread();

  private Watch() {}

  /** Runs {@code action}, which must not wait, again and again until cancelled. */
  static Future<?> every(long nanos, Runnable action) {
    return THREAD.scheduleWithFixedDelay(action, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, action -> OffLoop.daemon("bonito-watch", action));
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(5, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
