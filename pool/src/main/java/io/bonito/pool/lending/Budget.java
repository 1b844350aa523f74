package io.bonito.pool.lending;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many things all pools of the process may have together. A permit is taken before one is
 * opened and given back when the other side no longer counts it, as {@link Source#close} tells, so
 * that the number holds there too.
 *
 * <p>A pool that is refused is hungry: it is called as soon as there is room, and until then the
 * others close what they do not need. A pool's minimum is set aside for it alone.
 */
public final class Budget {
  private final ReentrantLock lock = new ReentrantLock();
  private final int limit;
  private final List<Share> shares = new ArrayList<>();
  private final ArrayDeque<Share> hungry = new ArrayDeque<>();
  private int used;
  private int mostUsed;
  private volatile long closedAt = Long.MIN_VALUE / 2;

  /**
   * @param limit 1 or more; {@link Settings#UNLIMITED}
   */
  public Budget(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a budget of " + limit);
    }
    this.limit = limit;
  }

  /** What a pool does when the budget asks it to. Called without any lock. */
  public interface Member {
    String name();

    /** How many it may have at most; {@link Settings#UNLIMITED}. */
    int limit();

    /** There may be room now. */
    void roomCame();

    /** Another pool is hungry, or no longer is. */
    void othersAreHungry(boolean hungry);

    /** Closes one that nobody uses, if there is one. */
    boolean donate();
  }

  /** One pool's part. */
  public final class Share {
    private final Member member;
    private final int minimum;
    private int taken;
    private boolean isHungry;

    private Share(Member member, int minimum) {
      this.member = member;
      this.minimum = minimum;
    }

    /** Takes a permit; if there is none, the pool counts as hungry from now on. */
    public boolean tryTake() {
      lock.lock();
      try {
        if (used < limit && (taken < minimum || used + setAside(this) < limit)) {
          used++;
          taken++;
          mostUsed = Math.max(mostUsed, used);
          return true;
        }
        if (!isHungry) {
          isHungry = true;
          hungry.add(this);
        }
        return false;
      } finally {
        lock.unlock();
      }
    }

    /** Takes a permit if there is one to spare; the pool is not hungry for want of it. */
    public boolean tryTakeSpare() {
      lock.lock();
      try {
        if (!hungry.isEmpty() || used >= limit || used + setAside(this) >= limit) {
          return false;
        }
        used++;
        taken++;
        mostUsed = Math.max(mostUsed, used);
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Asks the others for one, after {@link #tryTake} has failed. Takes no lock meanwhile. */
    public void beg() {
      for (Share other : others(this)) {
        other.member.othersAreHungry(true);
      }
      for (Share other : others(this)) {
        if (other.mayGive() && other.member.donate()) {
          return;
        }
      }
    }

    /** Gives a permit back, after the thing is closed. */
    public void giveBack() {
      List<Share> called = new ArrayList<>();
      boolean sated;
      lock.lock();
      try {
        used--;
        taken--;
        Share next = hungry.poll();
        if (next != null) {
          next.isHungry = false;
          called.add(next);
        }
        sated = next != null && hungry.isEmpty();
      } finally {
        lock.unlock();
      }
      if (sated) {
        for (Share other : others(null)) {
          other.member.othersAreHungry(false);
        }
      }
      for (Share next : called) {
        next.member.roomCame();
      }
    }

    /** Whether another pool is hungry and this one has more than what is set aside for it. */
    public boolean mayGive() {
      lock.lock();
      try {
        return taken > minimum && hungry.stream().anyMatch(share -> share != this);
      } finally {
        lock.unlock();
      }
    }

    /** Takes part no longer; what it still has is counted until it is given back. */
    public void leave() {
      lock.lock();
      try {
        shares.remove(this);
        hungry.remove(this);
        isHungry = false;
      } finally {
        lock.unlock();
      }
    }

    public int taken() {
      lock.lock();
      try {
        return taken;
      } finally {
        lock.unlock();
      }
    }

    public Budget budget() {
      return Budget.this;
    }
  }

  /**
   * Lets a pool take part.
   *
   * @param minimum how many permits are set aside for it
   */
  public Share join(Member member, int minimum) {
    Share share = new Share(member, Math.min(minimum, limit));
    lock.lock();
    try {
      shares.add(share);
    } finally {
      lock.unlock();
    }
    return share;
  }

  /** What the others have been promised and have not taken yet. */
  private int setAside(Share asking) {
    int sum = 0;
    for (Share share : shares) {
      if (share != asking) {
        sum += Math.max(0, share.minimum - share.taken);
      }
    }
    return sum;
  }

  private List<Share> others(@org.jspecify.annotations.Nullable Share self) {
    lock.lock();
    try {
      List<Share> others = new ArrayList<>(shares);
      others.remove(self);
      return others;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that something has been closed. */
  void closedAt(long now) {
    closedAt = now;
  }

  /** Whether anything of all pools has been closed since then. */
  boolean hasClosedSince(long time) {
    return closedAt - time >= 0;
  }

  public int limit() {
    return limit;
  }

  /** How many all members may have together by their own limits; {@link Settings#UNLIMITED}. */
  public int wanted() {
    lock.lock();
    try {
      long sum = 0;
      for (Share share : shares) {
        sum += share.member.limit();
      }
      return (int) Math.min(sum, Settings.UNLIMITED);
    } finally {
      lock.unlock();
    }
  }

  public int used() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  /** The most that was ever used at once. */
  public int mostUsed() {
    lock.lock();
    try {
      return mostUsed;
    } finally {
      lock.unlock();
    }
  }

  /** Which pool uses how many. */
  public Map<String, Integer> use() {
    lock.lock();
    try {
      Map<String, Integer> use = new LinkedHashMap<>();
      for (Share share : shares) {
        use.merge(share.member.name(), share.taken, Integer::sum);
      }
      return use;
    } finally {
      lock.unlock();
    }
  }
}
