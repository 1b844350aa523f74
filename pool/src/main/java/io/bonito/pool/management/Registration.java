package io.bonito.pool.management;

import io.bonito.pool.kind.Pool;
import io.bonito.pool.lending.PoolObserver;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a pool's bean in the platform's server while the pool is open, as {@code
 * io.bonito.pool:type=Pool,name="…"}; the second pool of the same name has {@code number=2} too.
 */
final class Registration implements PoolObserver {
  static final String DOMAIN = "io.bonito.pool";

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ObjectName name;
  private boolean closed;

  /** A pool that cannot be registered works all the same. */
  void register(Pool<?> pool, AtomicLong timeoutNanos) {
    lock.lock();
    try {
      if (!closed && name == null) {
        name = register(new PoolBean(pool, timeoutNanos), pool.settings().name());
      }
    } catch (JMException | RuntimeException e) {
      System.getLogger("io.bonito.pool")
          .log(Level.WARNING, pool.settings().name() + " is not registered with JMX", e);
    } finally {
      lock.unlock();
    }
  }

  private static ObjectName register(PoolBean bean, String pool) throws JMException {
    String first = DOMAIN + ":type=Pool,name=" + ObjectName.quote(pool);
    for (int number = 1; ; number++) {
      ObjectName name = new ObjectName(number == 1 ? first : first + ",number=" + number);
      try {
        ManagementFactory.getPlatformMBeanServer().registerMBean(bean, name);
        return name;
      } catch (InstanceAlreadyExistsException e) {
        // Another pool of that name: the next number is tried.
      }
    }
  }

  @Override
  public void poolClosed(String pool) {
    lock.lock();
    try {
      closed = true;
      ObjectName present = name;
      name = null;
      if (present != null) {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(present);
      }
    } catch (InstanceNotFoundException e) {
      // Somebody else has taken it out.
    } catch (JMException e) {
      System.getLogger("io.bonito.pool").log(Level.WARNING, pool + " stays registered", e);
    } finally {
      lock.unlock();
    }
  }
}
