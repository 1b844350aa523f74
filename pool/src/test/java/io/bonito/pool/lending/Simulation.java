package io.bonito.pool.lending;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.bonito.pool.lending.LendingException.Reason;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One run of one or two pools under a seed: borrowers that wait and borrowers that are called, a
 * server that fails and recovers, somebody who disposes, suspends, interrupts and closes. After
 * each step it is checked what must always hold.
 *
 * <pre>
 *   I1  never more things than the limit, as the server counts, nor over all pools than the budget
 *   I2  nobody gets what another has; a ticket gives back once
 *   I3  at rest, nobody waits beside an idle slot, nor beside room that nobody is going to use
 *   I4  every borrower ends: with a thing, or with one reason
 *   I5  nobody overtakes (unless holds are brief)
 *   I6  borrowers neither open nor close
 *   I7  no lock is held while anything is opened, checked or closed
 *   I8  a failure to open strands nobody
 *   I9  who waits in vain waits as long as it said, from when it asked
 *   I10 what was there at dispose is lent to nobody who asks later
 *   I11 after close, all is closed
 * </pre>
 */
public final class Simulation {
  /** What is lent. */
  private static final class Thing {
    final long openedAt;
    boolean closed;
    boolean broken;
    boolean silent;
    boolean abandoned;
    Thread usedBy;

    Thing(long openedAt) {
      this.openedAt = openedAt;
    }
  }

  private final class SteppingSlot extends Slot<Thing> {
    SteppingSlot(int index) {
      super(index);
    }

    @Override
    long word() {
      step();
      return super.word();
    }

    @Override
    boolean change(long from, long to) {
      step();
      return super.change(from, to);
    }

    @Override
    void become(long to) {
      step();
      super.become(to);
      step();
    }
  }

  private final class SteppingPool extends SlotPool<Thing> {
    SteppingPool(Settings settings, Source<Thing> source, Budget budget) {
      super(settings, source, nobody(), stage, budget);
    }

    @Override
    int pressure() {
      step();
      int pressure = super.pressure();
      step();
      return pressure;
    }

    @Override
    void addWaiting(int difference) {
      step();
      super.addWaiting(difference);
    }

    @Override
    Slot<Thing> newSlot(int index) {
      return new SteppingSlot(index);
    }
  }

  /** The other side, which counts for itself. */
  private final class Server implements Source<Thing> {
    int connections;

    @Override
    public Thing open() throws Exception {
      outside();
      Thing thing = new Thing(stage.nanoTime());
      connections++;
      boolean hangs = outage && random.nextInt(4) == 0;
      stage.sleep(hangs ? SECONDS.toNanos(100) : random.nextInt(20_000_000));
      boolean refused = outage || random.nextInt(100) < refusedPercent;
      stage.step();
      if (refused) {
        connections--;
        throw new java.io.IOException("refused");
      }
      return thing;
    }

    @Override
    public boolean check(Thing thing, long nanos) {
      noLocks();
      stage.sleep(thing.silent ? nanos : Math.min(nanos, random.nextInt(1_000_000)));
      return !thing.broken;
    }

    @Override
    public void check(Thing thing, long nanos, Consumer<Boolean> told) {
      noLocks();
      stage.run(() -> told.accept(check(thing, nanos)));
    }

    @Override
    public boolean isNear(Thing thing) {
      return thing.openedAt % 2 == 0;
    }

    @Override
    public long close(Thing thing) {
      outside();
      stage.sleep(random.nextInt(5_000_000));
      must(!thing.closed, "I2: closed twice");
      must(thing.usedBy == null, "I2: closed while in use");
      thing.closed = true;
      long asked = stage.nanoTime();
      while (thing.silent && !thing.abandoned) {
        stage.sleep(MILLISECONDS.toNanos(500));
        must(stage.nanoTime() - asked < SECONDS.toNanos(20), "I8: a goodbye hangs for ever");
      }
      return noticesLate();
    }

