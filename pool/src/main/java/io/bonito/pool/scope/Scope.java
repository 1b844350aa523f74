package io.bonito.pool.scope;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections that threads took while they were in here. {@link #close} gives back those that
 * are still out, and no others: what was taken before, or in a scope around this one, stays.
 *
 * <pre>
 *   enter()        this thread's connections belong here from now on, not to the scope around
 *   leave()        … and no longer; the scope lives on, and can be entered again, by any thread
 *   close()        gives back; what is taken later belongs to nobody here
 * </pre>
 *
 * <p>A table by thread, read only while some scope of the process is entered: a pool asks {@link
 * #isAnyEntered} for each loan, which costs one read. Virtual threads have no thread-locals to
 * fill.
 */
public final class Scope implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger("io.bonito.pool");
  private static final ConcurrentHashMap<Thread, Scope> ENTERED = new ConcurrentHashMap<>();
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** How many are kept before those that were closed meanwhile are let go. */
  private static final int FEW = 16;

  /** Where a scope was entered, so that it is left to the one before. */
  public static final class Entry implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final @Nullable Scope before;
    private boolean left;

    private Entry(@Nullable Scope before) {
      this.before = before;
    }

    /** Leaves. Only the thread that entered may. */
    @Override
    public void close() {
      if (left) {
        return;
      }
      if (thread != Thread.currentThread()) {
        throw new IllegalStateException(
            "entered by %s and left by %s"
                .formatted(thread.getName(), Thread.currentThread().getName()));
      }
      left = true;
      if (before == null) {
        ENTERED.remove(thread);
        COUNT.decrementAndGet();
      } else {
        ENTERED.put(thread, before);
      }
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private List<Connection> taken = new ArrayList<>();
  private int letGoAt = FEW;
  private boolean closed;

  /** Whether any thread is in any scope. */
  public static boolean isAnyEntered() {
    return COUNT.get() != 0;
  }

  /** Tells the scope of this thread, if it is in one, of a connection that it has taken. */
  public static void taken(Connection connection) {
    Scope scope = ENTERED.get(Thread.currentThread());
    if (scope != null) {
      scope.add(connection);
    }
  }

  /** Lets this thread's connections belong here until the entry is closed. */
  public Entry enter() {
    Scope before = ENTERED.put(Thread.currentThread(), this);
    if (before == null) {
      COUNT.incrementAndGet();
    }
    return new Entry(before);
  }

  private void add(Connection connection) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (taken.size() >= letGoAt) {
        taken.removeIf(Scope::isClosed);
        letGoAt = Math.max(FEW, 2 * taken.size());
      }
      taken.add(connection);
    } finally {
      lock.unlock();
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      // Whoever closes it will see the same.
      return false;
    }
  }

  /** How many are out that were taken here. */
  public int open() {
    lock.lock();
    try {
      taken.removeIf(Scope::isClosed);
      return taken.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Leaves connections to somebody else who will close them, such as a transaction that began
   * before.
   */
  public void leave(Predicate<? super Connection> theirs) {
    lock.lock();
    try {
      taken.removeIf(theirs);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives back what is still out, the last one first. Never throws: a connection that fails now is
   * of no use to anybody, and its pool knows it.
   */
  @Override
  public void close() {
    List<Connection> left;
    lock.lock();
    try {
      closed = true;
      left = taken;
      taken = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    for (int i = left.size() - 1; i >= 0; i--) {
      giveBack(left.get(i));
    }
  }

  private static void giveBack(Connection connection) {
    try {
      if (connection.isClosed()) {
        return;
      }
      if (connection.isWrapperFor(Transactional.class)) {
        Transactional lease = connection.unwrap(Transactional.class);
        if (lease.isInTransaction()) {
          connection.rollback();
          LOGGER.log(
              System.Logger.Level.WARNING,
              "{0} was left with an open transaction, which is rolled back ({1})",
              lease.description(),
              Thread.currentThread().getName());
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOGGER.log(System.Logger.Level.WARNING, "a connection could not be rolled back", e);
    }
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      LOGGER.log(System.Logger.Level.WARNING, "a connection could not be given back", e);
    }
  }
}
