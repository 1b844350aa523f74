package io.bonito.pool.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.bonito.pool.kind.Pool;
import io.bonito.pool.lending.LendingException;
import io.bonito.pool.lending.OpenFailure;
import io.bonito.pool.lending.PoolListener;
import io.bonito.pool.lending.Settings;
import io.bonito.pool.lending.Slot;
import io.bonito.pool.lending.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A pool of connections: makes them by a driver, lends handles on them, and takes them back. */
public final class Lender {
  /** For so long a server that became read-only may stay so, and that is one change. */
  private static final long ONE_CHANGE = SECONDS.toNanos(30);

  private final Connector connector;
  private final Preparation preparation;
  private final ResetPolicy resetPolicy;
  private final ErrorJudge judge;
  private final Footing footing;
  private final Farewell farewell;
  private final @Nullable PoolListener<Connection> listener;
  private final Pool<Physical> pool;
  private final AtomicBoolean toldOfRoom = new AtomicBoolean();
  private final AtomicLong changeSeenAt = new AtomicLong(System.nanoTime() - ONE_CHANGE);

  /**
   * @param pools makes the pool; what it lends is nobody's business but this package's
   */
  public Lender(
      Connector connector,
      Preparation preparation,
      ResetPolicy resetPolicy,
      ErrorJudge judge,
      Footing footing,
      Farewell farewell,
      @Nullable PoolListener<Connection> listener,
      Maker pools) {
    this.connector = connector;
    this.preparation = preparation;
    this.resetPolicy = resetPolicy;
    this.judge = judge;
    this.footing = footing;
    this.farewell = farewell;
    this.listener = listener;
    pool = pools.make(new Driver(), listener == null ? null : new Events(listener));
  }

  /** Makes a pool of whatever it is. */
  public interface Maker {
    <T> Pool<T> make(Source<T> source, @Nullable PoolListener<T> listener);
  }

  public Pool<?> pool() {
    return pool;
  }

  /**
   * Lends one.
   *
   * @param timeoutNanos how long to wait for it at most
   */
  public Connection lend(long timeoutNanos) throws LendingException {
    // What is lent behind delegates is always ready, and its borrowers need no clock.
    boolean mayNotBeReady = footing != Footing.WRAPPED;
    long since = mayNotBeReady ? System.nanoTime() : 0;
    long left = timeoutNanos;
    while (true) {
      Slot<Physical> slot = pool.borrow(left);
      long ticket = slot.ticket();
      if (!mayNotBeReady || slot.thing().isReadyAtOnce()) {
        return handle(slot, ticket, timeoutNanos);
      }
      left = left(timeoutNanos, since);
      if (slot.thing().isReady(Math.max(1, left))) {
        return handle(slot, ticket, timeoutNanos);
      }
      pool.invalidate(slot, ticket, null);
      left = left(timeoutNanos, since);
    }
  }

  private static long left(long timeoutNanos, long since) {
    return timeoutNanos == Settings.NEVER
        ? Settings.NEVER
        : Math.max(0, timeoutNanos - (System.nanoTime() - since));
  }

  private Connection handle(Slot<Physical> slot, long ticket, long timeoutNanos) {
    if (pool.isShared()) {
      return new SharedConnection(slot, ticket, timeoutNanos);
    }
    return pool.isThreadBound()
        ? new WatchedLoan(this, slot, ticket, slot.thing()).handle()
        : slot.thing().handle(slot, ticket);
  }

  void takeBack(Slot<Physical> slot, long ticket, Physical physical) {
    if (slot.isOutside()) {
      endDetached(physical);
      return;
    }
    if (physical.needsReset() && pool.isAbandoned(slot)) {
      pool.invalidate(slot, ticket, null);
      return;
    }
    if (pool.endsUse(slot, ticket)) {
      if (listener != null && slot.isLentOn(ticket)) {
        quietly(() -> listener.reset(physical.connection()));
      }
      if (physical.needsReset() && slot.isLentOn(ticket)) {
        try {
          physical.reset(resetPolicy);
        } catch (SQLException | RuntimeException e) {
          pool.invalidate(slot, ticket, e);
          return;
        }
      }
    }
    pool.giveBack(slot, ticket);
  }

  void invalidate(Slot<Physical> slot, long ticket, Physical physical, @Nullable Throwable reason) {
    if (slot.isOutside()) {
      endDetached(physical);
    } else {
      pool.invalidate(slot, ticket, reason);
    }
  }

  void invalidateSoftly(Slot<Physical> slot, long ticket, @Nullable Throwable reason) {
    pool.invalidateSoftly(slot, ticket, reason);
  }

  Slot<Physical> detach(Slot<Physical> slot, long ticket) throws SQLException {
    if (slot.isOutside()) {
      return slot;
    }
    Physical physical = pool.detach(slot, ticket);
    if (physical == null) {
      throw Refusals.closed("connection");
    }
    return Slot.outside(physical);
  }