    @Override
    public void abandon(Thing thing) {
      outside();
      thing.abandoned = true;
    }

    /** Says for how long a server may count what has been closed. */
    long noticesLate() {
      long counted = random.nextBoolean() ? 0 : random.nextInt(8_000_000);
      if (counted == 0) {
        connections--;
      } else {
        stage.run(
            () -> {
              stage.sleep(counted);
              connections--;
            });
      }
      return counted == 0 ? 0 : counted + 1_000_000;
    }

    @Override
    public OpenFailure judge(Throwable failure) {
      return permanent ? OpenFailure.PERMANENT : OpenFailure.UNREACHABLE;
    }

    private void outside() {
      noLocks();
      must(!stage.isBorrower(), "I6: a borrower opens or closes");
    }

    private void noLocks() {
      for (SteppingPool pool : pools) {
        must(!pool.openings.lock.isHeldByCurrentThread(), "I7: a lock is held");
      }
    }
  }

  private final Stage stage;
  private final Random random;
  private final List<SteppingPool> pools = new ArrayList<>();
  private final Map<SteppingPool, Server> servers = new IdentityHashMap<>();
  private final Map<SteppingPool, List<Waiter>> lines = new IdentityHashMap<>();
  private final List<Stage.Actor> borrowers = new ArrayList<>();
  private final int budget;
  private final int refusedPercent;
  private final boolean permanent;
  private final boolean holdsAreBrief;

  /** Two borrowers, one slot, nothing else: the races between a return and a waiter. */
  private final boolean isDuel;

  private boolean outage;
  private boolean suspended;
  private boolean watching;
  private int lent;
  private int calls;
  private int ends;

  private Simulation(long seed) {
    stage = new Stage(seed);
    random = stage.random();
    isDuel = random.nextInt(3) == 0;
    holdsAreBrief = !isDuel && random.nextInt(4) == 0;
    refusedPercent = !isDuel && random.nextInt(3) == 0 ? random.nextInt(60) : 0;
    permanent = !isDuel && random.nextInt(8) == 0;
    int count = !isDuel && random.nextInt(3) == 0 ? 2 : 1;
    budget = count == 2 ? 1 + random.nextInt(4) : Settings.UNLIMITED;
    Budget shared = new Budget(budget);
    for (int i = 0; i < count; i++) {
      Server server = new Server();
      SteppingPool pool = new SteppingPool(settings("pool-" + i), server, shared);
      pools.add(pool);
      servers.put(pool, server);
      lines.put(pool, List.of());
    }
  }

  private Settings settings(String name) {
    if (isDuel) {
      return Settings.named(name).limit(1).build();
    }
    Settings.Builder settings = Settings.named(name).limit(1 + random.nextInt(4));
    settings.lifetime(random.nextInt(3) == 0 ? MILLISECONDS.toNanos(300) : 0, 0.25);
    settings.idle(random.nextInt(3) == 0 ? MILLISECONDS.toNanos(700) : 0);
    settings.keep(random.nextInt(3) == 0 ? 1 : Settings.UNLIMITED);
    settings.linger(random.nextBoolean() ? 0 : MILLISECONDS.toNanos(300));
    settings.checkAfter(random.nextInt(3) == 0 ? 0 : MILLISECONDS.toNanos(500));
    settings.order(Settings.Order.values()[Math.max(0, random.nextInt(6) - 3)]);
    settings.patient(random.nextInt(4) != 0);
    settings.closeAtReturn(random.nextInt(10) == 0);
    return settings.build();
  }

  /** Runs it; what it throws is what was violated. */
  public static void run(long seed) throws Throwable {
    new Simulation(seed).play();
  }

