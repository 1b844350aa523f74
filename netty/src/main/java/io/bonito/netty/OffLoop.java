package io.bonito.netty;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for what may take its time and so must not be done on an event loop: asking for
 * credentials, looking up names, reading keys, checking certificates.
 *
 * <p>There are as many as are busy: one that hangs in a look-up, for which the JVM has no time
 * limit, keeps no other connection from its own.
 */
final class OffLoop {
  static final Executor THREADS = threads();

  private OffLoop() {}

  /**
   * Goes on where the result belongs. A loop that is shut down takes nothing any more, and then
   * nobody else touches what belongs to it.
   */
  static void back(EventLoop loop, Runnable action, Runnable loopIsGone) {
    try {
      loop.execute(action);
    } catch (RejectedExecutionException e) {
      loopIsGone.run();
    }
  }

  private static Executor threads() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        5,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        action -> daemon("bonito-off-loop-" + count.incrementAndGet(), action));
  }

  /** Keeps neither the JVM nor an application's class loader alive. */
  static Thread daemon(String name, Runnable action) {
    Thread thread = new Thread(null, action, name, 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    thread.setContextClassLoader(OffLoop.class.getClassLoader());
    return thread;
  }
}
