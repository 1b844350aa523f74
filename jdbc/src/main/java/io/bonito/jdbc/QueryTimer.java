package io.bonito.jdbc;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one timer for the timeouts of all statements. Its thread exists while a timeout is pending
 * and a little longer; what is due runs on a thread of its own, as it waits for a server.
 */
final class QueryTimer {
  private static final long IDLE_SECONDS = 10;

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private QueryTimer() {}

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, action -> daemon("bonito-query-timer", action));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  static Future<?> after(long nanos, Runnable action) {
    return TIMER.schedule(
        () -> daemon("bonito-query-cancel", action).start(), nanos, TimeUnit.NANOSECONDS);
  }

  /** Keeps neither the JVM nor an application's class loader alive. */
  private static Thread daemon(String name, Runnable action) {
    Thread thread = new Thread(null, action, name, 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    thread.setContextClassLoader(QueryTimer.class.getClassLoader());
    return thread;
  }
}
