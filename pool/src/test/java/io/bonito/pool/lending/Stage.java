package io.bonito.pool.lending;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Runs threads one at a time, chosen by a seed, with a clock of its own: the same seed gives the
 * same run. A thread gives up its turn at each {@link #step}; time passes when nobody can run, and
 * a little now and then.
 */
final class Stage implements World {
  private static final int MOST_STEPS = 200_000;

  /** One thread on the stage. */
  final class Actor {
    final Thread thread;
    final boolean isBorrower;
    private final Semaphore turn = new Semaphore(0);
    private boolean done;
    private boolean parked;
    private boolean permit;
    private long wakesAt;
    private boolean asleep;

    Actor(String name, boolean isBorrower, Runnable body) {
      this.isBorrower = isBorrower;
      thread =
          new Thread(
              null,
              () -> {
                turn.acquireUninterruptibly();
                try {
                  body.run();
                } catch (Throwable e) {
                  fail(e);
                }
                done = true;
                scheduler.release();
              },
              name,
              128 << 10);
      thread.setDaemon(true);
    }

    private boolean canRun() {
      return !done && (!parked || (!asleep && thread.isInterrupted()) || wakesAt <= now);
    }
  }

  private final Random random;

  /**
   * How probable it is, in percent, that who runs goes on: others then fall behind by many steps.
   */
  private final int stickiness;

  private Runnable afterEachStep = () -> {};
  private final Semaphore scheduler = new Semaphore(0);
  private final List<Actor> actors = new ArrayList<>();
  private final Map<Thread, Actor> byThread = new IdentityHashMap<>();
  private final Map<Ticking, Long> alarms = new IdentityHashMap<>();
  private long now = 1;
  private int steps;
  private int connectors;
  private volatile Throwable failure;

  Stage(long seed) {
    random = new Random(seed);
    stickiness = new int[] {0, 50, 80, 90, 95}[random.nextInt(5)];
  }

  Actor enter(String name, boolean isBorrower, Runnable body) {
    Actor actor = new Actor(name, isBorrower, body);
    actors.add(actor);
    byThread.put(actor.thread, actor);
    actor.thread.start();
    return actor;
  }

  Random random() {
    return random;
  }

  private void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }

  /**
   * Runs to the end.
   *
   * @param afterEachStep looks at everything while nothing moves
   * @param atRest looks while nobody can run before time passes
   */
  void run(Runnable afterEachStep, Runnable atRest) throws Throwable {
    enter("keeper", /* isBorrower= */ false, this::keep);
    again(afterEachStep, atRest);
  }

  /** Goes on, with those who have entered since. */
  void again(Runnable afterEachStep, Runnable atRest) throws Throwable {
    this.afterEachStep = afterEachStep;
    while (failure == null) {
      List<Actor> able = actors.stream().filter(Actor::canRun).toList();
      if (able.isEmpty()) {
        atRest.run();
        if (actors.stream().allMatch(a -> a.done || a.thread.getName().equals("keeper"))) {
          break;
        }
        long next = nextEvent();
        if (next == Long.MAX_VALUE) {
          throw new AssertionError("everybody waits for ever: " + who());
        }
        now = Math.max(now, next);
        continue;
      }
      if (random.nextInt(50) == 0) {
        now += random.nextInt(1_000_000);
      }
      Actor actor = able.get(random.nextInt(able.size()));
      actor.parked = false;
      actor.turn.release();
      scheduler.acquireUninterruptibly();
      afterEachStep.run();
      actors.removeIf(a -> a.done);
      if (++steps > MOST_STEPS) {
        throw new AssertionError("no end after " + steps + " steps: " + who());
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  List<String> who() {
    return actors.stream()
        .filter(actor -> !actor.done)
        .map(
            a ->
                a.thread.getName()
                    + (a.parked ? (a.asleep ? " asleep" : " parked") + " until " + a.wakesAt : ""))
        .toList();
  }

  private long nextEvent() {
    long next = Long.MAX_VALUE;
    for (Actor actor : actors) {
      if (!actor.done && actor.parked) {
        next = Math.min(next, actor.wakesAt);
      }
    }
    return next;
  }

  private void keep() {
    while (true) {
      Ticking due = null;
      long first = Long.MAX_VALUE;
      for (Map.Entry<Ticking, Long> alarm : alarms.entrySet()) {
        if (alarm.getValue() < first) {
          first = alarm.getValue();
          due = alarm.getKey();
        }
      }
      if (due != null && first <= now) {
        alarms.remove(due);
        due.tick();
      } else {
        pause(first, /* asleep= */ true);
      }
    }
  }

  private Actor me() {
    Actor me = byThread.get(Thread.currentThread());
    if (me == null) {
      throw new AssertionError("not on the stage: " + Thread.currentThread());
    }
    return me;
  }

  /** Lets others run. */
  void step() {
    Actor me = byThread.get(Thread.currentThread());
    if (me == null) {
      return;
    }
    if (!me.parked && random.nextInt(100) < stickiness && ++steps < MOST_STEPS) {
      // The same one goes on: what a thread switch would cost is saved.
      try {
        afterEachStep.run();
      } catch (AssertionError e) {
        fail(e);
      }
      return;
    }
    scheduler.release();
    me.turn.acquireUninterruptibly();
  }

  /** Does nothing for so long. */
  void sleep(long nanos) {
    pause(now + nanos, /* asleep= */ true);
  }

  private void pause(long until, boolean asleep) {
    Actor me = me();
    me.wakesAt = until;
    me.parked = true;
    me.asleep = asleep;
    step();
  }

  void interrupt(Actor actor) {
    actor.thread.interrupt();
  }

  boolean isBorrower() {
    return me().isBorrower;
  }

  /** When the pool is to be called; never if it is not. */
  long alarm(Ticking pool) {
    return alarms.getOrDefault(pool, Long.MAX_VALUE);
  }

  // --- the world ---

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void park(Object blocker, long nanos) {
    step();
    Actor me = me();
    if (me.permit) {
      me.permit = false;
      return;
    }
    if (!Thread.currentThread().isInterrupted()) {
      pause(nanos == Settings.NEVER ? Long.MAX_VALUE : now + nanos, /* asleep= */ false);
      me.permit = false;
    }
  }

  @Override
  public void unpark(Thread thread) {
    step();
    Actor actor = byThread.get(thread);
    if (actor != null && !actor.asleep && actor.parked) {
      actor.wakesAt = now;
    }
    if (actor != null) {
      actor.permit = true;
    }
  }

  @Override
  public void run(Runnable task) {
    enter("connector-" + ++connectors, /* isBorrower= */ false, task);
  }

  @Override
  public void wake(Ticking pool, long atNanos) {
    alarms.merge(pool, atNanos, Math::min);
    Actor keeper =
        actors.stream().filter(a -> a.thread.getName().equals("keeper")).findFirst().orElse(null);
    if (keeper != null && keeper.parked) {
      keeper.wakesAt = Math.min(keeper.wakesAt, atNanos);
    }
  }

  @Override
  public void forget(Ticking pool) {
    alarms.remove(pool);
  }

  @Override
  public double chance() {
    return random.nextDouble();
  }
}