  private void play() throws Throwable {
    int count = isDuel ? 2 : 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      SteppingPool pool = pools.get(random.nextInt(pools.size()));
      borrowers.add(
          stage.enter("borrower-" + i, /* isBorrower= */ true, () -> borrowAndReturn(pool)));
    }
    stage.enter("mischief", /* isBorrower= */ true, this::mischief);
    watching = true;
    stage.run(this::afterEachStep, this::atRest);
    must(calls == ends, "I4: " + calls + " asked, " + ends + " ended");
    must(lent == 0, "I4: " + lent + " lent at the end");
    for (SteppingPool pool : pools) {
      PoolStatus status = pool.status();
      must(status.used() == 0, "I4: " + status);
    }
    closeAll();
  }

  /** Nobody is left but the keeper: closing ends with nothing there. */
  private void closeAll() throws Throwable {
    stage.enter(
        "closer",
        /* isBorrower= */ true,
        () -> {
          for (SteppingPool pool : pools) {
            pool.close();
            pool.close();
          }
        });
    stage.again(this::afterEachStep, () -> {});
    for (SteppingPool pool : pools) {
      must(pool.status().total() == 0, "I11: " + pool.status());
      must(servers.get(pool).connections == 0, "I11: " + servers.get(pool).connections);
    }
  }

  private void borrowAndReturn(SteppingPool pool) {
    int rounds = isDuel ? 40 : 3 + random.nextInt(12);
    for (int i = 0; i < rounds; i++) {
      borrowOnce(pool, /* nested= */ !isDuel && random.nextInt(12) == 0);
      for (int steps = isDuel ? random.nextInt(40) : 0; steps > 0; steps--) {
        stage.step();
      }
      if (isDuel && random.nextBoolean()) {
        stage.sleep(random.nextInt(100_000));
      }
      if (!holdsAreBrief && !isDuel && random.nextInt(4) == 0) {
        stage.sleep(random.nextInt(300_000_000));
      }
    }
  }

  private void borrowOnce(SteppingPool pool, boolean nested) {
    long timeout = timeout();
    long since = stage.nanoTime();
    Waiter before = pool.line.waiters().stream().findFirst().orElse(null);
    long disposed = disposedAt;
    calls++;
    Slot<Thing> slot;
    try {
      slot =
          random.nextInt(3) == 0 ? new Called<>(stage, pool, timeout).slot() : pool.borrow(timeout);
    } catch (LendingException e) {
      ends++;
      endedWith(e, since, timeout);
      return;
    }
    ends++;
    if (slot == null) {
      return;
    }
    lent++;
    long ticket = slot.ticket();
    Thing thing = slot.thing();
    must(thing.usedBy == null, "I2: used by " + thing.usedBy);
    must(!thing.closed, "I2: lent although closed");
    must(thing.openedAt >= disposed, "I10: opened before dispose, lent after it");
    must(
        pool.isBrief()
            || before == null
            || before.get() != null
            || !pool.line.waiters().contains(before),
        "I5: overtaken");
    thing.usedBy = Thread.currentThread();
    if (!holdsAreBrief) {
      stage.sleep(random.nextInt(isDuel ? 60_000 : 40_000_000));
    }
    stage.step();
    if (nested) {
      borrowOnce(pool, /* nested= */ false);
    }
    must(thing.usedBy == Thread.currentThread(), "I2: taken away");
    thing.usedBy = null;
    lent--;
    end(pool, slot, ticket);
  }

  private void end(SteppingPool pool, Slot<Thing> slot, long ticket) {
    boolean first =
        switch (isDuel ? 20 : random.nextInt(20)) {
          case 0 -> pool.invalidate(slot, ticket, null);
          case 1 -> {
            pool.invalidateSoftly(slot, ticket, null);
            yield pool.giveBack(slot, ticket);
          }
          case 2 -> {
            Thing thing = pool.detach(slot, ticket);
            if (thing != null) {
              thing.closed = true;
              pool.detachedIsClosed(servers.get(pool).noticesLate());
            }
            yield thing != null;
          }
          default -> pool.giveBack(slot, ticket);
        };
    must(first, "I2: a ticket was refused");
    must(random.nextInt(4) != 0 || !pool.giveBack(slot, ticket), "I2: given back twice");
  }

  private long timeout() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> MILLISECONDS.toNanos(50);
      case 2 -> MILLISECONDS.toNanos(400);
      default -> SECONDS.toNanos(20);
    };
  }

  private void endedWith(LendingException e, long since, long timeout) {
    boolean interrupted = Thread.interrupted();
    must(interrupted || e.reason() != Reason.INTERRUPTED, "I4: interrupted without a flag");
    if (e.reason() == Reason.TIMED_OUT) {
      long waited = stage.nanoTime() - since;
      must(waited >= timeout, "I9: waited " + waited + " of " + timeout);
      must(waited < timeout + MILLISECONDS.toNanos(60), "I9: waited " + waited + " of " + timeout);
    }
  }

  private long disposedAt = Long.MIN_VALUE;

  private void mischief() {
    for (int i = isDuel ? 0 : random.nextInt(12); i > 0; i--) {
      stage.sleep(random.nextInt(100_000_000));
      SteppingPool pool = pools.get(random.nextInt(pools.size()));
      switch (random.nextInt(7)) {
        case 0 -> {
          long at = stage.nanoTime();
          pool.dispose();
          if (pools.size() == 1) {
            disposedAt = at;
          }
        }
        case 1 -> {
          suspended = true;
          pool.suspend();
          stage.sleep(random.nextInt(50_000_000));
          pool.resume();
          suspended = false;
        }
        case 2, 3 -> stage.interrupt(borrowers.get(random.nextInt(borrowers.size())));
        case 4 -> {
          outage = true;
          stage.sleep(random.nextInt(500_000_000));
          outage = false;
        }
        default -> {
          boolean silent = random.nextBoolean();
          for (Slot<Thing> slot : pool.slots) {
            Thing thing = slot.thing;
            if (thing != null) {
              thing.silent = silent;
              thing.broken = true;
            }
          }
        }
      }
    }
  }

  private void step() {
    for (SteppingPool pool : pools) {
      // Where a lock is held, nobody else could go on.
      if (pool.openings.lock.isHeldByCurrentThread()) {
        return;
      }
    }
    if (watching) {
      stage.step();
    }
  }

  private void afterEachStep() {
    int all = 0;
    for (SteppingPool pool : pools) {
      int connections = servers.get(pool).connections;
      all += connections;
      // One that has left is the budget's affair only.
      int detached = pool.openings.status().detached();
      must(
          connections - detached <= pool.settings.limit(),
          "I1: " + connections + " connections, " + detached + " of them detached");
      List<Waiter> before = lines.get(pool);
      List<Waiter> line = pool.line.waiters();
      boolean earlierWaits = false;
      for (Waiter waiter : before) {
        boolean stands = line.contains(waiter);
        earlierWaits |= stands && waiter.get() == null;
        must(
            stands || !earlierWaits || pool.isBrief() || !(waiter.get() instanceof Slot),
            "I5: a later one was served first");
      }
      lines.put(pool, line);
    }
    must(all <= budget, "I1: " + all + " connections, the budget is " + budget);
  }

  private void atRest() {
    for (SteppingPool pool : pools) {
      long waiting = pool.line.waiters().stream().filter(w -> w.get() == null).count();
      if (waiting == 0 || suspended) {
        continue;
      }
      int[] states = new int[8];
      for (Slot<Thing> slot : pool.slots) {
        states[Slot.state(slot.word)]++;
      }
      must(
          states[Slot.IDLE] + states[Slot.STALE] == 0,
          "I3: idle beside " + waiting + " waiting; brief: " + pool.isBrief() + ", " + stage.who());
      boolean nothingMoves = states[Slot.OPENING] + states[Slot.CLOSING] + states[Slot.CHECK] == 0;
      must(
          !nothingMoves
              || states[Slot.USED] >= pool.settings.limit()
              || budget != Settings.UNLIMITED
              || stage.alarm(pool) <= stage.nanoTime() + MILLISECONDS.toNanos(250),
          "I8: room for those who wait, and nobody uses it");
    }
  }

  static void must(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
