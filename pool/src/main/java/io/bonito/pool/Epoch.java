package io.bonito.pool;

import io.bonito.pool.crac.Checkpoints;
import io.bonito.pool.kind.Pool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a process has that is not a copy of another one: an epoch. When it is copied (a snapshot
 * that is started twice, a checkpoint that is restored), sockets are copied with it, and whatever
 * is written to one, a goodbye too, disturbs the other process.
 *
 * <p>Under CRaC this is called by itself. Whoever starts copies in another way calls {@link
 * #advance} in each of them.
 */
public final class Epoch {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Set<Pool<?>> POOLS = Collections.newSetFromMap(new WeakHashMap<>());

  /** CRaC does not keep who listens. */
  @SuppressWarnings("UnusedVariable")
  private static final Object LISTENER = Checkpoints.listen(Epoch::beforeCopy, Epoch::afterCopy);

  private Epoch() {}

  /** All pools there are take part, without being kept for that. */
  static void include(Pool<?> pool) {
    LOCK.lock();
    try {
      POOLS.add(pool);
    } finally {
      LOCK.unlock();
    }
  }

  private static List<Pool<?>> pools() {
    LOCK.lock();
    try {
      return new ArrayList<>(POOLS);
    } finally {
      LOCK.unlock();
    }
  }

  /**
   * Abandons all that the pools of this process have open, without a word on the wire. What is lent
   * is abandoned when it comes back.
   */
  public static void advance() {
    pools().forEach(Pool::abandon);
  }

  /** Closes what rests and opens nothing, until {@link #afterCopy}. */
  public static void beforeCopy() {
    for (Pool<?> pool : pools()) {
      pool.suspend();
      pool.dispose();
    }
  }

  /** Abandons what is open, and opens anew for those who ask. */
  public static void afterCopy() {
    advance();
    pools().forEach(Pool::resume);
  }
}