  private void endDetached(Physical physical) {
    try {
      if (listener != null) {
        quietly(() -> listener.reset(physical.connection()));
        quietly(() -> listener.closeDetached(physical.connection()));
      }
    } finally {
      pool.detachedIsClosed(farewell.close(physical.connection()));
    }
  }

  /**
   * An error of a lent connection: it may be lost, or all may be of no use any more.
   *
   * @param readOnly whether it was to be read-only, so that a server that says so has not changed
   */
  void judge(Slot<Physical> slot, long ticket, SQLException error, boolean readOnly) {
    ErrorJudge.Verdict verdict = judge.judge(error);
    if (verdict == ErrorJudge.Verdict.EVICT_ALL && (readOnly || preparation.isReadOnly())) {
      return;
    }
    switch (verdict) {
      case KEEP -> {}
      case EVICT -> pool.invalidateSoftly(slot, ticket, error);
      case EVICT_ALL -> {
        // The others will report the same; by then they are of the past, and no one is evicted
        // twice.
        if (!slot.isOutside() && pool.isCurrent(slot)) {
          if (isAnotherChange()) {
            pool.dispose();
          } else {
            // Opened since, and on a host that is read-only still: another attempt may reach
            // another host, but those who only read need not pay for it.
            pool.invalidateSoftly(slot, ticket, error);
          }
        }
      }
    }
  }

  private boolean isAnotherChange() {
    long now = System.nanoTime();
    long before = changeSeenAt.get();
    return now - before >= ONE_CHANGE && changeSeenAt.compareAndSet(before, now);
  }

  /** Whether closing a handle now ends the use of what it is on. */
  boolean endsUse(Slot<Physical> slot, long ticket) {
    return slot.isOutside() || pool.endsUse(slot, ticket);
  }

  boolean isAbandoned(Slot<Physical> slot) {
    return !slot.isOutside() && pool.isAbandoned(slot);
  }

  boolean keeps(SQLException error) {
    return judge.judge(error) == ErrorJudge.Verdict.KEEP;
  }

  ResetPolicy resetPolicy() {
    return resetPolicy;
  }

  private static void quietly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      System.getLogger("io.bonito.pool").log(System.Logger.Level.WARNING, "a listener failed", e);
    }
  }

  /** The driver, as the engine sees it. */
  private final class Driver implements Source<Physical> {
    @Override
    public Physical open() throws SQLException {
      Connection connection = connector.connect();
      if (connection == null) {
        throw new SQLException("the driver gave no connection", "08001");
      }
      try {
        preparation.apply(connection);
        return (pool.isShared() ? Footing.WRAPPED : footing).keep(connection, Lender.this);
      } catch (SQLException | RuntimeException e) {
        farewell.close(connection);
        throw e;
      }
    }

    @Override
    public boolean check(Physical physical, long nanos) {
      return physical.isAlive(nanos);
    }

    @Override
    public long close(Physical physical) {
      return farewell.close(physical.connection());
    }

    @Override
    public void abandon(Physical physical) {
      try {
        physical.connection().abort(Runnable::run);
      } catch (SQLException | RuntimeException e) {
        System.getLogger("io.bonito.pool")
            .log(System.Logger.Level.DEBUG, "a connection failed to be abandoned", e);
      }
    }

    @Override
    public long mayRest(Physical physical) throws SQLException {
      long rest = Rest.of(physical.connection());
      if (toldOfRoom.compareAndSet(false, true)) {
        ServerRoom.tell(physical.connection(), pool.settings().name(), pool.budget());
      }
      return rest;
    }

    @Override
    public String activity(Physical physical) {
      return physical.activity();
    }

    @Override
    public boolean isExecuting(Physical physical) {
      return physical.isExecuting();
    }

    @Override
    public OpenFailure judge(Throwable failure) {
      return judge.judgeOpening(failure);
    }
  }

  /** The application's listener hears of connections. */
  private static final class Events implements PoolListener<Physical> {
    private final PoolListener<Connection> to;

    Events(PoolListener<Connection> to) {
      this.to = to;
    }

    @Override
    public void firstConnect(Physical physical) throws Exception {
      to.firstConnect(physical.connection());
    }

    @Override
    public void connect(Physical physical) throws Exception {
      to.connect(physical.connection());
    }

    @Override
    public void checkout(Physical physical) throws Exception {
      to.checkout(physical.connection());
    }

    @Override
    public void checkin(@Nullable Physical physical) {
      to.checkin(physical == null ? null : physical.connection());
    }

    @Override
    public void invalidate(Physical physical, @Nullable Throwable reason) {
      to.invalidate(physical.connection(), reason);
    }

    @Override
    public void softInvalidate(Physical physical, @Nullable Throwable reason) {
      to.softInvalidate(physical.connection(), reason);
    }

    @Override
    public void close(Physical physical) {
      to.close(physical.connection());
    }

    @Override
    public void detach(Physical physical) {
      to.detach(physical.connection());
    }

    @Override
    public void leak(io.bonito.pool.lending.Holder holder) {
      to.leak(holder);
    }
  }
}
