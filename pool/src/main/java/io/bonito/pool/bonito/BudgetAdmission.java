package io.bonito.pool.bonito;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bonito.pool.lending.Budget;
import io.bonito.pool.lending.ProcessBudget;
import io.bonito.pool.lending.Settings;
import io.bonito.pool.lending.SystemWorld;
import io.bonito.transport.Admission;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts those connections of Bonito's driver that no pool has opened against the budget of the
 * process: the application's own, those that cancel statements, and those that look whether a host
 * lives.
 *
 * <p>One permit is set aside for the latter two, where there are two or more: when all others are
 * used by statements that take too long, the server must still be told.
 */
public final class BudgetAdmission implements Admission {
  /** A server counts a connection for a moment after it has hung up, or been hung up on. */
  private static final long STILL_COUNTED = MILLISECONDS.toNanos(10);

  /** Room may have been passed to a pool that needs it no more. */
  private static final long LOOK_AGAIN = MILLISECONDS.toNanos(50);

  private static final Set<Thread> POOLS_OWN = ConcurrentHashMap.newKeySet();
  private static volatile Counter counter = new Counter(ProcessBudget.SHARED);

  /** For {@code ServiceLoader}. */
  public BudgetAdmission() {}

  /** Opens one that a pool has a permit for. */
  static Connection ofPool(Opening opening) throws SQLException {
    boolean outermost = POOLS_OWN.add(Thread.currentThread());
    try {
      return opening.open();
    } finally {
      if (outermost) {
        POOLS_OWN.remove(Thread.currentThread());
      }
    }
  }

  interface Opening {
    Connection open() throws SQLException;
  }

  /**
   * For tests: counts against another budget from now on.
   *
   * @return the one before
   */
  static Budget countAgainst(Budget budget) {
    Budget before = counter.budget;
    counter = new Counter(budget);
    return before;
  }

  @Override
  public Permit admit(Purpose purpose, long nanosLeft)
      throws NoRoomException, InterruptedException {
    Counter counting = counter;
    if (counting.budget.limit() == Settings.UNLIMITED) {
      return Permit.UNCOUNTED;
    }
    counting.setAsideForSide();
    if (POOLS_OWN.contains(Thread.currentThread())) {
      return Permit.UNCOUNTED;
    }
    Counted share = purpose == Purpose.SIDE ? counting.side() : counting.own();
    share.take(nanosLeft);
    return share::closed;
  }

  /** The two shares of one budget, made when they are needed. */
  private static final class Counter {
    private final Budget budget;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Counted own;
    private @Nullable Counted side;

    Counter(Budget budget) {
      this.budget = budget;
    }

    void setAsideForSide() {
      side();
    }

    Counted own() {
      lock.lock();
      try {
        Counted present = own;
        if (present == null) {
          present = new Counted("connections without a pool", budget, /* minimum= */ 0);
          own = present;
        }
        return present;
      } finally {
        lock.unlock();
      }
    }

    Counted side() {
      lock.lock();
      try {
        Counted present = side;
        if (present == null) {
          present = new Counted("cancels and probes", budget, budget.limit() > 1 ? 1 : 0);
          side = present;
        }
        return present;
      } finally {
        lock.unlock();
      }
    }
  }

  /** A share whose takers wait for it. */
  private static final class Counted implements Budget.Member {
    private final String name;
    private final Budget.Share share;
    private final ReentrantLock lock = new ReentrantLock(/* fair= */ true);
    private final Condition room = lock.newCondition();
    private boolean called;

    Counted(String name, Budget budget, int minimum) {
      this.name = name;
      share = budget.join(this, minimum);
    }

    /** Nobody knows how many there will be: they are what a budget is set for. */
    @Override
    public int limit() {
      return 0;
    }

    void take(long nanos) throws NoRoomException, InterruptedException {
      long since = System.nanoTime();
      while (!share.tryTake()) {
        share.beg();
        long left = nanos - (System.nanoTime() - since);
        if (left <= 0) {
          throw new NoRoomException(
              "waiting for room in this process's budget of %d connections, used by %s"
                  .formatted(share.budget().limit(), share.budget().use()));
        }
        lock.lockInterruptibly();
        try {
          while (!called && left > 0) {
            left = room.awaitNanos(Math.min(left, LOOK_AGAIN)) > 0 ? left : 0;
          }
          called = false;
        } finally {
          lock.unlock();
        }
      }
    }

    void closed() {
      SystemWorld.INSTANCE.run(
          () -> {
            long until = System.nanoTime() + STILL_COUNTED;
            for (long left = STILL_COUNTED; left > 0; left = until - System.nanoTime()) {
              SystemWorld.INSTANCE.park(this, left);
            }
            share.giveBack();
          });
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void roomCame() {
      lock.lock();
      try {
        called = true;
        room.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void othersAreHungry(boolean hungry) {
      // Nothing rests here.
    }

    @Override
    public boolean donate() {
      return false;
    }
  }
}
