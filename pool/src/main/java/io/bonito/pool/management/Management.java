package io.bonito.pool.management;

import io.bonito.pool.kind.Pool;
import io.bonito.pool.lending.PoolObserver;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * A place for one pool's bean, in a class that can do without JMX.
 *
 * @param observer hears when the pool is closed, and takes the bean out
 * @param register makes the pool known; the number is how long its borrowers wait, in nanoseconds,
 *     and may be changed through the bean
 */
public record Management(PoolObserver observer, BiConsumer<Pool<?>, AtomicLong> register) {
  private static final Management NONE =
      new Management(PoolObserver.NONE, (pool, timeoutNanos) -> {});

  /**
   * @param wanted whether there is to be a bean; if not, all this does nothing
   */
  public static Management place(boolean wanted) {
    if (!wanted) {
      return NONE;
    }
    try {
      Registration registration = new Registration();
      return new Management(registration, registration::register);
    } catch (NoClassDefFoundError e) {
      System.getLogger("io.bonito.pool")
          .log(Level.WARNING, "register_mbeans: this JVM has no JMX (module java.management)");
      return NONE;
    }
  }
}
