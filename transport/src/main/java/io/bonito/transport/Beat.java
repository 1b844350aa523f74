package io.bonito.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the waits of one connection for its server: odd while one is under way. The one thread
 * that waits counts without cost, and without looking at a clock; the watch reads now and then.
 */
final class Beat {
  private static final VarHandle COUNT = handle();

  @SuppressWarnings("unused") // through its handle
  private int count;

  /** Before a wait, and after it. */
  void step() {
    COUNT.setRelease(this, (int) COUNT.get(this) + 1);
  }

  int count() {
    return (int) COUNT.getAcquire(this);
  }

  boolean isWaiting() {
    return isWaiting(count());
  }

  static boolean isWaiting(int count) {
    return (count & 1) != 0;
  }

  private static VarHandle handle() {
    try {
      return MethodHandles.lookup().findVarHandle(Beat.class, "count", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
