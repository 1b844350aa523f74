package io.bonito.pool.lending;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.bonito.pool.lending.LendingException.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what happens beside the short ways, and tells it to who watches and to the log. */
final class Tally<T> {
  /** What a pool in need has to say, it says once in so long. */
  private static final long QUIET_NANOS = SECONDS.toNanos(10);

  private static final Logger LOGGER = System.getLogger("io.bonito.pool");

  private final SlotPool<T> pool;
  private final PoolObserver observer;

  private final AtomicLong waited = new AtomicLong();
  private final AtomicLong waitNanos = new AtomicLong();
  private final AtomicLong longestWait = new AtomicLong();
  private final Counts<Reason> refused = new Counts<>(Reason.class);
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong openNanos = new AtomicLong();
  private final AtomicLong longestOpening = new AtomicLong();
  private final Counts<OpenFailure> failed = new Counts<>(OpenFailure.class);
  private final Counts<CloseReason> closed = new Counts<>(CloseReason.class);
  private final AtomicLong leaked = new AtomicLong();
  private final AtomicLong usedNanos = new AtomicLong();
  private volatile long lookedAt = Settings.NEVER;

  private final AtomicLong quietUntil = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong untold = new AtomicLong();

  Tally(SlotPool<T> pool, PoolObserver observer) {
    this.pool = pool;
    this.observer = observer;
  }

  // --- waiting ---

  @Nullable Object waitBegins() {
    return observer.waitBegins();
  }

  void waited(@Nullable Object begun, long since, @Nullable Reason refusal) {
    long nanos = pool.world.nanoTime() - since;
    waited.incrementAndGet();
    waitNanos.addAndGet(nanos);
    longestWait.accumulateAndGet(nanos, Math::max);
    if (refusal != null) {
      refused.add(refusal);
    }
    pool.heard(() -> observer.waited(begun, name(), nanos, refusal));
  }

  void exhausted(Exhaustion exhaustion, String text) {
    pool.heard(() -> observer.exhausted(exhaustion));
    long now = pool.world.nanoTime();
    long until = quietUntil.get();
    if (now < until || !quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
      untold.incrementAndGet();
      return;
    }
    long others = untold.getAndSet(0);
    LOGGER.log(
        Level.WARNING,
        others == 0 ? text : text + "\n  (" + others + " more have been told so before this)");
  }

  // --- opening and closing ---

  @Nullable Object openingBegins() {
    return observer.openingBegins();
  }

  void opened(@Nullable Object begun, long nanos) {
    opened.incrementAndGet();
    openNanos.addAndGet(nanos);
    longestOpening.accumulateAndGet(nanos, Math::max);
    pool.heard(() -> observer.opened(begun, name(), nanos, null));
  }

  void failed(@Nullable Object begun, long nanos, OpenFailure kind, Throwable failure) {
    failed.add(kind);
    pool.heard(() -> observer.opened(begun, name(), nanos, failure));
  }

  @Nullable Object closingBegins() {
    return observer.closingBegins();
  }

  void closed(@Nullable Object begun, CloseReason reason, long openedAt) {
    closed.add(reason);
    long age = pool.world.nanoTime() - openedAt;
    pool.heard(() -> observer.closed(begun, name(), reason, age));
  }

  // --- lent ones ---

  void leaked(Holder holder) {
    leaked.incrementAndGet();
    LOGGER.log(Level.WARNING, () -> name() + ": lent for long: " + holder.describe().strip());
    pool.heard(() -> pool.listener.leak(holder));
    pool.heard(() -> observer.leaked(name(), holder));
  }

  /** What was lent since the last look is taken to have been lent all that time. */
  void looked(long now, int used) {
    long before = lookedAt;
    lookedAt = used == 0 ? Settings.NEVER : now;
    if (used > 0) {
      usedNanos.addAndGet(used * Math.max(0, Math.min(now - before, 2 * Housekeeping.STEP)));
    }
  }

  void poolClosed() {
    pool.heard(() -> observer.poolClosed(name()));
  }

  private String name() {
    return pool.settings.name();
  }

  PoolCounters counters() {
    return new PoolCounters(
        pool.status().borrowed(),
        waited.get(),
        waitNanos.get(),
        longestWait.get(),
        refused.read(),
        usedNanos.get(),
        opened.get(),
        openNanos.get(),
        longestOpening.get(),
        failed.read(),
        closed.read(),
        leaked.get());
  }

  /** One number for each of a kind. */
  private static final class Counts<K extends Enum<K>> {
    private final Map<K, AtomicLong> counts;
    private final Class<K> type;

    Counts(Class<K> type) {
      this.type = type;
      counts = new EnumMap<>(type);
      for (K each : type.getEnumConstants()) {
        counts.put(each, new AtomicLong());
      }
    }

    void add(K key) {
      counts.computeIfAbsent(key, each -> new AtomicLong()).incrementAndGet();
    }

    /**
     * All of them, also those of which there are none: a meter wants to see them from the start.
     */
    Map<K, Long> read() {
      Map<K, Long> read = new EnumMap<>(type);
      counts.forEach((key, count) -> read.put(key, count.get()));
      return read;
    }
  }
}
